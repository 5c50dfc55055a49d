using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Sockets;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Linux;

[Trait("Lane", "Namespace")]
public sealed class PacketSocketTests
{
    private static readonly byte[] s_last = Frames.Vrrp(51);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void IPv4_filter_passes_advertisements_and_nothing_else(bool onlyOwnVirtualRouter)
    {
        using var network = TestNetwork.Create(2);
        var (sender, receiver) = (network[0], network[1]);
        ReadOnlySpan<byte> ids = onlyOwnVirtualRouter ? [50, 51, 53] : [];
        using var socket = OpenReceiver(receiver, EtherType.IPv4, Filters.VrrpReceive(AddressFamily.IPv4, ids));
        byte[] Packet(byte protocol, byte vrid, ushort fragment = 0, int options = 0)
            => Frames.IPv4(sender.IPv4, InetAddress.VrrpGroupV4, protocol, Frames.Vrrp(vrid), fragment, options);
        byte[] good = Frames.Ethernet(Frames.Group4, sender.MacAddress, EtherType.IPv4, Packet(112, 50));

        Send(
            sender,
            Frames.Ethernet(Frames.Group4, sender.MacAddress, EtherType.IPv4, Packet(17, 51)), // another protocol
            Frames.Ethernet(Frames.Group4, sender.MacAddress, EtherType.IPv4, Packet(112, 51, fragment: 0x2000)), // a first fragment
            Frames.Ethernet(Frames.Group4, sender.MacAddress, EtherType.IPv4, Packet(112, 51, fragment: 0x0010)), // a later one
            Frames.Tagged(Frames.Ethernet(Frames.Group4, sender.MacAddress, EtherType.IPv4, Packet(112, 51)), 7), // another VLAN
            Frames.Tagged(Frames.Ethernet(Frames.Group4, sender.MacAddress, EtherType.IPv4, Packet(112, 53)), 0), // a priority tag, which is no VLAN
            Frames.Ethernet(MacAddress.Broadcast, sender.MacAddress, EtherType.IPv4, Packet(112, 51)), // broadcast
            Frames.Ethernet(Frames.Group4, sender.MacAddress, EtherType.IPv4, Packet(112, 52)), // another virtual router
            good,
            Frames.Ethernet(receiver.MacAddress, sender.MacAddress, EtherType.IPv4, Packet(112, 51, options: 8))); // unicast, with options

        var received = ReceiveUntil(socket, packet => packet.AsSpan(packet.Length - 12).SequenceEqual(s_last) && (packet[0] & 15) == 7);
        int[] expected = onlyOwnVirtualRouter ? [53, 50, 51] : [53, 52, 50, 51];
        Assert.Equal(expected, received.Select(static packet => (int)packet.Data[^11]));
        Assert.Equal(good[14..], received[^2].Data);
        Assert.Equal(
            new PacketMetadata(receiver.InterfaceIndex, PacketType.Multicast, EtherType.IPv4, sender.MacAddress, -1, good.Length - 14, 0),
            received[^2].Metadata);
        Assert.Equal(PacketType.Host, received[^1].Metadata.PacketType);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void IPv6_filter_passes_advertisements_and_nothing_else(bool onlyOwnVirtualRouter)
    {
        using var network = TestNetwork.Create(2);
        var (sender, receiver) = (network[0], network[1]);
        ReadOnlySpan<byte> ids = onlyOwnVirtualRouter ? [51] : [];
        using var socket = OpenReceiver(receiver, EtherType.IPv6, Filters.VrrpReceive(AddressFamily.IPv6, ids));
        byte[] Frame(byte next, ReadOnlySpan<byte> payload)
            => Frames.Ethernet(Frames.Group6, sender.MacAddress, EtherType.IPv6, Frames.IPv6(sender.IPv6, InetAddress.VrrpGroupV6, next, payload));

        Send(
            sender,
            Frame(17, Frames.Vrrp(51)),
            Frame(44, [112, 0, 0, 1, 0, 0, 0, 1, .. Frames.Vrrp(51)]), // a fragment
            Frame(0, [112, 0, 1, 4, 0, 0, 0, 0, .. Frames.Vrrp(51)]), // an extension header
            Frames.Tagged(Frame(112, Frames.Vrrp(51)), 7),
            Frame(112, Frames.Vrrp(52)),
            Frame(112, Frames.Vrrp(51)));

        var received = ReceiveUntil(socket, static packet => packet[41] == 51);
        int[] expected = onlyOwnVirtualRouter ? [51] : [52, 51];
        Assert.Equal(expected, received.Select(static packet => (int)packet.Data[41]));
    }

    [Fact]
    public void Every_virtual_router_of_a_full_set_is_heard()
    {
        using var network = TestNetwork.Create(2);
        var (sender, receiver) = (network[0], network[1]);
        byte[] all = [.. Enumerable.Range(1, 255).Select(static id => (byte)id)];
        using var socket = OpenReceiver(receiver, EtherType.IPv4, Filters.VrrpReceive(AddressFamily.IPv4, all));
        byte[] Frame(byte vrid) => Frames.Ethernet(
            Frames.Group4, sender.MacAddress, EtherType.IPv4, Frames.IPv4(sender.IPv4, InetAddress.VrrpGroupV4, 112, Frames.Vrrp(vrid)));

        Send(sender, [Frame(0), .. all.Select(Frame)]);

        Assert.Equal(all, ReceiveUntil(socket, static packet => packet[21] == 255).Select(static packet => packet.Data[21]));
    }

    [Fact]
    public void Announcement_filter_passes_gratuitous_arp_of_others()
    {
        using var network = TestNetwork.Create(2);
        var (sender, receiver) = (network[0], network[1]);
        using var socket = OpenReceiver(receiver, EtherType.Arp, Filters.AnnouncementReceive(AddressFamily.IPv4));
        var (one, two) = (InetAddress.Parse("192.0.2.100"), InetAddress.Parse("192.0.2.101"));
        byte[] Frame(TestHost from, byte operation, InetAddress source, InetAddress target)
            => Frames.Ethernet(MacAddress.Broadcast, from.MacAddress, EtherType.Arp, Frames.Arp(operation, from.MacAddress, source, target));

        Send(receiver, Frame(receiver, 1, one, one)); // our own
        Send(
            sender,
            Frame(sender, 1, one, two), // an ordinary question
            Frames.Tagged(Frame(sender, 1, one, one), 7),
            Frame(sender, 1, one, one),
            Frame(sender, 2, two, two));

        var received = ReceiveUntil(socket, static packet => packet[7] == 2);
        Assert.Equal([1, 2], received.Select(static packet => (int)packet.Data[7]));
        Assert.All(received, packet => Assert.Equal(sender.MacAddress, packet.Metadata.Source));
    }

    [Fact]
    public void Announcement_filter_passes_neighbour_advertisements()
    {
        using var network = TestNetwork.Create(2);
        var (sender, receiver) = (network[0], network[1]);
        using var socket = OpenReceiver(receiver, EtherType.IPv6, Filters.AnnouncementReceive(AddressFamily.IPv6));
        var allNodes = InetAddress.Parse("ff02::1");
        byte[] Frame(byte type, byte hopLimit, byte mark) => Frames.Ethernet(
            allNodes.ToMulticastMac(), sender.MacAddress, EtherType.IPv6, Frames.IPv6(sender.IPv6, allNodes, 58, [type, mark, .. new byte[22]], hopLimit));

        Send(sender, Frame(135, 255, 1), Frame(136, 254, 2), Frame(136, 255, 3), Frame(136, 255, 4));

        var received = ReceiveUntil(socket, static packet => packet[41] == 4);
        Assert.Equal([3, 4], received.Select(static packet => (int)packet.Data[41]).Where(static mark => mark > 0));
        Assert.All(received, static packet => Assert.Equal(136, packet.Data[40]));
    }

    [Fact]
    public void Watching_sees_both_directions_families_and_tags()
    {
        using var network = TestNetwork.Create(2);
        var (other, self) = (network[0], network[1]);
        using var socket = self.Run(() => PacketSocket.OpenReceiver(new PacketSocketOptions
        {
            EtherType = EtherType.All,
            InterfaceIndex = self.InterfaceIndex,
            Filter = Filters.WatchVrrp(),
            IncludeLinkHeader = true,
            IncludeOutgoing = true,
            Timestamps = true,
            AllMulticast = true,
        }));
        byte[] V4(TestHost from, byte protocol) => Frames.Ethernet(
            Frames.Group4, from.MacAddress, EtherType.IPv4, Frames.IPv4(from.IPv4, InetAddress.VrrpGroupV4, protocol, Frames.Vrrp(51)));
        byte[] v6 = Frames.Ethernet(
            Frames.Group6, other.MacAddress, EtherType.IPv6, Frames.IPv6(other.IPv6, InetAddress.VrrpGroupV6, 112, Frames.Vrrp(51)));

        Send(self, V4(self, 112), V4(self, 17));
        Send(other, V4(other, 17), V4(other, 112), Frames.Tagged(V4(other, 112), 7), v6);

        var received = ReceiveUntil(socket, static packet => packet[12] == 0x86);
        Assert.Equal(
            [(PacketType.Outgoing, -1), (PacketType.Multicast, -1), (PacketType.Multicast, 7), (PacketType.Multicast, -1)],
            received.Select(static packet => (packet.Metadata.PacketType, packet.Metadata.VlanId)));
        Assert.Equal(V4(other, 112), received[1].Data);
        var now = DateTimeOffset.UtcNow;
        Assert.All(received, packet => Assert.InRange(
            DateTimeOffset.UnixEpoch.AddTicks(packet.Metadata.Timestamp / 100), now.AddMinutes(-1), now.AddMinutes(1)));
    }

    [Fact]
    public void Filters_look_behind_an_Authentication_Header()
    {
        using var network = TestNetwork.Create(2);
        var (sender, receiver) = (network[0], network[1]);
        using var ours = OpenReceiver(receiver, EtherType.IPv4, Filters.VrrpReceive(AddressFamily.IPv4, 51));
        using var foreign = OpenReceiver(receiver, EtherType.IPv4, Filters.VrrpForeign(AddressFamily.IPv4, 51));
        using var watch = OpenReceiver(receiver, EtherType.All, Filters.WatchVrrp());
        byte[] Frame(byte next, byte vrid, byte protocol = 51) => Frames.Ethernet(
            Frames.Group4, sender.MacAddress, EtherType.IPv4, Frames.IPv4(sender.IPv4, InetAddress.VrrpGroupV4, protocol, [next, 4, .. new byte[22], .. Frames.Vrrp(vrid)]));
        Send(sender, Frame(17, 51), Frame(112, 51), Frame(112, 52), Frame(112, 51, protocol: 50), Frame(112, 51), Frame(112, 52));
        Assert.Equal([51, 51], Vrids(ours, 2));
        Assert.Equal([52, 52], Vrids(foreign, 2));
        Assert.Equal([51, 52, 51, 52], Vrids(watch, 4));

        static IEnumerable<int> Vrids(PacketSocket socket, int count)
        {
            int seen = 0;
            return ReceiveUntil(socket, packet => packet[9] == 51 && ++seen == count).Select(static packet => (int)packet.Data[45]);
        }
    }

    [Fact]
    public void Batch_sends_around_a_refused_frame_and_batch_receives_cut_packets()
    {
        using var network = TestNetwork.Create(2);
        var (sender, receiver) = (network[0], network[1]);
        using var socket = OpenReceiver(receiver, EtherType.IPv4, Filters.VrrpReceive(AddressFamily.IPv4));
        byte[] Frame(byte vrid, int extra = 0) => Frames.Ethernet(
            Frames.Group4,
            sender.MacAddress,
            EtherType.IPv4,
            Frames.IPv4(sender.IPv4, InetAddress.VrrpGroupV4, 112, [.. Frames.Vrrp(vrid), .. new byte[extra]]));
        var batch = new PacketSendBatch(capacity: 4);
        Assert.True(batch.TryAdd(sender.InterfaceIndex, Frame(1)));
        Assert.True(batch.TryAdd(4711, Frame(2)));
        Assert.True(batch.TryAdd(sender.InterfaceIndex, Frame(3, extra: 500)));
        Assert.True(batch.TryAdd(sender.InterfaceIndex, Frame(4)));
        Assert.False(batch.TryAdd(sender.InterfaceIndex, Frame(5)));
        sender.Run(() =>
        {
            using var out4 = PacketSocket.OpenSender();
            Assert.Equal(1, out4.Send(batch));
        });
        Assert.Equal([0, 6, 0, 0], Enumerable.Range(0, 4).Select(batch.ErrorNumber)); // ENXIO

        var received = new PacketReceiveBatch(capacity: 2, packetSize: 64);
        Eventually.Readable(socket.FileDescriptor, "packets arrive");
        Assert.Equal(2, socket.Receive(received));
        Assert.Equal((1, 3), (received.Data(0)[21], received.Data(1)[21]));
        Assert.Equal((32, 64), (received.Data(0).Length, received.Data(1).Length));
        Assert.Equal(532, received.Metadata(1).OriginalLength);
        Assert.Equal(sender.MacAddress, received.Metadata(0).Source);
        Eventually.Readable(socket.FileDescriptor, "the last packet arrives");
        Assert.Equal(1, socket.Receive(received));
        Assert.Equal(4, received.Data(0)[21]);
        Assert.Equal(0, socket.Receive(received));
    }

    [Fact]
    public void Sending_names_the_error_while_the_interface_is_down_and_the_receiver_survives_it()
    {
        using var network = TestNetwork.Create(2);
        var (sender, receiver) = (network[0], network[1]);
        using var socket = OpenReceiver(receiver, EtherType.IPv4, Filters.VrrpReceive(AddressFamily.IPv4));
        byte[] frame = Frames.Ethernet(
            Frames.Group4, sender.MacAddress, EtherType.IPv4, Frames.IPv4(sender.IPv4, InetAddress.VrrpGroupV4, 112, Frames.Vrrp(9)));
        using var raw = sender.Run(PacketSocket.OpenSender);
        sender.SetLink(up: false);
        Assert.False(raw.Send(sender.InterfaceIndex, frame, out int error));
        Assert.Equal(100, error); // ENETDOWN
        receiver.SetLink(up: false);
        Eventually.Readable(socket.FileDescriptor, "the receiver hears of its interface");
        byte[] buffer = new byte[100];
        Assert.Equal("ENETDOWN", Assert.Throws<KernelException>(() => socket.Receive(buffer, out _, out _)).ErrnoName);

        receiver.SetLink(up: true);
        sender.SetLink(up: true);
        Eventually.True(
            () => raw.Send(sender.InterfaceIndex, frame, out _) && Eventually.IsReadable(socket.FileDescriptor, TimeSpan.FromMilliseconds(50)),
            "packets pass again");
        Assert.True(socket.Receive(buffer, out int length, out _));
        Assert.Equal((32, 9), (length, buffer[21]));
    }

    [Fact]
    public void Missing_interface_is_named_by_the_kernel()
    {
        using var network = TestNetwork.Create(1);
        var error = network[0].Run(() => Assert.Throws<KernelException>(
            () => PacketSocket.OpenReceiver(new PacketSocketOptions { EtherType = EtherType.IPv4, InterfaceIndex = 4711 })));
        Assert.Equal("ENODEV", error.ErrnoName);
    }

    private static PacketSocket OpenReceiver(TestHost host, ushort etherType, BpfProgram filter) => host.Run(() => PacketSocket.OpenReceiver(
        new PacketSocketOptions { EtherType = etherType, InterfaceIndex = host.InterfaceIndex, Filter = filter }));

    private static void Send(TestHost host, params byte[][] frames) => host.Run(() =>
    {
        using var socket = PacketSocket.OpenSender();
        foreach (byte[] frame in frames)
        {
            Assert.True(socket.Send(host.InterfaceIndex, frame, out int error), $"errno {error}");
        }
    });

    /// <summary>All packets up to the one that ends the test: had the filter let more through, they would be among them.</summary>
    private static List<(byte[] Data, PacketMetadata Metadata)> ReceiveUntil(PacketSocket socket, Func<byte[], bool> isLast)
    {
        var found = new List<(byte[] Data, PacketMetadata Metadata)>();
        byte[] buffer = new byte[2048];
        while (true)
        {
            Eventually.Readable(socket.FileDescriptor, "the next packet");
            while (socket.Receive(buffer, out int length, out var metadata))
            {
                found.Add((buffer[..length], metadata));
                if (isLast(found[^1].Data))
                {
                    return found;
                }
            }
        }
    }
}
