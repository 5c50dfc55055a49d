using System.Collections;

namespace VrrpPS.Completers;

/// <summary>Network interfaces of this session's namespace, with their state.</summary>
public sealed class InterfaceNameCompleter : VrrpCompleter
{
    private const string Folder = "/sys/class/net";

    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound)
        => Entries(Folder).Where(static name => Directory.Exists(Path.Combine(Folder, name))).Select(static name => (name, $"{name} ({State(name)})"));

    private static string State(string name)
    {
        string file = Path.Combine(Folder, name, "operstate");
        return File.Exists(file) ? File.ReadAllText(file).Trim() : "unknown";
    }
}
