using VrrpPS.Engine.Linux.Sockets;
using VrrpPS.Engine.Tests.Linux;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Hostile;

/// <summary>The filters that let through only what concerns us, of both families, and their change with the configuration.</summary>
[Trait("Lane", "Namespace")]
public sealed class NarrowFilterTests
{
    [Theory]
    [InlineData(AddressFamily.IPv4)]
    [InlineData(AddressFamily.IPv6)]
    public void Foreign_filter_is_the_complement_of_the_receive_filter(AddressFamily family)
    {
        using var network = TestNetwork.Create(2);
        byte[] own = [3, 7, 255];
        using var receive = Open(network[1], family, Filters.VrrpReceive(family, own));
        using var foreign = Open(network[1], family, Filters.VrrpForeign(family, own));
        byte[][] frames = [.. Enumerable.Range(0, 256).Select(vrid => Advertisement(network[0], family, (byte)vrid)), Unicast(network[0], family)];
        network[0].Run(() =>
        {
            using var sender = PacketSocket.OpenSender();
            foreach (byte[] frame in frames)
            {
                Assert.True(sender.Send(network[0].InterfaceIndex, frame, out _));
            }
        });
        long heard = 0;
        long left = 0;
        Eventually.True(
            () =>
            {
                heard += receive.TakePacketCount();
                left += foreign.TakePacketCount();
                return heard + left >= 256;
            },
            "every advertisement passes one of them");
        Assert.Equal((3, 253), (heard, left));
    }

    [Theory]
    [InlineData(AddressFamily.IPv4, "192.0.2.101")]
    [InlineData(AddressFamily.IPv6, "2001:db8::101")]
    public async Task An_address_added_to_a_running_instance_is_heard_of_from_then_on(AddressFamily family, string added)
    {
        using var cluster = new Cluster(2);
        var configuration = cluster.Configuration(0, 200, family);
        await cluster.StartAsync(0, configuration);
        cluster.WaitFor(0, RouterState.Master, family);
        var more = Engine.Configuration.VirtualAddress.Parse($"{added}/{(family == AddressFamily.IPv4 ? 24 : 64)}");
        await cluster.Engine(0).ApplyAsync(
            cluster.Key(0, family),
            configuration with { VirtualAddresses = [.. configuration.VirtualAddresses, more] },
            TestContext.Current.CancellationToken);

        // What is announced within an interval of a takeover may be what the old Master had under way.
        long sent = cluster.Counter(0, family).AdvertisementSent;
        Eventually.True(() => cluster.Counter(0, family).AdvertisementSent > sent + 3, "four advertisements");
        SendAnnouncements(cluster, family, added);
        _ = cluster.WaitForEvent(0, VrrpEventKind.SplitBrain, $"announced our address {added}");
    }

    private static void SendAnnouncements(Cluster cluster, AddressFamily family, string address)
    {
        var from = cluster.Network[1];
        var parsed = InetAddress.Parse(address);
        byte[] frame;
        if (family == AddressFamily.IPv4)
        {
            frame = Spoof.Announcement(from, parsed);
        }
        else
        {
            frame = new byte[VrrpPS.Protocol.Wire.NeighborAdvertisementFrame.Length];
            _ = VrrpPS.Protocol.Wire.NeighborAdvertisementFrame.WriteUnsolicited(frame, from.MacAddress, parsed, from.LinkLocal, isRouter: true);
        }

        Flood.Send(from, [frame], perSecond: 500, TimeSpan.FromMilliseconds(20));
    }

    private static PacketSocket Open(TestHost host, AddressFamily family, BpfProgram filter) => host.Run(() => PacketSocket.OpenReceiver(new PacketSocketOptions
    {
        InterfaceIndex = host.InterfaceIndex,
        EtherType = family == AddressFamily.IPv4 ? EtherType.IPv4 : EtherType.IPv6,
        Filter = filter,
        ReceiveBuffer = 1,
    }));

    private static byte[] Advertisement(TestHost from, AddressFamily family, byte vrid) => family == AddressFamily.IPv4
        ? Frames.Ethernet(Frames.Group4, from.MacAddress, EtherType.IPv4, Frames.IPv4(from.IPv4, InetAddress.VrrpGroupV4, 112, Frames.Vrrp(vrid), options: vrid % 2 * 8))
        : Frames.Ethernet(Frames.Group6, from.MacAddress, EtherType.IPv6, Frames.IPv6(from.LinkLocal, InetAddress.VrrpGroupV6, 112, Frames.Vrrp(vrid)));

    private static byte[] Unicast(TestHost from, AddressFamily family) => family == AddressFamily.IPv4
        ? Frames.Ethernet(Frames.Group4, from.MacAddress, EtherType.IPv4, Frames.IPv4(from.IPv4, InetAddress.VrrpGroupV4, 17, Frames.Vrrp(9)))
        : Frames.Ethernet(Frames.Group6, from.MacAddress, EtherType.IPv6, Frames.IPv6(from.LinkLocal, InetAddress.VrrpGroupV6, 17, Frames.Vrrp(9)));
}
