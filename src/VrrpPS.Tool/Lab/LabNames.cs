namespace VrrpPS.Tool.Lab;

/// <summary>
/// The names of what a lab makes: <c>vrrpps-lab-PID.START-role</c>. The owner keeps parallel labs apart and tells a later one
/// whose maker is gone.
/// </summary>
internal static class LabNames
{
    private const string Prefix = "vrrpps-lab-";

    /// <summary>The name of one thing of this lab.</summary>
    public static string Of(string role) => $"{Prefix}{LabOwner.Current}-{role}";

    /// <summary>The owner in a name, if it is a lab's name.</summary>
    public static bool TryGetOwner(string name, out LabOwner owner)
    {
        owner = default;
        if (!name.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = name.AsSpan(Prefix.Length);
        var end = rest.IndexOf('-');
        return end > 0 && LabOwner.TryParse(rest[..end], out owner);
    }

    /// <summary>The owner in the first lab's name inside a text, such as a process's arguments.</summary>
    public static bool TryFindOwner(string text, out LabOwner owner)
    {
        owner = default;
        var at = text.IndexOf(Prefix, StringComparison.Ordinal);
        return at >= 0 && TryGetOwner(text[at..], out owner);
    }
}
