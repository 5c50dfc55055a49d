using System.Collections;

namespace VrrpPS.Completers;

/// <summary>Units of systemd that start the service.</summary>
public sealed class ServiceNameCompleter : VrrpCompleter
{
    private const string Usual = "/etc/systemd/system";
    private const string Ending = ".service";
    private const string Program = "vrrpps";

    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound)
    {
        string folder = bound["UnitDirectory"] as string ?? Usual;
        return Entries(folder).Where(name => name.EndsWith(Ending, StringComparison.Ordinal) && StartsUs(Path.Combine(folder, name)))
            .Select(name => (name[..^Ending.Length], Path.Combine(folder, name)));
    }

    private static bool StartsUs(string file)
    {
        try
        {
            return File.Exists(file) && File.ReadLines(file).Any(static line => line.StartsWith("ExecStart=", StringComparison.Ordinal) && line.Contains(Program, StringComparison.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
