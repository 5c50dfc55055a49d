using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Sockets;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Linux;

[Trait("Lane", "Namespace")]
public sealed class RawVrrpSocketTests
{
    [Fact]
    public void Membership_lasts_as_long_as_the_socket()
    {
        using var network = TestNetwork.Create(1);
        var host = network[0];
        string v4 = "120000E0"; // 224.0.0.18 as /proc/net/igmp prints it
        string v6 = "ff020000000000000000000000000012";
        host.Run(() =>
        {
            using (RawVrrpSocket.OpenMembership(InetAddress.VrrpGroupV4, host.InterfaceIndex))
            using (RawVrrpSocket.OpenMembership(InetAddress.VrrpGroupV6, host.InterfaceIndex))
            {
                Assert.Contains(v4, File.ReadAllText("/proc/thread-self/net/igmp"), StringComparison.Ordinal);
                Assert.Contains(v6, File.ReadAllText("/proc/thread-self/net/igmp6"), StringComparison.Ordinal);
            }

            Assert.DoesNotContain(v4, File.ReadAllText("/proc/thread-self/net/igmp"), StringComparison.Ordinal);
            Assert.DoesNotContain(v6, File.ReadAllText("/proc/thread-self/net/igmp6"), StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData(AddressFamily.IPv4)]
    [InlineData(AddressFamily.IPv6)]
    public void Unicast_message_leaves_with_hop_limit_255_class_CS6_and_untouched(AddressFamily family)
    {
        using var network = TestNetwork.Create(2);
        var (sender, receiver) = (network[0], network[1]);
        var (source, destination) = family == AddressFamily.IPv4 ? (sender.IPv4, receiver.IPv4) : (sender.LinkLocal, receiver.LinkLocal);
        using var socket = Receiver(receiver, family);
        byte[] message = Frames.Vrrp(51);
        message[6] = 0xAB;
        sender.Run(() =>
        {
            using var raw = RawVrrpSocket.OpenUnicastSender(source, sender.InterfaceIndex);
            Assert.True(raw.Send(destination, message, out int error), $"errno {error}");
        });

        byte[] buffer = new byte[200];
        Eventually.Readable(socket.FileDescriptor, "the message arrives");
        Assert.True(socket.Receive(buffer, out int length, out var metadata));
        Assert.Equal(PacketType.Host, metadata.PacketType);
        Assert.Equal(message, buffer[(length - message.Length)..length]);
        if (family == AddressFamily.IPv4)
        {
            Assert.Equal((0xC0, 255, 112), (buffer[1], buffer[8], buffer[9]));
            Assert.Equal((source, destination), (InetAddress.Read(buffer.AsSpan(12, 4)), InetAddress.Read(buffer.AsSpan(16, 4))));
        }
        else
        {
            Assert.Equal((0x6C, 112, 255), (buffer[0], buffer[6], buffer[7]));
            Assert.Equal((source, destination), (InetAddress.Read(buffer.AsSpan(8, 16)), InetAddress.Read(buffer.AsSpan(24, 16))));
        }
    }

    [Fact]
    public void Local_firewall_stops_unicast_but_neither_sends_nor_receives_of_packet_sockets()
    {
        using var network = TestNetwork.Create(2);
        var (sender, receiver) = (network[0], network[1]);
        const string dropAll = "table inet t { chain i { type filter hook input priority 0; policy drop; }; chain o { type filter hook output priority 0; policy drop; }; }";
        sender.AddFirewallRules(dropAll);
        receiver.AddFirewallRules(dropAll);
        using var socket = Receiver(receiver, AddressFamily.IPv4);
        sender.Run(() =>
        {
            using var raw = RawVrrpSocket.OpenUnicastSender(sender.IPv4, sender.InterfaceIndex);
            Assert.False(raw.Send(receiver.IPv4, Frames.Vrrp(51), out int error));
            Assert.Equal(1, error); // EPERM
            using var packet = PacketSocket.OpenSender();
            Assert.True(packet.Send(
                sender.InterfaceIndex,
                Frames.Ethernet(Frames.Group4, sender.MacAddress, EtherType.IPv4, Frames.IPv4(sender.IPv4, InetAddress.VrrpGroupV4, 112, Frames.Vrrp(52))),
                out _));
        });

        byte[] buffer = new byte[200];
        Eventually.Readable(socket.FileDescriptor, "the multicast message arrives");
        Assert.True(socket.Receive(buffer, out _, out _));
        Assert.Equal(52, buffer[21]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Membership_keeps_the_kernel_from_refusing_unicast_peers(bool joined)
    {
        using var network = TestNetwork.Create(2);
        var (sender, receiver) = (network[0], network[1]);
        using var membership = joined ? receiver.Run(() => RawVrrpSocket.OpenMembership(InetAddress.VrrpGroupV4, receiver.InterfaceIndex)) : null;
        using var answers = sender.Run(() => PacketSocket.OpenReceiver(new PacketSocketOptions { EtherType = EtherType.IPv4, InterfaceIndex = sender.InterfaceIndex }));
        sender.Run(() =>
        {
            using var raw = RawVrrpSocket.OpenUnicastSender(sender.IPv4, sender.InterfaceIndex);
            Assert.True(raw.Send(receiver.IPv4, Frames.Vrrp(51), out _));
        });
        var (exitCode, _) = sender.Execute("ping", string.Empty, "-c", "1", "-W", "5", receiver.IPv4.ToString());
        Assert.Equal(0, exitCode);

        // What came back before the answer to the ping that followed.
        byte[] buffer = new byte[2048];
        var types = new List<int>();
        while (answers.Receive(buffer, out _, out _))
        {
            if (buffer[9] == 1)
            {
                types.Add(buffer[20]);
            }
        }

        int[] expected = joined ? [0] : [3, 0]; // destination unreachable, echo reply
        Assert.Equal(expected, types);
    }

    [Fact]
    public void Source_address_that_is_not_bound_is_refused_by_name()
    {
        using var network = TestNetwork.Create(1);
        var error = network[0].Run(() => Assert.Throws<KernelException>(
            () => RawVrrpSocket.OpenUnicastSender(InetAddress.Parse("192.0.2.77"), network[0].InterfaceIndex)));
        Assert.Equal("EADDRNOTAVAIL", error.ErrnoName);
        Assert.Contains("192.0.2.77", error.Message, StringComparison.Ordinal);
    }

    private static PacketSocket Receiver(TestHost host, AddressFamily family) => host.Run(() => PacketSocket.OpenReceiver(new PacketSocketOptions
    {
        EtherType = family == AddressFamily.IPv4 ? EtherType.IPv4 : EtherType.IPv6,
        InterfaceIndex = host.InterfaceIndex,
        Filter = Filters.VrrpReceive(family),
    }));
}
