using System.Globalization;

namespace VrrpPS.Service.Lab;

/// <summary>
/// The names of what a lab makes: <c>vrrpps-lab-PID-role</c>. The pid keeps parallel labs apart and tells a later one whose
/// maker is gone.
/// </summary>
internal static class LabNames
{
    private const string Prefix = "vrrpps-lab-";

    /// <summary>The name of one thing of this lab.</summary>
    public static string Of(string role) => $"{Prefix}{Environment.ProcessId}-{role}";

    /// <summary>The pid in a name, if it is a lab's name.</summary>
    public static bool TryGetPid(string name, out int pid)
    {
        pid = 0;
        if (!name.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = name.AsSpan(Prefix.Length);
        var end = rest.IndexOf('-');
        return end > 0 && int.TryParse(rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out pid);
    }

    /// <summary>The pid in the first lab's name inside a text, such as a process's arguments.</summary>
    public static bool TryFindPid(string text, out int pid)
    {
        pid = 0;
        var at = text.IndexOf(Prefix, StringComparison.Ordinal);
        return at >= 0 && TryGetPid(text[at..], out pid);
    }
}
