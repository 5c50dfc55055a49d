using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.Orphans;

/// <summary>Marked addresses on interfaces for whose family no living engine of the namespace speaks, and that no other process claims.</summary>
internal sealed class AddressOrphans : IOrphanSource
{
    /// <inheritdoc/>
    public VrrpOrphanKind Kind => VrrpOrphanKind.Address;

    /// <inheritdoc/>
    public IEnumerable<VrrpOrphan> Find(RouteNetlink netlink, string? networkNamespace)
    {
        // The addresses first: an engine takes its lock before it binds, so that what is found now and belongs to a
        // living engine is in the list of the living afterwards.
        var marked = netlink.GetAddresses().Where(static address => address.Protocol == AddressProtocol.VrrpPS).ToArray();
        var links = netlink.GetLinks().ToDictionary(static link => link.Index);
        var living = LivingSpeakers.Read();
        var claimed = AddressClaims.Claimed();
        return marked
            .Where(address => links.TryGetValue(address.InterfaceIndex, out var link) && !living.Contains(LinkOrphans.SpeakerOf(link, address.Address.Family)))
            .Where(address => !claimed.Contains((address.InterfaceIndex, address.Address)))
            .Select(address => Describe(address, links[address.InterfaceIndex].Name, networkNamespace))
            .ToArray();
    }

    /// <inheritdoc/>
    public bool Remove(RouteNetlink netlink, VrrpOrphan orphan)
    {
        if (netlink.GetLinks().FirstOrDefault(link => link.Index == orphan.InterfaceIndex) is not { } link)
        {
            // What was on it went with it.
            return false;
        }

        var (index, family) = LinkOrphans.SpeakerOf(link, orphan.AddressFamily);
        using var silence = InterfaceSilence.Acquire(orphan.InterfaceName!, index, family);
        var address = new VirtualAddress(InetAddress.Parse(orphan.IPAddress!), (byte)orphan.PrefixLength!.Value) { InterfaceName = link.Name, Advertised = false };
        return OrphanSweep.Remove(netlink, silence.Any, [address]).Count > 0;
    }

    private static VrrpOrphan Describe(in AddressInfo address, string interfaceName, string? networkNamespace) => new()
    {
        Kind = VrrpOrphanKind.Address,
        Target = $"{address.Address}/{address.PrefixLength}",
        IPAddress = address.Address.ToString(),
        PrefixLength = address.PrefixLength,
        AddressFamily = address.Address.Family,
        InterfaceName = interfaceName,
        InterfaceIndex = address.InterfaceIndex,
        NetworkNamespace = networkNamespace,
        ValidLifetime = address.ValidLifetime == AddressAssignment.Forever ? null : TimeSpan.FromSeconds(address.ValidLifetime),
    };
}
