namespace VrrpPS.Engine.Configuration.Notification;

/// <summary>A file that gets one line of JSON for each change of state.</summary>
/// <param name="Path">An absolute path. It is opened anew for each line, so it may be renamed at any time.</param>
public sealed record EventFileOptions(string Path)
{
    /// <summary>At how many bytes it is renamed to <c>Path.1</c>, which replaces the one before; 4 KiB to 1 GiB, by default 16 MiB.</summary>
    public int MaxSize { get; init; } = 16 * 1024 * 1024;

    /// <summary>The path.</summary>
    public override string ToString() => Path;
}
