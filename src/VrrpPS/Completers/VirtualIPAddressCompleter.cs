using System.Collections;

namespace VrrpPS.Completers;

/// <summary>Virtual addresses of the instances that this session knows.</summary>
public sealed class VirtualIPAddressCompleter : VrrpCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound)
        => States(bound)
            .SelectMany(static state => state.VirtualIPAddress.Select(address => (address.IPAddress, $"{state.Name} ({state.State}) on {state.InterfaceName}")))
            .DistinctBy(static candidate => candidate.IPAddress, StringComparer.Ordinal);
}
