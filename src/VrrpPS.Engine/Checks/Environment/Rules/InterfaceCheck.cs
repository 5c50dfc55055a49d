using VrrpPS.Engine.Checks.Environment.Facts;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Checks.Environment.Rules;

/// <summary>Whether the interfaces can carry advertisements.</summary>
internal sealed class InterfaceCheck : IEnvironmentCheck
{
    public IEnumerable<VrrpFinding> Check(EnvironmentFacts facts)
    {
        foreach (string name in facts.Options.InterfaceNames.Where(name => !name.Contains('*') && !name.Contains('?') && facts.Interfaces.All(found => found.Name != name)))
        {
            yield return Finding.Error(FindingCodes.InterfaceMissing, name, $"There is no interface '{name}' here. An instance on it waits until it appears.", "'ip link' lists those of this host; -NetworkNamespace looks in another namespace.");
        }

        foreach (var finding in facts.Interfaces.SelectMany(found => Look(found, facts.Options.UnicastPeers.Count > 0)))
        {
            yield return finding;
        }
    }

    private static IEnumerable<VrrpFinding> Look(InterfaceFacts found, bool unicast)
    {
        if (!found.Link.IsUsable)
        {
            bool enabled = (found.Link.Flags & LinkFlags.Up) != LinkFlags.None;
            yield return Finding.Warning(
                FindingCodes.InterfaceDown,
                found.Name,
                enabled ? $"{found.Name} has no carrier: an instance on it is in Fault." : $"{found.Name} is switched off: an instance on it is in Fault.",
                enabled ? "Look at the cable, the switch port or the other end." : $"ip link set {found.Name} up");
        }

        if (!unicast && (found.Link.Flags & LinkFlags.Multicast) == LinkFlags.None)
        {
            yield return Finding.Error(FindingCodes.NoMulticast, found.Name, $"{found.Name} passes no multicast, which advertisements are.", $"ip link set {found.Name} multicast on; or name the other nodes with -UnicastPeer.");
        }

        if (found.Addresses.All(static address => address.Address.Family != AddressFamily.IPv4))
        {
            yield return Finding.Warning(FindingCodes.NoSourceAddress, found.Name, $"{found.Name} has no IPv4 address to send from: an IPv4 instance on it waits in Fault.", "Give it an address of its own; a virtual one does not count.");
        }

        if (!found.Addresses.Any(static address => address.Address.IsLinkLocal && address.Address.Family == AddressFamily.IPv6 && (address.Flags & (AddressFlags.Tentative | AddressFlags.DuplicateDetected)) == AddressFlags.None))
        {
            yield return Finding.Information(FindingCodes.NoSourceAddress, found.Name, $"{found.Name} has no usable link-local IPv6 address: an IPv6 instance on it waits in Fault.", "Switch IPv6 on for it (disable_ipv6=0), or wait for duplicate address detection.");
        }

        if (!unicast && found.Bridge is { SnoopsMulticast: true, QueriesMulticast: false } bridge)
        {
            yield return Finding.Warning(
                FindingCodes.SnoopingWithoutQuerier,
                found.Name,
                $"The bridge {bridge.Name} snoops multicast and asks for no memberships itself: without another querier on the link they expire, and advertisements stop passing (IPv6 first; 224.0.0.18 is usually flooded).",
                $"ip link set {bridge.Name} type bridge mcast_querier 1, or mcast_snooping 0.");
        }
    }
}
