using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Runtime.Addresses;
using VrrpPS.Engine.Runtime.Links;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Engine.Runtime.Routers;

/// <summary>
/// Everything that one router will ever send, built before it is needed and patched in place: its advertisement and an
/// announcement for each address. Built anew when the interface, the source address or the configuration changes.
/// </summary>
internal sealed class RouterFrames
{
    private readonly byte[][] _announcements;
    private readonly byte[][] _probes;
    private readonly MacAddress[] _macs;

    private RouterFrames(AdvertisementFrame advertisement, AdvertisementFrame? version2, MacAddress[] macs, byte[][] announcements, byte[][] probes)
    {
        _macs = macs;
        Advertisement = advertisement;
        Version2 = version2;
        _announcements = announcements;
        _probes = probes;
    }

    /// <summary>The advertisement.</summary>
    public AdvertisementFrame Advertisement { get; }

    /// <summary>The same advertisement for peers that know only version 2 (RFC 9568 section 8.4.2); null unless wanted.</summary>
    public AdvertisementFrame? Version2 { get; }

    /// <summary>The announcement (gratuitous ARP, unsolicited NA) of the address at a position.</summary>
    public ReadOnlySpan<byte> Announcement(int index) => _announcements[index];

    /// <summary>The question whether anybody else has the address at a position (RFC 5227 section 2.1.1, RFC 4862 section 5.4.2).</summary>
    public ReadOnlySpan<byte> Probe(int index) => _probes[index];

    /// <summary>Whether the interfaces of the addresses still have the MAC addresses that are announced.</summary>
    public bool Fits(VirtualAddressSet addresses)
    {
        for (int i = 0; i < _macs.Length; i++)
        {
            if (addresses.LinkOf(i) is { } link && link.MacAddress != _macs[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The addresses in the order they are advertised: for IPv6 a link-local one first (RFC 9568 section 5.2.9).</summary>
    public static InetAddress[] AdvertisedAddresses(InstanceConfiguration configuration)
    {
        var addresses = configuration.VirtualAddresses.Where(static address => address.Advertised).Select(static address => address.Address);
        return configuration.AddressFamily == AddressFamily.IPv6
            ? [.. addresses.OrderBy(static address => !address.IsLinkLocal)]
            : [.. addresses];
    }

    /// <summary>Builds all frames.</summary>
    /// <exception cref="VrrpException">The addresses do not fit one advertisement on this interface.</exception>
    public static RouterFrames Build(
        InstanceConfiguration configuration, InetAddress[] advertised, Link link, InetAddress source, byte priority, VirtualAddressSet addresses)
    {
        var header = new AdvertisementHeader(
            configuration.Version, (byte)configuration.VirtualRouterId, priority, configuration.AdvertisementInterval);
        var key = RouterHost.KeyOf(configuration);
        if (!key.IsEmpty)
        {
            header = configuration.AuthenticationType == AuthenticationMethod.AH
                ? header with { AuthenticationType = AuthenticationType.AuthenticationHeader }
                : header with { AuthenticationType = AuthenticationType.SimpleText, AuthenticationData = key };
        }

        var frame = BuildAdvertisement(configuration, header, key, advertised, link, source);
        var version2 = configuration.Version2Compatibility
            ? BuildAdvertisement(
                configuration, new(VrrpVersion.V2, header.VirtualRouterId, priority, header.Interval.RoundUpToSeconds()), key, advertised, link, source)
            : null;
        var announcements = new byte[addresses.Count][];
        var probes = new byte[addresses.Count][];
        var macs = new MacAddress[addresses.Count];
        for (int i = 0; i < addresses.Count; i++)
        {
            var carrier = addresses.LinkOf(i);
            var address = addresses[i].Address;
            macs[i] = carrier?.MacAddress ?? SourceMac(configuration, link);

            // From the advertisements' source where that fits; elsewhere the address speaks for itself.
            var from = carrier == link && source.Family == address.Family ? source : address;
            announcements[i] = BuildAnnouncement(address, macs[i], from);
            probes[i] = BuildProbe(address, macs[i]);
        }

        return new RouterFrames(frame, version2, macs, announcements, probes);
    }

    /// <summary>9568-7.2-3: the virtual MAC address where there is one. The frames leave through the interface itself either way.</summary>
    private static MacAddress SourceMac(InstanceConfiguration configuration, Link link)
        => configuration.VirtualMac?.AddressFor(configuration) ?? link.MacAddress;

    private static AdvertisementFrame BuildAdvertisement(
        InstanceConfiguration configuration, AdvertisementHeader header, AuthenticationData key, InetAddress[] advertised, Link link, InetAddress source)
    {
        var error = AdvertisementFrame.TryCreate(
            new AdvertisementFrameOptions
            {
                Header = header,
                Source = source,
                Destination = configuration.MulticastGroup ?? default,
                SourceMac = configuration.VirtualMac is { TransmitFromBase: true } ? link.MacAddress : SourceMac(configuration, link),
                AuthenticationKey = key,
                HasTrailer = configuration.Hmac is { Mode: not HmacMode.ReceiveOnly },
                Mtu = link.Mtu,
                AllowGlobalFirstAddress = true,
            },
            advertised,
            out var frame);
        return frame ?? throw VrrpErrors.AdvertisementImpossible(configuration.Name, error, advertised.Length, link.Name, link.Mtu);
    }

    private static byte[] BuildProbe(InetAddress address, MacAddress mac)
    {
        byte[] frame = GC.AllocateArray<byte>(
            address.Family == AddressFamily.IPv4 ? ArpFrame.Length : NeighborSolicitationFrame.Length, pinned: true);
        int length = address.Family == AddressFamily.IPv4
            ? ArpFrame.WriteProbe(frame, mac, address)
            : NeighborSolicitationFrame.Write(frame, mac, InetAddress.UnspecifiedV6, address);
        return length == frame.Length ? frame : frame[..length];
    }

    private static byte[] BuildAnnouncement(InetAddress address, MacAddress mac, InetAddress source)
    {
        byte[] frame;
        if (address.Family == AddressFamily.IPv4)
        {
            frame = GC.AllocateArray<byte>(ArpFrame.Length, pinned: true);
            _ = ArpFrame.WriteAnnouncement(frame, mac, address);
        }
        else
        {
            frame = GC.AllocateArray<byte>(NeighborAdvertisementFrame.Length, pinned: true);
            _ = NeighborAdvertisementFrame.WriteUnsolicited(frame, mac, address, source, isRouter: true);
        }

        return frame;
    }
}
