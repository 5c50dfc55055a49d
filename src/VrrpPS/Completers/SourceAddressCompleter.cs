using System.Collections;

namespace VrrpPS.Completers;

/// <summary>Addresses of the interface that is named, or of all of them.</summary>
public sealed class SourceAddressCompleter : VrrpCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(IDictionary bound)
    {
        string? wanted = bound["InterfaceName"] as string;
        return Kernel(bound, netlink =>
        {
            var names = netlink.GetLinks().ToDictionary(static link => link.Index, static link => link.Name);
            return netlink.GetAddresses()
                .Select(address => (Text: address.Address.ToString(), Name: names.GetValueOrDefault(address.InterfaceIndex, string.Empty)))
                .Where(entry => entry.Name != "lo" && (wanted is null || entry.Name == wanted))
                .Select(static entry => (entry.Text, $"Address of {entry.Name}"))
                .ToArray();
        });
    }
}
