using System.Collections;

namespace VrrpPS.Completers;

/// <summary>Network interfaces of the namespace that the command line names, else of this session's, with their state.</summary>
public sealed class InterfaceNameCompleter : VrrpCompleter
{
    private const string Folder = "/sys/class/net";

    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound)
        => bound["NetworkNamespace"] is null
            ? Entries(Folder).Where(static name => Directory.Exists(Path.Combine(Folder, name))).Select(static name => (name, $"{name} ({State(name)})"))
            : Kernel(bound, static netlink => netlink.GetLinks().Select(static link => (link.Name, $"{link.Name} ({link.OperationalState})")).OrderBy(static link => link.Name, StringComparer.Ordinal).ToArray());

    private static string State(string name)
    {
        string file = Path.Combine(Folder, name, "operstate");
        return File.Exists(file) ? File.ReadAllText(file).Trim() : "unknown";
    }
}
