using System.Collections;

namespace VrrpPS.Completers;

/// <summary>Users of this machine's own list.</summary>
public sealed class UserNameCompleter : VrrpCompleter
{
    private const string File = "/etc/passwd";

    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound)
        => System.IO.File.Exists(File)
            ? System.IO.File.ReadLines(File).Select(static line => line.Split(':')).Where(static parts => parts.Length >= 7 && parts[0].Length > 0).Select(static parts => (parts[0], $"User {parts[0]} ({parts[2]})"))
            : [];
}
