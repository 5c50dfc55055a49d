using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Linux;

public sealed class NetlinkMonitorTests
{
    private static readonly InetAddress s_address = InetAddress.Parse("192.0.2.100");

    [Fact]
    [Trait("Lane", "Namespace")]
    public void Link_that_loses_and_regains_its_carrier_is_told()
    {
        using var network = TestNetwork.Create(1);
        using var monitor = network[0].Run(NetlinkMonitor.Open);

        network.SetPort(0, up: false);
        var down = Eventually.Change(monitor, static change => change.Kind == NetlinkChangeKind.LinkChanged && !change.IsUsable, "eth0 lost its carrier");
        Assert.True(down.Flags.HasFlag(LinkFlags.Up));
        Assert.True(down.Name.Equals("eth0"));
        Assert.False(down.Name.Equals("eth"));
        Assert.Equal("eth0", down.Name.ToString());
        Assert.Equal((network[0].InterfaceIndex, network[0].MacAddress, 1500), (down.InterfaceIndex, down.MacAddress, down.Mtu));

        network.SetPort(0, up: true);
        var up = Eventually.Change(
            monitor, static change => change.Kind == NetlinkChangeKind.LinkChanged && change.OperationalState == OperationalState.Up, "eth0 is up again");
        Assert.True(up.IsUsable);
    }

    [Fact]
    [Trait("Lane", "Namespace")]
    public void Addresses_are_told_before_the_request_is_acknowledged_and_a_new_creation_stamp_shows_a_loss()
    {
        using var network = TestNetwork.Create(1);
        var host = network[0];
        host.Run(() =>
        {
            using var monitor = NetlinkMonitor.Open();
            using var netlink = RouteNetlink.Open();
            var lease = new AddressAssignment(host.InterfaceIndex, s_address, 32) { ValidLifetime = 1, Protocol = AddressProtocol.VrrpPS };
            netlink.ReplaceAddress(lease);
            Assert.True(ReadAddress(monitor, out var bound));
            Assert.Equal((NetlinkChangeKind.AddressAdded, s_address, (byte)32), (bound.Kind, bound.Address.Address, bound.Address.PrefixLength));
            netlink.ReplaceAddress(lease);
            Assert.True(ReadAddress(monitor, out var renewed));
            Assert.Equal(bound.Address.CreationStamp, renewed.Address.CreationStamp);

            _ = Eventually.Change(monitor, static change => change.Kind == NetlinkChangeKind.AddressRemoved, "the lease ended");
            netlink.ReplaceAddress(lease);
            Assert.True(ReadAddress(monitor, out var again));
            Assert.NotEqual(bound.Address.CreationStamp, again.Address.CreationStamp);
            Assert.False(ReadAddress(monitor, out _));
        });
    }

    [Fact]
    [Trait("Lane", "Namespace")]
    public void Removed_link_is_told()
    {
        using var network = TestNetwork.Create(1);
        network[0].Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            netlink.CreateBridge("br");
            int index = netlink.FindLink("br")!.Index;
            using var monitor = NetlinkMonitor.Open();
            netlink.DeleteLink(index);
            var removed = Eventually.Change(monitor, static change => change.Kind == NetlinkChangeKind.LinkRemoved, "br is gone");
            Assert.Equal(index, removed.InterfaceIndex);
        });
    }

    [Fact]
    [Trait("Lane", "Namespace")]
    public void Lost_events_are_told_as_an_overrun_and_reading_goes_on()
    {
        using var network = TestNetwork.Create(1);
        var host = network[0];
        host.Run(() =>
        {
            using var monitor = NetlinkMonitor.Open();
            using var netlink = RouteNetlink.Open();
            var batch = netlink.CreateAddressBatch();
            for (uint i = 0; i < 30_000; i++)
            {
                batch.Replace(new AddressAssignment(host.InterfaceIndex, s_address, 32) { ValidLifetime = 100 + (i % 2) });
            }

            Assert.Equal(0, batch.Commit());
            _ = Eventually.Change(monitor, static change => change.Kind == NetlinkChangeKind.Overrun, "the overrun");
            while (monitor.TryRead(out _))
            {
                // What was queued before the overrun.
            }

            netlink.DeleteAddress(host.InterfaceIndex, s_address, 32);
            Assert.True(ReadAddress(monitor, out var change));
            Assert.Equal(NetlinkChangeKind.AddressRemoved, change.Kind);
        });
    }

    [Fact]
    public void Bridge_port_reports_and_foreign_messages_are_passed_over()
    {
        byte[] payload = new byte[16];
        payload[0] = 7;
        Assert.False(Interpret(16, payload, out _));
        payload[0] = 0;
        Assert.True(Interpret(16, payload, out var change));
        Assert.Equal(NetlinkChangeKind.LinkChanged, change.Kind);
        Assert.False(Interpret(24, payload, out _));
        Assert.False(Interpret(20, new byte[4], out _));
        Assert.False(Interpret(16, new byte[8], out _));
    }

    [Fact]
    public void Event_allocates_nothing()
    {
        byte[] payload = [.. new byte[16], .. Convert.FromHexString("0900030065746830" + "00000000" + "0A00010002000000000100000500100006000000")];
        Assert.True(Interpret(16, payload, out var change));
        Assert.True(change.Name.Equals("eth0"));
        long before = GC.GetAllocatedBytesForCurrentThread();
        byte[] datagram = FakeKernel.Message(16, 0, 0, payload);
        long made = GC.GetAllocatedBytesForCurrentThread();
        ReadOnlySpan<byte> bytes = datagram;
        Assert.True(NetlinkMessage.TryRead(ref bytes, out var message) && NetlinkMonitor.TryInterpret(message, out change));
        Assert.Equal(made, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(made > before);
    }

    /// <summary>Takes what is queued now up to the next event about an address, without waiting.</summary>
    private static bool ReadAddress(NetlinkMonitor monitor, out LinkOrAddressChange change)
    {
        while (monitor.TryRead(out change))
        {
            if (change.Kind is NetlinkChangeKind.AddressAdded or NetlinkChangeKind.AddressRemoved)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Interpret(ushort type, byte[] payload, out LinkOrAddressChange change)
    {
        ReadOnlySpan<byte> datagram = FakeKernel.Message(type, 0, 0, payload);
        change = default;
        return NetlinkMessage.TryRead(ref datagram, out var message) && NetlinkMonitor.TryInterpret(message, out change);
    }
}
