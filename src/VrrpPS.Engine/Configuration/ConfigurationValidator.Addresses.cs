using VrrpPS.Engine.Errors;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration;

public static partial class ConfigurationValidator
{
    /// <summary>The count field of an advertisement has eight bits (RFC 9568 section 5.2.5).</summary>
    private const int MaxAdvertised = 255;

    /// <summary>An advertisement is never fragmented; Ethernet carries this much.</summary>
    private const int Mtu = 1500;

    /// <summary>How many addresses one advertisement can carry on Ethernet.</summary>
    public static int MaxAdvertisedAddresses(AddressFamily family, VrrpVersion version)
    {
        const int vrrpHeader = 8;
        int authentication = version == VrrpVersion.V2 ? 8 : 0;
        int space = family == AddressFamily.IPv4 ? Mtu - 20 - vrrpHeader - authentication : Mtu - 40 - vrrpHeader;
        return Math.Min(MaxAdvertised, space / (family == AddressFamily.IPv4 ? 4 : 16));
    }

    private static void CheckAddresses(InstanceConfiguration c, List<ConfigurationProblem> problems)
    {
        const string name = nameof(c.VirtualAddresses);
        if (c.AddressFamily is not AddressFamily.IPv4 and not AddressFamily.IPv6)
        {
            Add(problems, nameof(c.AddressFamily), VrrpErrors.InvalidConfiguration(
                $"{(long)c.AddressFamily} is not an address family. Choose IPv4 or IPv6.", (long)c.AddressFamily));
            return;
        }

        int advertised = c.VirtualAddresses.Count(a => a.Advertised);
        int limit = MaxAdvertisedAddresses(c.AddressFamily, c.Version);
        if (advertised == 0)
        {
            Add(problems, name, VrrpErrors.NoAddress());
        }
        else if (advertised > limit)
        {
            Add(problems, name, VrrpErrors.TooManyAddresses(advertised, limit));
        }

        if (VirtualAddressList.MixedFamilies(c.VirtualAddresses, c.InterfaceName, c.VirtualRouterId) is { } mixed)
        {
            Add(problems, name, mixed);
        }
        else if (c.VirtualAddresses.FirstOrDefault(a => a.Advertised && !a.Address.IsNone && a.Address.Family != c.AddressFamily) is { } foreign)
        {
            Add(problems, name, VrrpErrors.InvalidAddress(foreign.ToString(), $"the virtual router serves {c.AddressFamily}. Change the family or the address."));
        }

        var seen = new HashSet<InetAddress>();
        foreach (var address in c.VirtualAddresses)
        {
            if ((CheckAddress(address) ?? CheckOptions(address, c.InterfaceName)) is { } error)
            {
                Add(problems, name, error);
            }
            else if (!seen.Add(address.Address))
            {
                Add(problems, name, VrrpErrors.InvalidAddress(address.ToString(), "it is in the list twice. Name it once."));
            }
        }
    }

    private static VrrpException? CheckAddress(VirtualAddress address)
    {
        var (value, prefix) = (address.Address, address.PrefixLength);
        string text = address.PrefixText;
        if (value.IsNone)
        {
            return VrrpErrors.InvalidAddress(text, "it is empty.");
        }

        if (prefix == 0 || prefix > VirtualAddress.HostPrefixLength(value.Family))
        {
            return VrrpErrors.InvalidPrefixLength(text, value.Family);
        }

        return UnusableReason(value) is { } reason || (reason = HostPartReason(address)) is not null
            ? VrrpErrors.InvalidAddress(text, reason + " Choose an address that one host can have.")
            : null;
    }

    /// <summary>Why the address can belong to no host at all, or null.</summary>
    private static string? UnusableReason(InetAddress address)
    {
        if (address.IsUnspecified)
        {
            return "it is the unspecified address.";
        }

        if (address.IsMulticast)
        {
            return "it is a multicast address.";
        }

        if (address.IsLoopback)
        {
            return "it is a loopback address, which never leaves a host.";
        }

        Span<byte> bytes = stackalloc byte[16];
        bytes = bytes[..address.Write(bytes)];
        return bytes.Length switch
        {
            4 when !bytes.ContainsAnyExcept((byte)0xFF) => "it is the limited broadcast address.",
            16 when !bytes[..10].ContainsAnyExcept((byte)0) && bytes[10] == 0xFF && bytes[11] == 0xFF => "it is an IPv4 address mapped into IPv6.",
            _ => null,
        };
    }

    /// <summary>Why the address cannot be a host of its subnet, or null. RFC 3021: a /31 has hosts only.</summary>
    private static string? HostPartReason(VirtualAddress address)
    {
        if (address.Address.Family != AddressFamily.IPv4 || address.PrefixLength > 30)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[4];
        address.Address.Write(bytes);
        uint hostMask = uint.MaxValue >> address.PrefixLength;
        uint host = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes) & hostMask;
        return host == hostMask ? "it is the broadcast address of its subnet." : host == 0 ? "it is the number of its subnet, not a host in it." : null;
    }

    private static void CheckPeers(InstanceConfiguration c, List<ConfigurationProblem> problems)
    {
        CheckPeerList(c, nameof(c.UnicastPeers), "a unicast peer", c.UnicastPeers, problems);
        CheckPeerList(c, nameof(c.AllowedPeers), "an allowed peer", c.AllowedPeers, problems);
        CheckTransport(c, problems);
        if (c.SourceAddress is { } source && PeerReason(c, source) is { } reason)
        {
            Add(problems, nameof(c.SourceAddress), VrrpErrors.InvalidPeer("the source address", source.ToString(), reason));
        }
    }

    private static void CheckPeerList(
        InstanceConfiguration c, string property, string role, VrrpList<InetAddress> peers, List<ConfigurationProblem> problems)
    {
        var seen = new HashSet<InetAddress>();
        foreach (var peer in peers)
        {
            string? reason = PeerReason(c, peer)
                ?? (peer == c.SourceAddress ? "it is this node's own source address. List the other nodes only." : null)
                ?? (!seen.Add(peer) ? "it is in the list twice. Name it once." : null)
                ?? (c.Priority < 255 && c.VirtualAddresses.Any(a => a.Address == peer) ? "it is a virtual address, which moves between the nodes. Name a node's own address." : null);
            if (reason is not null)
            {
                Add(problems, property, VrrpErrors.InvalidPeer(role, peer.ToString(), reason));
            }
        }
    }

    private static string? PeerReason(InstanceConfiguration c, InetAddress address)
    {
        if (address.IsNone || address.Family != c.AddressFamily)
        {
            return $"the virtual router serves {c.AddressFamily}. Name a node's {c.AddressFamily} address.";
        }

        return UnusableReason(address) is { } reason ? reason + " Name a node's own address." : null;
    }
}
