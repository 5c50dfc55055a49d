using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>The virtual MAC address on the wire and in the eyes of the clients.</summary>
[Trait("Lane", "Namespace")]
public sealed class VirtualMacTests
{
    [Theory]
    [InlineData(AddressFamily.IPv4)]
    [InlineData(AddressFamily.IPv6)]
    [Conformance("9568-8.1.2-1", Polarity.Required)]
    [Conformance("9568-8.2.2-1", Polarity.Required)]
    [Conformance("9568-7.2-3", Polarity.Required)]
    public async Task A_planned_change_leaves_the_clients_neighbour_entry_as_it_is(AddressFamily family)
    {
        using var cluster = new Cluster(3);
        string vip = VirtualMacLab.Vip(family);
        string link = VirtualMacLab.LinkName(family);
        var mac = VirtualMacLab.Mac(family);
        using var tap = new WireTap(cluster.Network);
        await cluster.StartAsync(0, cluster.Configuration(0, 200, family).WithVirtualMac());
        cluster.WaitFor(0, RouterState.Master, family);
        await cluster.StartAsync(1, cluster.Configuration(1, 100, family).WithVirtualMac());
        cluster.WaitFor(1, static state => state is { State: RouterState.Backup, MasterPriority: 200 }, "the Master is heard", family);
        Assert.True(VirtualMacLab.Has(cluster.Network[0], link, vip));
        Assert.False(cluster.Network[0].Has(InetAddress.Parse(vip)));
        Assert.Equal((true, false), (VirtualMacLab.IsUp(cluster.Network[0], link), VirtualMacLab.IsUp(cluster.Network[1], link)));
        Assert.All(cluster.State(0, family).VirtualIPAddress, address => Assert.Equal((link, true), (address.InterfaceName, address.Bound)));
        Assert.Equal(mac.ToString(), cluster.State(0, family).VirtualMacAddress);

        VirtualMacLab.PingUntilAnswered(cluster.Network[2], vip);
        Assert.Equal(mac.ToString(), VirtualMacLab.Neighbour(cluster.Network[2], vip));

        // The successor's announcement comes from the same MAC address, and is heard all the same.
        var outcome = await cluster.StopAsync(0, family: family);
        Assert.NotNull(outcome.Successor);
        cluster.WaitFor(1, RouterState.Master, family);
        Assert.Null(VirtualMacLab.Link(cluster.Network[0], link));
        Assert.Equal(mac.ToString(), VirtualMacLab.Neighbour(cluster.Network[2], vip));
        VirtualMacLab.PingUntilAnswered(cluster.Network[2], vip);

        // A client that knows nothing asks, and is told the same. So was everybody, all the time.
        VirtualMacLab.ForgetNeighbour(cluster.Network[2]);
        VirtualMacLab.PingUntilAnswered(cluster.Network[2], vip);
        Assert.Equal(mac.ToString(), VirtualMacLab.Neighbour(cluster.Network[2], vip));
        Assert.All(VirtualMacLab.Claimed(tap.Frames, vip), claimed => Assert.Equal(mac, claimed));
        Assert.All(tap.Advertisements(0).Concat(tap.Advertisements(1)), frame => Assert.Equal(mac, frame.SourceMac));
    }

    [Fact]
    [Conformance("9568-8.1.2-1", Polarity.Refused)]
    [Conformance("9568-7.2-3", Polarity.Refused)]
    public async Task A_reply_to_a_client_that_must_be_asked_for_first_does_not_name_the_physical_address()
    {
        using var cluster = new Cluster(2);
        var mac = VirtualMacLab.Mac(AddressFamily.IPv4);
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { VirtualMac = VirtualMacOptions.Default with { TransmitFromBase = true } });
        cluster.WaitFor(0, RouterState.Master);
        using var tap = new WireTap(cluster.Network);

        // The answer's sender is the virtual address, and the host has to ask who the client is: by default as the virtual address, with
        // the physical MAC address, which would be a lesson for everybody who hears it.
        VirtualMacLab.ForgetNeighbour(cluster.Network[0]);
        VirtualMacLab.Inject(cluster.Network, 0, VirtualMacLab.Echo(mac, cluster.Network[1], InetAddress.Parse(Cluster.Vip), 1));
        _ = tap.WaitFor(static frame => frame.Host == 0 && VirtualMacLab.IsIcmp(frame, 0, 1), "the answer");
        Assert.Contains(tap.Frames, frame => frame.Host == 0 && frame.Bytes[12] == 0x08 && frame.Bytes[13] == 0x06 && frame.SourceMac == cluster.Network[0].MacAddress);
        Assert.All(VirtualMacLab.Claimed(tap.Frames, Cluster.Vip), claimed => Assert.Equal(mac, claimed));

        // Advertisements have the virtual MAC address unless they are to come from the interface itself.
        _ = tap.WaitFor(static frame => frame is { Host: 0, Kind: SeenKind.Advertisement }, "an advertisement");
        Assert.All(tap.Advertisements(0), frame => Assert.Equal(cluster.Network[0].MacAddress, frame.SourceMac));
    }

    [Fact]
    [Conformance("9568-8.2.2-1", Polarity.Refused)]
    public async Task A_solicitation_for_the_hosts_own_address_is_not_answered_with_the_virtual_MAC_address()
    {
        using var cluster = new Cluster(2);
        await cluster.StartAsync(0, cluster.Configuration(0, 200, AddressFamily.IPv6).WithVirtualMac());
        await cluster.StartAsync(0, cluster.Configuration(0, 200).WithVirtualMac());
        cluster.WaitFor(0, RouterState.Master, AddressFamily.IPv6);
        cluster.WaitFor(0, RouterState.Master);
        foreach (var own in new[] { cluster.Network[0].IPv6, cluster.Network[0].IPv4 })
        {
            VirtualMacLab.ForgetNeighbour(cluster.Network[1]);
            VirtualMacLab.PingUntilAnswered(cluster.Network[1], own.ToString());
            Assert.Equal(cluster.Network[0].MacAddress.ToString(), VirtualMacLab.Neighbour(cluster.Network[1], own.ToString()));
        }
    }

    [Fact]
    [Conformance("9568-6.4.2-4", Polarity.Required)]
    [Conformance("9568-6.4.2-4", Polarity.Refused)]
    [Conformance("9568-6.4.3-5", Polarity.Required)]
    [Conformance("9568-6.4.3-5", Polarity.Refused)]
    public async Task Frames_to_the_virtual_MAC_address_are_the_Masters_and_forwarded_by_it()
    {
        using var cluster = new Cluster(4);
        var mac = VirtualMacLab.Mac(AddressFamily.IPv4);
        for (int node = 0; node < 2; node++)
        {
            VirtualMacLab.Set(cluster.Network[node], "ipv4/ip_forward", 1);
        }

        await cluster.StartAsync(0, cluster.Configuration(0, 200).WithVirtualMac());
        cluster.WaitFor(0, RouterState.Master);
        await cluster.StartAsync(1, cluster.Configuration(1, 100).WithVirtualMac());
        cluster.WaitFor(1, static state => state is { State: RouterState.Backup, MasterPriority: 200 }, "the Master is heard");
        using var tap = new WireTap(cluster.Network);
        var client = cluster.Network[2];
        var beyond = cluster.Network[3].IPv4;

        // To the Backup: neither for itself nor for others. What is sent to its own MAC address behind that shows that it was taken in.
        VirtualMacLab.Inject(cluster.Network, 1, VirtualMacLab.Echo(mac, client, cluster.Network[1].IPv4, 1));
        VirtualMacLab.Inject(cluster.Network, 1, VirtualMacLab.Echo(mac, client, beyond, 2));
        VirtualMacLab.Inject(cluster.Network, 1, VirtualMacLab.Echo(cluster.Network[1].MacAddress, client, cluster.Network[1].IPv4, 3));
        _ = tap.WaitFor(static frame => frame.Host == 1 && VirtualMacLab.IsIcmp(frame, 0, 3), "the Backup answers for itself");
        VirtualMacLab.Inject(cluster.Network, 1, VirtualMacLab.Echo(cluster.Network[1].MacAddress, client, beyond, 4));
        _ = tap.WaitFor(static frame => frame.Host == 1 && VirtualMacLab.IsIcmp(frame, 8, 4), "the Backup forwards what is sent to itself");
        Assert.DoesNotContain(tap.Frames, static frame => frame.Host == 1 && (VirtualMacLab.IsIcmp(frame, 0, 1) || VirtualMacLab.IsIcmp(frame, 8, 2)));

        // To the Master: both.
        VirtualMacLab.Inject(cluster.Network, 0, VirtualMacLab.Echo(mac, client, cluster.Network[0].IPv4, 5));
        VirtualMacLab.Inject(cluster.Network, 0, VirtualMacLab.Echo(mac, client, beyond, 6));
        _ = tap.WaitFor(static frame => frame.Host == 0 && VirtualMacLab.IsIcmp(frame, 0, 5), "the Master answers");
        _ = tap.WaitFor(static frame => frame.Host == 0 && VirtualMacLab.IsIcmp(frame, 8, 6), "the Master forwards");
    }

    [Fact]
    [Conformance("9568-7.4-1", Polarity.Required)]
    [Conformance("9568-7.4-1", Polarity.Refused)]
    public async Task No_address_is_made_of_the_virtual_MAC_address()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        string link = VirtualMacLab.LinkName(AddressFamily.IPv6);

        // What a link with this MAC address does when nobody keeps it from that.
        host.Netlink(netlink =>
        {
            netlink.CreateMacvlan("plain0", host.InterfaceIndex, new MacAddress(0x0200_0000_0041));
            netlink.SetLinkUp(netlink.FindLink("plain0")!.Index);
        });
        Eventually.True(() => host.Netlink(static netlink => netlink.GetAddresses(netlink.FindLink("plain0")!.Index)).Count > 0, "an ordinary link makes itself an address");

        await cluster.StartAsync(0, cluster.Configuration(0, 200, AddressFamily.IPv6).WithVirtualMac());
        cluster.WaitFor(0, RouterState.Master, AddressFamily.IPv6);
        VirtualMacLab.Set(host, $"ipv6/conf/all/forwarding", 1);
        var addresses = host.Netlink(netlink => netlink.GetAddresses(netlink.FindLink(link)!.Index));
        Assert.Equal([Cluster.Vip6, "fe80::100"], addresses.Select(static info => info.Address.ToString()).Order(StringComparer.Ordinal));

        // Without IPv6 addresses there is no IPv6 on it at all.
        await cluster.StartAsync(0, cluster.Configuration(0, 200).WithVirtualMac());
        cluster.WaitFor(0, RouterState.Master);
        Assert.Equal("1", host.Run(static () => File.ReadAllText("/proc/sys/net/ipv6/conf/vrrp.41/disable_ipv6")).Trim());
    }

    [Fact]
    [Conformance("9568-8.2.2-4", Polarity.Required)]
    public async Task A_neighbour_advertisement_leaves_when_the_address_and_its_MAC_address_are_in_place()
    {
        using var cluster = new Cluster(1);
        using var tap = new WireTap(cluster.Network);
        await cluster.StartAsync(0, cluster.Configuration(0, 200, AddressFamily.IPv6).WithVirtualMac());
        _ = tap.WaitFor(static frame => frame.Kind == SeenKind.UnsolicitedNeighbor, "an announcement");
        Assert.True(VirtualMacLab.IsUp(cluster.Network[0], "vrrp6.41"));
        Assert.True(VirtualMacLab.Has(cluster.Network[0], "vrrp6.41", Cluster.Vip6));
        Assert.Equal(SeenKind.Advertisement, tap.Frames.First(static frame => frame.Kind is SeenKind.Advertisement or SeenKind.UnsolicitedNeighbor).Kind);
    }

    [Fact]
    [Conformance("9568-8.2.2-4", Polarity.Refused)]
    public async Task Where_the_MAC_address_is_taken_nothing_is_advertised_nor_announced()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        host.Netlink(netlink =>
        {
            netlink.CreateMacvlan("other0", host.InterfaceIndex, VirtualMacLab.Mac(AddressFamily.IPv6));
            netlink.SetLinkUp(netlink.FindLink("other0")!.Index);
        });
        using var tap = new WireTap(cluster.Network);
        await cluster.StartAsync(0, cluster.Configuration(0, 200, AddressFamily.IPv6).WithVirtualMac());
        cluster.WaitFor(0, RouterState.Fault, AddressFamily.IPv6);
        _ = cluster.WaitForEvent(0, VrrpEventKind.KernelRefused);
        Assert.DoesNotContain(tap.Frames, static frame => frame.Kind is SeenKind.Advertisement or SeenKind.UnsolicitedNeighbor);

        // And it takes part once the other is gone.
        host.Netlink(static netlink => netlink.DeleteLink(netlink.FindLink("other0")!.Index));
        cluster.WaitFor(0, RouterState.Master, AddressFamily.IPv6);
    }

    [Fact]
    public async Task A_higher_priority_takes_over_from_the_same_MAC_address_and_is_yielded_to()
    {
        using var cluster = new Cluster(3);
        await cluster.StartAsync(0, cluster.Configuration(0, 100).WithVirtualMac());
        cluster.WaitFor(0, RouterState.Master);
        await cluster.StartAsync(1, cluster.Configuration(1, 200).WithVirtualMac());
        cluster.WaitFor(1, RouterState.Master);

        // Heard on the link of the virtual MAC address alone: the kernel gives the interface below nothing of it.
        cluster.WaitFor(0, RouterState.Backup);
        Assert.Equal(LastEvent.HigherPriorityBackup, cluster.State(0).LastEvent);
        Eventually.True(() => !VirtualMacLab.IsUp(cluster.Network[0], "vrrp.41"), "the old Master's link is down");
        Assert.Empty(cluster.Network[0].Netlink(static netlink => netlink.GetAddresses(netlink.FindLink("vrrp.41")!.Index)));
        VirtualMacLab.PingUntilAnswered(cluster.Network[2], Cluster.Vip);
        Assert.Equal(0, cluster.Counter(0).OwnSourceReceived);
        Assert.DoesNotContain(cluster.Events, static @event => @event.Kind is VrrpEventKind.SplitBrain or VrrpEventKind.DuplicateAddress);
    }

    [Fact]
    public async Task Each_advertisement_of_a_Backup_with_another_MAC_address_is_heard_once()
    {
        using var cluster = new Cluster(2);

        // Its link has joined the group: the kernel gives it a copy of what the interface below hears.
        await cluster.StartAsync(0, cluster.Configuration(0, 200).WithVirtualMac());
        cluster.WaitFor(0, RouterState.Master);
        using var member = cluster.Network[0].Run(() => Engine.Linux.Sockets.RawVrrpSocket.OpenMembership(
            InetAddress.VrrpGroupV4, VirtualMacLab.Link(cluster.Network[0], "vrrp.41")!.Index));
        using var tap = new WireTap(cluster.Network);
        for (byte i = 1; i <= 5; i++)
        {
            VirtualMacLab.Inject(cluster.Network, 0, Hostile.Spoof.Advertisement(cluster.Network[1]));
            Eventually.True(() => cluster.Counter(0).AdvertisementReceived >= i, "it is heard");
        }

        _ = tap.WaitForCount(static frame => frame is { Host: 0, Kind: SeenKind.Advertisement }, 3, "advertisement of ours", tap.Count);
        Assert.Equal(5, cluster.Counter(0).AdvertisementReceived);
    }
}
