using System.Collections;

namespace VrrpPS.Completers;

/// <summary>Virtual router ids that this session knows.</summary>
public sealed class VirtualRouterIdCompleter : VrrpCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound)
        => States(bound)
            .GroupBy(static state => state.VirtualRouterId)
            .OrderBy(static group => group.Key)
            .Select(static group => ($"{group.Key}", $"VRID {group.Key}: {string.Join(", ", group.Select(static state => state.Name))}"));
}
