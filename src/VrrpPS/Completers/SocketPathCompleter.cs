using System.Collections;

namespace VrrpPS.Completers;

/// <summary>Control sockets of services at the usual places.</summary>
public sealed class SocketPathCompleter : VrrpCompleter
{
    private const string Ending = ".sock";

    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound)
    {
        string? own = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        string[] folders = string.IsNullOrEmpty(own) ? ["/run/vrrpps"] : ["/run/vrrpps", own];
        return folders.SelectMany(static folder => Entries(folder).Where(static name => name.EndsWith(Ending, StringComparison.Ordinal)).Select(name => Path.Combine(folder, name)))
            .Select(static path => (path, $"Control socket {path}"));
    }
}
