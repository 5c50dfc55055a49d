using System.Collections;

namespace VrrpPS.Completers;

/// <summary>Sync groups of the instances that this session knows.</summary>
public sealed class SyncGroupCompleter : VrrpCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound)
        => States(bound)
            .Where(static state => state.SyncGroup is not null)
            .GroupBy(static state => state.SyncGroup!, StringComparer.Ordinal)
            .Select(static group => (group.Key, $"Sync group of {string.Join(", ", group.Select(static state => state.Name))}"));
}
