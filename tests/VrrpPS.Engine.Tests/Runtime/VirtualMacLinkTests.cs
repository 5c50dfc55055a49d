using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Linux.Orphans;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>The link of the virtual MAC address: what is made, set, put back, taken over and never touched.</summary>
[Trait("Lane", "Namespace")]
public sealed class VirtualMacLinkTests
{
    private const string LinkName = "vrrp.41";

    [Fact]
    public async Task Settings_of_the_interface_below_are_put_back_with_the_last_link_and_values_of_others_stay()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        VirtualMacLab.Set(host, "ipv4/conf/eth0/arp_announce", 1);
        await cluster.StartAsync(0, cluster.Configuration(0, 200).WithVirtualMac());
        await cluster.StartAsync(0, cluster.Configuration(0, 200, AddressFamily.IPv6).WithVirtualMac());
        cluster.WaitFor(0, RouterState.Master);
        cluster.WaitFor(0, RouterState.Master, AddressFamily.IPv6);
        Assert.Equal((1, 2), Arp(host));
        Assert.Equal((1, 2, 0), (VirtualMacLab.Setting(host, $"{LinkName}/arp_ignore"), VirtualMacLab.Setting(host, $"{LinkName}/rp_filter"), VirtualMacLab.Setting(host, $"{LinkName}/arp_filter")));
        Assert.Equal(["vrrpps v4/41 arp_ignore=0 arp_announce=1", "vrrpps v6/41 arp_ignore=0 arp_announce=1"], host.Netlink(static netlink => netlink.GetLinks())
            .Select(static link => link.Alias).OfType<string>().Order(StringComparer.Ordinal));

        await cluster.StopAsync(0, new() { Force = true });
        Assert.Null(VirtualMacLab.Link(host, LinkName));
        Assert.Equal((1, 2), Arp(host));
        await cluster.StopAsync(0, new() { Force = true }, AddressFamily.IPv6);
        Assert.Equal((0, 1), Arp(host));
    }

    [Fact]
    public void A_killed_engines_link_is_removed_by_its_guard_and_the_settings_are_put_back()
    {
        using var network = TestNetwork.Create(1);
        var host = network[0];
        using var process = EngineProcess.StartWithVirtualMac(host);
        process.WaitFor("-> Master");
        Assert.True(VirtualMacLab.Has(host, LinkName, Cluster.Vip));
        Assert.Equal((1, 2), Arp(host));
        Assert.Empty(OrphanSearch.Find(host.NamespaceName, []));
        process.Kill();
        Eventually.True(() => VirtualMacLab.Link(host, LinkName) is null, "the guard removes the link", TimeSpan.FromSeconds(5));
        Assert.Equal((0, 0), Arp(host));
    }

    [Fact]
    public async Task What_a_dead_engine_left_is_taken_over_and_its_memory_of_the_settings_with_it()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        int index = Leave(host, LinkName, 41);
        await cluster.StartAsync(0, cluster.Configuration(0, 200).WithVirtualMac() with { StartupDelay = TimeSpan.FromHours(1) });
        var link = VirtualMacLab.Link(host, LinkName)!;
        Assert.Equal((index, false), (link.Index, link.Flags.HasFlag(LinkFlags.Up)));
        Assert.Empty(host.Netlink(netlink => netlink.GetAddresses(index)));
        await cluster.StopAsync(0, new() { Force = true });
        Assert.Null(VirtualMacLab.Link(host, LinkName));
        Assert.Equal((0, 0), Arp(host));
    }

    [Fact]
    public async Task What_a_dead_engine_left_is_removed_by_an_instance_that_no_longer_wants_it()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        Leave(host, LinkName, 41);
        Leave(host, "vrrp.77", 77);
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        Assert.Null(VirtualMacLab.Link(host, LinkName));
        _ = cluster.WaitForEvent(0, VrrpEventKind.Information, "Removed the link vrrp.41");

        // Another virtual router's is not its business; the settings stay as long as that is there.
        Assert.NotNull(VirtualMacLab.Link(host, "vrrp.77"));
        Assert.Equal((1, 2), Arp(host));
    }

    [Fact]
    public async Task An_orphaned_link_is_found_and_removed_and_a_living_ones_is_neither()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        Leave(host, "vrrp.77", 77);
        var found = OrphanSearch.Find(host.NamespaceName, []);
        Assert.Equal(["192.0.2.250/32 on vrrp.77", "link vrrp.77 (00:00:5e:00:01:4d)"], found.Select(static orphan => orphan.ToString()));
        await cluster.StartAsync(0, cluster.Configuration(0, 200).WithVirtualMac());
        cluster.WaitFor(0, RouterState.Master);
        Assert.Empty(OrphanSearch.Find(host.NamespaceName, []));
        Assert.Equal(ErrorIds.VirtualRouterInUse, Assert.Throws<VrrpException>(() => OrphanSearch.Remove(found[1])).ErrorId);
        await cluster.StopAsync(0, new() { Force = true });

        Assert.All(found, static orphan => Assert.True(OrphanSearch.Remove(orphan)));
        Assert.Null(VirtualMacLab.Link(host, "vrrp.77"));
        Assert.Equal((0, 0), Arp(host));
        Assert.All(found, static orphan => Assert.False(OrphanSearch.Remove(orphan)));
    }

    [Fact]
    public async Task A_link_of_that_name_that_is_not_ours_is_left_alone_and_named()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        host.Netlink(netlink => netlink.CreateMacvlan(LinkName, host.InterfaceIndex, VirtualMacLab.Mac(AddressFamily.IPv4)));
        var error = await Assert.ThrowsAsync<VrrpException>(() => cluster.StartAsync(0, cluster.Configuration(0, 200).WithVirtualMac()));
        Assert.Equal(ErrorIds.VirtualMacImpossible, error.ErrorId);
        Assert.Contains("ip link delete vrrp.41", error.Message, StringComparison.Ordinal);
        Assert.NotNull(VirtualMacLab.Link(host, LinkName));
        Assert.Equal((0, 0), Arp(host));

        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { VirtualMac = VirtualMacOptions.Default with { InterfaceName = "web0", Address = new MacAddress(0x0200_0000_0007) } });
        cluster.WaitFor(0, RouterState.Master);
        Assert.Equal("02:00:00:00:00:07", VirtualMacLab.Link(host, "web0")!.MacAddress.ToString());
        Assert.True(VirtualMacLab.Has(host, "web0", Cluster.Vip));
    }

    [Fact]
    public async Task Settings_that_no_interface_can_undo_and_the_owners_priority_are_refused_by_name()
    {
        using var cluster = new Cluster(1);
        VirtualMacLab.Set(cluster.Network[0], "ipv4/conf/all/arp_filter", 1);
        var error = await Assert.ThrowsAsync<VrrpException>(() => cluster.StartAsync(0, cluster.Configuration(0, 200).WithVirtualMac()));
        Assert.Equal(ErrorIds.VirtualMacImpossible, error.ErrorId);
        Assert.Contains("net.ipv4.conf.all.arp_filter", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<VrrpException>(() => cluster.StartAsync(0, cluster.Configuration(0, 255).WithVirtualMac()));
        Assert.Contains("priority below 255", error.Message, StringComparison.Ordinal);
        Assert.Null(VirtualMacLab.Link(cluster.Network[0], LinkName));
    }

    [Fact]
    public async Task Several_virtual_routers_of_both_families_share_an_interface()
    {
        using var cluster = new Cluster(3);
        for (int host = 0; host < 2; host++)
        {
            await cluster.StartAsync(host, cluster.Configuration(host, host == 0 ? 200 : 100).WithVirtualMac());
            await cluster.StartAsync(host, cluster.Configuration(host, host == 0 ? 100 : 200, AddressFamily.IPv6).WithVirtualMac());
            await cluster.StartAsync(host, cluster.Configuration(host, host == 0 ? 100 : 200).WithVirtualMac() with
            {
                Name = "second",
                VirtualRouterId = 42,
                VirtualAddresses = [VirtualAddress.Parse("192.0.2.102/24")],
            });
        }

        Eventually.True(
            () => VirtualMacLab.Has(cluster.Network[0], LinkName, Cluster.Vip) && !VirtualMacLab.IsUp(cluster.Network[1], LinkName)
                && VirtualMacLab.Has(cluster.Network[1], "vrrp6.41", Cluster.Vip6) && !VirtualMacLab.IsUp(cluster.Network[0], "vrrp6.41")
                && VirtualMacLab.Has(cluster.Network[1], "vrrp.42", "192.0.2.102") && !VirtualMacLab.IsUp(cluster.Network[0], "vrrp.42"),
            () => $"each where it belongs. {cluster.Describe()}");
        foreach (string vip in new[] { Cluster.Vip, Cluster.Vip6, "192.0.2.102" })
        {
            VirtualMacLab.PingUntilAnswered(cluster.Network[2], vip);
        }

        VirtualMacLab.PingUntilAnswered(cluster.Network[2], $"fe80::100%{TestHost.InterfaceName}");
        Assert.Equal("00:00:5e:00:01:29 00:00:5e:00:02:29 00:00:5e:00:01:2a", string.Join(' ',
            new[] { Cluster.Vip, Cluster.Vip6, "192.0.2.102" }.Select(vip => VirtualMacLab.Neighbour(cluster.Network[2], vip))));
    }

    [Fact]
    public async Task The_interface_below_goes_down_and_comes_back()
    {
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        await cluster.StartAsync(0, cluster.Configuration(0, 200).WithVirtualMac());
        cluster.WaitFor(0, RouterState.Master);
        host.SetLink(up: false);
        cluster.WaitFor(0, RouterState.Fault);
        Eventually.True(() => !VirtualMacLab.IsUp(host, LinkName) && !VirtualMacLab.Has(host, LinkName, Cluster.Vip), "the link is down and empty");
        host.SetLink(up: true);
        cluster.WaitFor(0, RouterState.Master);
        Assert.True(VirtualMacLab.Has(host, LinkName, Cluster.Vip));
    }

    [Fact]
    public async Task The_interface_below_is_renamed_and_removed_and_comes_back()
    {
        const string late = "late0";
        using var cluster = new Cluster(1);
        var host = cluster.Network[0];
        void Add() => host.Netlink(netlink =>
        {
            netlink.CreateVethPair(late, "late1");
            foreach (string name in new[] { late, "late1" })
            {
                netlink.SetLinkUp(netlink.FindLink(name)!.Index);
            }

            netlink.AddAddress(new AddressAssignment(netlink.FindLink(late)!.Index, InetAddress.Parse("198.51.100.1"), 24));
        });
        Add();
        await cluster.StartAsync(0, cluster.Configuration(0, 200).WithVirtualMac() with { InterfaceName = late });
        cluster.WaitFor(0, RouterState.Master);
        int index = VirtualMacLab.Link(host, late)!.Index;
        Rename(host, index, "other0");
        cluster.WaitFor(0, RouterState.Fault);
        Eventually.True(() => VirtualMacLab.Link(host, LinkName) is null && VirtualMacLab.Setting(host, "other0/arp_ignore") == 0, "nothing of ours is left on the renamed interface");

        Rename(host, index, late);
        cluster.WaitFor(0, RouterState.Master);
        Assert.True(VirtualMacLab.Has(host, LinkName, Cluster.Vip));

        host.Netlink(static netlink => netlink.DeleteLink(netlink.FindLink(late)!.Index));
        cluster.WaitFor(0, RouterState.Fault);
        Assert.Null(VirtualMacLab.Link(host, LinkName));
        Add();
        cluster.WaitFor(0, RouterState.Master);
        Assert.True(VirtualMacLab.Has(host, LinkName, Cluster.Vip));
    }

    [Fact]
    public async Task A_link_that_somebody_puts_down_or_removes_is_back_at_once()
    {
        using var cluster = new Cluster(2);
        var host = cluster.Network[0];
        await cluster.StartAsync(0, cluster.Configuration(0, 200).WithVirtualMac());
        cluster.WaitFor(0, RouterState.Master);
        host.Netlink(static netlink => netlink.SetLinkDown(netlink.FindLink(LinkName)!.Index));
        _ = cluster.WaitForEvent(0, VrrpEventKind.Information, "is up again");
        Eventually.True(() => VirtualMacLab.IsUp(host, LinkName), "it is up again");
        VirtualMacLab.PingUntilAnswered(cluster.Network[1], Cluster.Vip);

        int before = VirtualMacLab.Link(host, LinkName)!.Index;
        host.Netlink(netlink => netlink.DeleteLink(before));
        Eventually.True(() => VirtualMacLab.Has(host, LinkName, Cluster.Vip), "there is another one with the address");
        Assert.NotEqual(before, VirtualMacLab.Link(host, LinkName)!.Index);
        VirtualMacLab.PingUntilAnswered(cluster.Network[1], Cluster.Vip);
        Assert.Equal(RouterState.Master, cluster.State(0).State);
    }

    [Fact]
    public async Task The_MAC_address_of_a_running_instance_cannot_be_changed()
    {
        using var cluster = new Cluster(1);
        var configuration = cluster.Configuration(0, 200).WithVirtualMac();
        await cluster.StartAsync(0, configuration);
        var error = await Assert.ThrowsAsync<VrrpException>(() => cluster.ApplyAsync(0, configuration with { VirtualMac = null }));
        Assert.Contains("virtual MAC address", error.Message, StringComparison.Ordinal);

        // Everything else can, addresses included, without a gap.
        cluster.WaitFor(0, RouterState.Master);
        await cluster.ApplyAsync(0, configuration with { Priority = 150, VirtualAddresses = [.. configuration.VirtualAddresses, VirtualAddress.Parse("192.0.2.103/24")] });
        Eventually.True(() => VirtualMacLab.Has(cluster.Network[0], LinkName, "192.0.2.103") && VirtualMacLab.Has(cluster.Network[0], LinkName, Cluster.Vip), "both are there");
    }

    private static (int Ignore, int Announce) Arp(TestHost host)
        => (VirtualMacLab.Setting(host, "eth0/arp_ignore"), VirtualMacLab.Setting(host, "eth0/arp_announce"));

    private static void Rename(TestHost host, int index, string name) => host.Netlink(netlink =>
    {
        netlink.SetLinkDown(index);
        netlink.SetLinkName(index, name);
        netlink.SetLinkUp(index);
    });

    /// <summary>What an engine leaves that dies with its guard, while the interface below had the kernel's defaults before it.</summary>
    private static int Leave(TestHost host, string name, byte vrid)
    {
        VirtualMacLab.Set(host, "ipv4/conf/eth0/arp_ignore", 1);
        VirtualMacLab.Set(host, "ipv4/conf/eth0/arp_announce", 2);
        return host.Netlink(netlink =>
        {
            netlink.CreateMacvlan(name, host.InterfaceIndex, MacAddress.VirtualRouter(AddressFamily.IPv4, vrid));
            int index = netlink.FindLink(name)!.Index;
            netlink.SetLinkAlias(index, $"vrrpps v4/{vrid} arp_ignore=0 arp_announce=0");
            netlink.SetLinkUp(index);
            netlink.AddAddress(new AddressAssignment(index, InetAddress.Parse("192.0.2.250"), 32) { Protocol = AddressProtocol.VrrpPS });
            return index;
        });
    }
}
