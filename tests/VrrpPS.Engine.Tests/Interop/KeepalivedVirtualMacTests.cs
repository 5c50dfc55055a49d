using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Interop;

/// <summary>keepalived with use_vmac on host 1, we with a virtual MAC address on host 0, a client on host 2.</summary>
[Trait("Lane", "Interop")]
public sealed class KeepalivedVirtualMacTests
{
    [Theory]
    [InlineData(AddressFamily.IPv4, false)]
    [InlineData(AddressFamily.IPv4, true)]
    [InlineData(AddressFamily.IPv6, false)]
    public async Task The_role_goes_there_and_back_and_the_client_keeps_its_neighbour_entry(AddressFamily family, bool fromBase)
    {
        KeepalivedProcess.RequireOrSkip();
        var way = new Peer { Family = family, VirtualMac = true };
        using var cluster = new Cluster(3);
        string mac = VirtualMacLab.Mac(family).ToString();
        var client = cluster.Network[2];

        // keepalived leaves this at 0: its host then asks for the client as the virtual address, but with its physical MAC address.
        VirtualMacLab.Set(cluster.Network[1], "ipv4/conf/eth0/arp_announce", 2);
        using var keepalived = KeepalivedProcess.Start(cluster.Network[1], way.Keepalived(cluster.Network, 1, 150, fromBase ? "    vmac_xmit_base" : ""));
        Eventually.True(() => Ways.HasAnywhere(cluster.Network[1], InetAddress.Parse(way.Vip)), "keepalived is Master");
        VirtualMacLab.PingUntilAnswered(client, way.Vip);
        Assert.Equal(mac, VirtualMacLab.Neighbour(client, way.Vip));

        // We follow it, and take over with a higher priority.
        var ours = way.Ours(cluster, 0, 100) with { VirtualMac = VirtualMacOptions.Default with { TransmitFromBase = fromBase } };
        await cluster.StartAsync(0, ours);
        cluster.WaitFor(0, static state => state is { State: RouterState.Backup, MasterPriority: 150 }, "keepalived is heard", family);
        await cluster.ApplyAsync(0, ours with { Priority = 200 });
        cluster.WaitFor(0, RouterState.Master, family);
        Eventually.True(() => !Ways.HasAnywhere(cluster.Network[1], InetAddress.Parse(way.Vip)), () => $"keepalived yields: {keepalived.Log}");
        Assert.Equal(mac, VirtualMacLab.Neighbour(client, way.Vip));
        VirtualMacLab.PingUntilAnswered(client, way.Vip);

        // We leave: it announces from the same MAC address, and we hear that.
        var outcome = await cluster.StopAsync(0, family: family);
        Assert.NotNull(outcome.Successor);
        Assert.True(Ways.HasAnywhere(cluster.Network[1], InetAddress.Parse(way.Vip)));
        Assert.Null(VirtualMacLab.Link(cluster.Network[0], VirtualMacLab.LinkName(family)));
        VirtualMacLab.PingUntilAnswered(client, way.Vip);

        // And back when it leaves.
        await cluster.StartAsync(0, ours);
        cluster.WaitFor(0, static state => state.MasterPriority == 150, "keepalived is heard again", family);
        keepalived.Stop();
        cluster.WaitFor(0, RouterState.Master, family);
        Assert.Equal(mac, VirtualMacLab.Neighbour(client, way.Vip));
        VirtualMacLab.PingUntilAnswered(client, way.Vip);
        Assert.DoesNotContain(cluster.Events, static @event => @event.Kind is VrrpEventKind.SplitBrain or VrrpEventKind.DuplicateAddress);
    }
}
