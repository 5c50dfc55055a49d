namespace VrrpPS.Tool.Lab;

/// <summary>How to start this program once more.</summary>
internal static class SelfExecutable
{
    /// <summary>The executable and arguments: directly, or through <c>dotnet</c> when that is how this process runs.</summary>
    public static (string File, IReadOnlyList<string> Arguments) Command(params ReadOnlySpan<string> arguments)
    {
        var file = Environment.ProcessPath ?? "vrrpps";
        return Path.GetFileNameWithoutExtension(file) == "dotnet"
            ? (file, [Path.Combine(AppContext.BaseDirectory, "vrrpps.dll"), .. arguments])
            : (file, [.. arguments]);
    }
}
