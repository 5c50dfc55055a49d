using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>Many addresses on the wire, too many for it, and one address wanted twice.</summary>
[Trait("Lane", "Namespace")]
public sealed class ManyAddressesTests
{
    [Fact]
    public async Task Announcements_beyond_the_first_burst_are_spaced_one_by_one()
    {
        using var cluster = new Cluster(1);
        using var tap = new WireTap(cluster.Network);
        await cluster.StartAsync(0, Many(cluster, 150));
        var announced = tap.WaitForCount(static frame => frame.Kind == SeenKind.GratuitousArp, 150, "announcement");
        for (int i = 64; i + 20 < announced.Length; i++)
        {
            Assert.True(announced[i + 20].Time - announced[i].Time > 20 * 5_000_000 * 0.7, $"20 announcements from number {i} on are spaced");
        }
    }

    [Fact]
    public async Task Last_address_is_announced_however_often_one_asks_for_the_first()
    {
        using var cluster = new Cluster(1);
        using var tap = new WireTap(cluster.Network);
        await cluster.StartAsync(0, Many(cluster, 150));
        cluster.WaitFor(0, RouterState.Master);
        var last = InetAddress.Parse("198.51.100.150");
        for (int asked = 0; !tap.Frames.Any(frame => frame.Kind == SeenKind.GratuitousArp && frame.Source == last); asked++)
        {
            Assert.True(asked < 100, "the last address is announced while the loop is asked 100 times");
            int mark = tap.Count;
            await cluster.Engine(0).AnnounceAsync(cluster.Key(0), TestContext.Current.CancellationToken);
            _ = tap.WaitForCount(static frame => frame.Kind == SeenKind.GratuitousArp, 3, "announcement", mark);
        }
    }

    [Fact]
    public async Task Master_whose_list_no_longer_fits_the_interface_gives_the_role_up_until_it_does()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        var addresses = Enumerable.Range(1, 84).Select(static i => new VirtualAddress(InetAddress.Parse($"2001:db8:1::{i:x}"), 128))
            .Prepend(new VirtualAddress(InetAddress.Parse("fe80::100"), 128)).ToVrrpList();
        await cluster.StartAsync(0, cluster.Configuration(0, 200, AddressFamily.IPv6) with { VirtualAddresses = addresses });
        cluster.WaitFor(0, RouterState.Master, AddressFamily.IPv6);

        host.Netlink(netlink => netlink.SetLinkMtu(host.InterfaceIndex, 1280));
        cluster.WaitFor(0, RouterState.Fault, AddressFamily.IPv6);
        Assert.Contains("no advertisement can be made or sent on eth0", cluster.State(0, AddressFamily.IPv6).FaultReason);
        _ = cluster.WaitForEvent(0, VrrpEventKind.KernelRefused, "do not fit one advertisement");
        Assert.DoesNotContain(host.GetAddresses(), static info => info.Protocol == AddressProtocol.VrrpPS);

        host.Netlink(netlink => netlink.SetLinkMtu(host.InterfaceIndex, 1500));
        cluster.WaitFor(0, RouterState.Master, AddressFamily.IPv6);
    }

    [Fact]
    public async Task Address_of_another_instance_on_the_interface_is_refused_by_name_at_start_and_in_a_change()
    {
        using var cluster = new Cluster(1);
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        var other = cluster.Configuration(0, 200) with { Name = "other", VirtualRouterId = 42 };
        var refusal = await Assert.ThrowsAsync<VrrpException>(() => cluster.StartAsync(0, other));
        Assert.Equal(ErrorIds.InvalidAddress, refusal.ErrorId);
        Assert.Contains("h0-", refusal.Message, StringComparison.Ordinal);

        other = other with { VirtualAddresses = [new VirtualAddress(InetAddress.Parse("192.0.2.101"), 24)] };
        await cluster.StartAsync(0, other);
        refusal = await Assert.ThrowsAsync<VrrpException>(
            () => cluster.ApplyAsync(0, other with { VirtualAddresses = [new VirtualAddress(InetAddress.Parse(Cluster.Vip), 24)] }));
        Assert.Equal(ErrorIds.InvalidAddress, refusal.ErrorId);
        Assert.True(cluster.Network[0].Has(InetAddress.Parse(Cluster.Vip)));
        Assert.Equal(0, cluster.Engine(0).GetCounters().Sum(static counter => counter.AddressesRestored));
    }

    [Fact]
    public async Task Owner_that_returns_and_sends_from_the_virtual_address_itself_is_heard_by_the_Master()
    {
        using var cluster = new Cluster(2);
        var vip = InetAddress.Parse(Cluster.Vip);
        var owner = cluster.Network[1];
        owner.Netlink(netlink =>
        {
            netlink.DeleteAddress(owner.InterfaceIndex, owner.IPv4, 24);
            netlink.AddAddress(new AddressAssignment(owner.InterfaceIndex, vip, 24));
        });
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        await cluster.StartAsync(1, cluster.Configuration(1, 255));
        cluster.WaitFor(0, RouterState.Backup);
        Assert.Equal((Cluster.Vip, 255), (cluster.State(0).MasterAddress, cluster.State(0).MasterPriority));
        cluster.WaitForHolders(1);
        Assert.Equal(0, cluster.Counter(0).OwnSourceReceived);
    }

    private static InstanceConfiguration Many(Cluster cluster, int count) => cluster.Configuration(0, 200) with
    {
        VirtualAddresses = Enumerable.Range(1, count).Select(static i => new VirtualAddress(InetAddress.Parse($"198.51.100.{i}"), 32)).ToVrrpList(),
        Announcement = new AnnouncementOptions { RepeatAfter = [], RefreshInterval = TimeSpan.Zero, Spacing = TimeSpan.FromMilliseconds(5) },
    };
}
