using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
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

    private RouterFrames(AdvertisementFrame advertisement, byte[][] announcements, byte[][] probes)
    {
        Advertisement = advertisement;
        _announcements = announcements;
        _probes = probes;
    }

    /// <summary>The advertisement.</summary>
    public AdvertisementFrame Advertisement { get; }

    /// <summary>The announcement (gratuitous ARP, unsolicited NA) of the address at a position.</summary>
    public ReadOnlySpan<byte> Announcement(int index) => _announcements[index];

    /// <summary>The question whether anybody else has the address at a position (RFC 5227 section 2.1.1, RFC 4862 section 5.4.2).</summary>
    public ReadOnlySpan<byte> Probe(int index) => _probes[index];

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
    public static RouterFrames Build(InstanceConfiguration configuration, InetAddress[] advertised, Link link, InetAddress source, byte priority)
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

        var error = AdvertisementFrame.TryCreate(
            new AdvertisementFrameOptions
            {
                Header = header,
                Source = source,
                SourceMac = link.MacAddress,
                AuthenticationKey = key,
                HasTrailer = configuration.Hmac is { Mode: not HmacMode.ReceiveOnly },
                Mtu = link.Mtu,
                AllowGlobalFirstAddress = true,
            },
            advertised,
            out var frame);
        if (frame is null)
        {
            throw VrrpErrors.AdvertisementImpossible(configuration.Name, error, advertised.Length, link.Name, link.Mtu);
        }

        return new RouterFrames(
            frame,
            [.. configuration.VirtualAddresses.Select(address => BuildAnnouncement(address.Address, link.MacAddress, source))],
            [.. configuration.VirtualAddresses.Select(address => BuildProbe(address.Address, link.MacAddress))]);
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
