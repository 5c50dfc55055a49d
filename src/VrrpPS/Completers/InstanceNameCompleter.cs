using System.Collections;

namespace VrrpPS.Completers;

/// <summary>Names of running instances, with their states.</summary>
public sealed class InstanceNameCompleter : VrrpCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound)
        => States(bound)
            .OrderBy(static state => state.Name, StringComparer.OrdinalIgnoreCase)
            .Select(static state => (state.Name, $"{state.State}, VRID {state.VirtualRouterId} on {state.InterfaceName}"))
            .DistinctBy(static candidate => candidate.Name, StringComparer.OrdinalIgnoreCase);
}
