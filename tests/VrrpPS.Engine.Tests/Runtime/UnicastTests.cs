using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>Unicast peers, and local firewalls, which must not split the brain.</summary>
[Trait("Lane", "Namespace")]
public sealed class UnicastTests
{
    private const string DropInput = """
        table inet filter {
            chain input { type filter hook input priority 0; policy accept; meta l4proto 112 drop; }
        }
        """;

    private const string DropOutput = """
        table inet filter {
            chain output { type filter hook output priority 0; policy accept; meta l4proto 112 drop; }
        }
        """;

    [Theory]
    [InlineData(AddressFamily.IPv4, false)]
    [InlineData(AddressFamily.IPv6, false)]
    [InlineData(AddressFamily.IPv6, true)]
    public async Task Unicast_peers_elect_hand_over_and_send_no_multicast(AddressFamily family, bool linkLocal)
    {
        using var cluster = new Cluster(2);
        InetAddress[] own = [.. cluster.Network.Hosts.Select(host => family == AddressFamily.IPv4 ? host.IPv4 : linkLocal ? host.LinkLocal : host.IPv6)];
        using var tap = new WireTap(cluster.Network);
        for (int host = 0; host < 2; host++)
        {
            await cluster.StartAsync(host, cluster.Configuration(host, 200 - host, family) with { UnicastPeers = [own[1 - host]] });
        }

        cluster.WaitFor(0, RouterState.Master, family);
        cluster.WaitFor(1, RouterState.Backup, family);
        Eventually.True(() => cluster.State(1, family).MasterAddress == own[0].ToString(), "the backup hears its Master");
        _ = tap.WaitFor(static frame => frame is { Host: 0, Kind: SeenKind.Advertisement }, "an advertisement");
        Assert.All(tap.Advertisements(0), static frame => Assert.Equal(0, frame.Bytes[0] & 1));
        Assert.All(tap.Advertisements(0), frame => Assert.Equal(own[0], frame.Source));

        // The kernel must not answer peers with ICMP: nobody there.
        Assert.DoesNotContain(tap.Frames, static frame => frame.Kind == SeenKind.Other && IsUnreachable(frame.Bytes));

        var outcome = await cluster.StopAsync(0, StopOptions.Default, family);
        Assert.Equal(own[1].ToString(), outcome.Successor);
        cluster.WaitFor(1, RouterState.Master, family);
    }

    [Fact]
    public async Task Stranger_is_not_listened_to()
    {
        using var cluster = new Cluster(2);
        await cluster.StartAsync(0, cluster.Configuration(0, 100) with { AllowedPeers = [InetAddress.Parse("192.0.2.99")] });
        cluster.WaitFor(0, RouterState.Master);
        await cluster.StartAsync(1, cluster.Configuration(1, 200));
        cluster.WaitFor(1, RouterState.Master);
        Eventually.True(() => cluster.Counter(0).UnknownPeerPackets > 3, "advertisements of the stranger are counted");
        Assert.Equal(RouterState.Master, cluster.State(0).State);
    }

    [Theory]
    [InlineData(AddressFamily.IPv4)]
    [InlineData(AddressFamily.IPv6)]
    public async Task Input_rules_of_a_local_firewall_do_not_split_the_brain(AddressFamily family)
    {
        using var cluster = new Cluster(2);
        foreach (var host in cluster.Network.Hosts)
        {
            host.AddFirewallRules(DropInput);
        }

        await cluster.StartAsync(0, cluster.Configuration(0, 200, family));
        cluster.WaitFor(0, RouterState.Master, family);
        using var tap = new WireTap(cluster.Network);
        await cluster.StartAsync(1, cluster.Configuration(1, 100, family));
        _ = tap.WaitForCount(static frame => frame is { Host: 0, Kind: SeenKind.Advertisement }, 10, "advertisement of the Master");
        Assert.Equal(RouterState.Backup, cluster.State(1, family).State);
        Assert.Equal(200, cluster.State(1, family).MasterPriority);
    }

    [Fact]
    public async Task Output_rules_do_not_stop_multicast_advertisements()
    {
        using var cluster = new Cluster(2);
        cluster.Network[0].AddFirewallRules(DropOutput);
        using var tap = new WireTap(cluster.Network);
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        _ = tap.WaitForCount(static frame => frame is { Host: 0, Kind: SeenKind.Advertisement }, 3, "advertisement of the Master");
    }

    [Fact]
    public async Task Output_rules_against_unicast_are_a_fault_in_the_kernels_words()
    {
        using var cluster = new Cluster(2);
        cluster.Network[0].AddFirewallRules(DropOutput);
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { UnicastPeers = [cluster.Network[1].IPv4] });
        _ = cluster.WaitForEvent(0, VrrpEventKind.KernelRefused, "EPERM (Operation not permitted)");
        cluster.WaitFor(0, RouterState.Fault);
        Assert.Contains("the kernel refused to send advertisements", cluster.State(0).FaultReason);
        Assert.False(cluster.Network[0].Has(InetAddress.Parse(Cluster.Vip)));
        Assert.True(cluster.Counter(0).SendErrors > 0);

        // It tries again by itself.
        var (exitCode, output) = cluster.Network[0].Execute("/usr/sbin/nft", string.Empty, "flush", "ruleset");
        Assert.True(exitCode == 0, output);
        cluster.WaitFor(0, RouterState.Master);
    }

    /// <summary>ICMP type 3 (destination unreachable) or ICMPv6 type 4 (parameter problem: unknown next header).</summary>
    private static bool IsUnreachable(byte[] frame) => (frame[12], frame[13]) switch
    {
        (0x08, 0x00) => frame[23] == 1 && frame[34] == 3,
        (0x86, 0xDD) => frame[20] == 58 && frame[54] is 1 or 4,
        _ => false,
    };
}
