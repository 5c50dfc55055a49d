using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Engine.Linux.Netfilter;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>Accept mode off: the kernel takes nothing for the addresses, and everything else works as before.</summary>
[Trait("Lane", "Namespace")]
public sealed class AcceptModeTests
{
    private const string Ping = "/usr/bin/ping";
    private const string Nft = "/usr/sbin/nft";
    private const string Ip = "/usr/sbin/ip";

    [Theory]
    [InlineData(AddressFamily.IPv4)]
    [InlineData(AddressFamily.IPv6)]
    [Conformance("9568-6.4.3-6", Polarity.Required)]
    [Conformance("9568-6.4.3-7", Polarity.Required)]
    [Conformance("9568-6.1-1", Polarity.Required)]
    [Conformance("9568-6.1-1", Polarity.Refused)]
    public async Task A_Master_answers_ARP_and_neighbour_discovery_and_nothing_else_until_it_is_told_to(AddressFamily family)
    {
        using var cluster = new Cluster(2);
        var (host, client) = (cluster.Network[0], cluster.Network[1]);
        SecondLink.AddTo(cluster.Network);
        string vip = VirtualMacLab.Vip(family);
        var ownLinkLocal = host.LinkLocal;
        string own = (family == AddressFamily.IPv4 ? host.IPv4 : host.IPv6).ToString();
        string excluded = family == AddressFamily.IPv4 ? "198.51.100.100" : "2001:db8:1::100";
        var configuration = cluster.Configuration(0, 200, family) with { AcceptMode = false };
        configuration = configuration with
        {
            VirtualAddresses = [.. configuration.VirtualAddresses, VirtualAddress.Parse($"{excluded} dev {SecondLink.InterfaceName}") with { Advertised = false }],
        };
        await cluster.StartAsync(0, configuration);
        cluster.WaitFor(0, RouterState.Master, family);
        Assert.True(host.Has(InetAddress.Parse(vip)));

        // Its neighbour entry is made, and kept by asking it directly: solicitations to the address itself are not dropped.
        Refused(host, client, vip);
        Assert.Equal(host.MacAddress.ToString(), VirtualMacLab.Neighbour(client, vip));
        Refused(host, host, vip);
        Refused(host, host, excluded);
        Assert.True(Answers(client, own), "the host's own address");
        if (family == AddressFamily.IPv6)
        {
            Refused(host, client, "fe80::100%eth0");
            Assert.True(Answers(client, $"{ownLinkLocal}%eth0"), "the host's own link-local address");
        }

        // Never as a source: nobody could answer.
        Assert.All(host.GetAddresses().Where(info => info.Address == InetAddress.Parse(vip)), static info => Assert.Equal(0u, info.PreferredLifetime));

        await cluster.ApplyAsync(0, configuration with { AcceptMode = true });
        Assert.True(Answers(client, vip), "accept mode is on");
        NoTables(host);
        await cluster.ApplyAsync(0, configuration);
        Refused(host, client, vip);
        Assert.Equal(RouterState.Master, cluster.State(0, family).State);

        await cluster.StopAsync(0, family: family);
        NoTables(host);
    }

    [Fact]
    [Conformance("9568-6.4.3-7", Polarity.Refused)]
    public async Task What_is_forwarded_passes()
    {
        using var cluster = new Cluster(3);
        var (router, client, beyond) = (cluster.Network[0], cluster.Network[1], cluster.Network[2]);
        VirtualMacLab.Set(router, "ipv4/ip_forward", 1);
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { AcceptMode = false });
        cluster.WaitFor(0, RouterState.Master);
        foreach (var (host, words) in new[]
        {
            (beyond, "address add 203.0.113.1/32 dev eth0"),
            (router, $"route add 203.0.113.1/32 via {beyond.IPv4}"),
            (client, $"route add 203.0.113.1/32 via {Cluster.Vip}"),
        })
        {
            var (exitCode, output) = host.Execute(Ip, string.Empty, words.Split(' '));
            Assert.True(exitCode == 0, output);
        }

        VirtualMacLab.PingUntilAnswered(client, "203.0.113.1");
        Assert.Equal(router.MacAddress.ToString(), VirtualMacLab.Neighbour(client, Cluster.Vip));
        Refused(router, client, Cluster.Vip);
    }

    [Fact]
    [Conformance("9568-6.4.3-6", Polarity.Refused)]
    public async Task An_address_is_refused_before_it_is_bound_and_whoever_loses_it_keeps_it_refused()
    {
        using var cluster = new Cluster(3);
        for (int node = 0; node < 2; node++)
        {
            await cluster.StartAsync(node, cluster.Configuration(node, 200 - node) with { AcceptMode = false, StartupDelay = node == 0 ? TimeSpan.Zero : TimeSpan.FromHours(1) });
        }

        // The second listens for an hour: it never had the address, and is ready.
        Assert.All(Enumerable.Range(0, 2), node => Assert.Contains(Cluster.Vip, Rules(cluster.Network[node]), StringComparison.Ordinal));
        cluster.WaitFor(0, RouterState.Master);
        Refused(cluster.Network[0], cluster.Network[2], Cluster.Vip);
        Assert.True(Answers(cluster.Network[2], cluster.Network[1].IPv4.ToString()));
        cluster.Network[0].SetLink(up: false);
        cluster.WaitFor(0, RouterState.Fault);
        Assert.Contains(Cluster.Vip, Rules(cluster.Network[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_owner_accepts_and_so_does_a_host_that_has_the_address_itself()
    {
        using var cluster = new Cluster(2);
        var (host, client) = (cluster.Network[0], cluster.Network[1]);
        host.Netlink(netlink => netlink.AddAddress(new AddressAssignment(host.InterfaceIndex, InetAddress.Parse(Cluster.Vip), 24)));
        await cluster.StartAsync(0, cluster.Configuration(0, 255) with { AcceptMode = false });
        cluster.WaitFor(0, RouterState.Master);
        Assert.True(Answers(client, Cluster.Vip));
        NoTables(host);

        await cluster.ApplyAsync(0, cluster.Configuration(0, 200) with { AcceptMode = false });
        Assert.True(Answers(client, Cluster.Vip));
        NoTables(host);

        // It is ours from the moment on when the host gives it up; and refused then.
        host.Netlink(netlink => netlink.DeleteAddress(new AddressAssignment(host.InterfaceIndex, InetAddress.Parse(Cluster.Vip), 24)));
        Eventually.True(() => Rules(host).Contains(Cluster.Vip, StringComparison.Ordinal) && host.Has(InetAddress.Parse(Cluster.Vip)), "the address is bound, and refused");
        Refused(host, client, Cluster.Vip);
    }

    [Theory]
    [InlineData(AddressFamily.IPv4)]
    [InlineData(AddressFamily.IPv6)]
    public async Task Behind_a_virtual_MAC_address_it_is_the_same(AddressFamily family)
    {
        using var cluster = new Cluster(2);
        string vip = VirtualMacLab.Vip(family);
        await cluster.StartAsync(0, cluster.Configuration(0, 200, family).WithVirtualMac() with { AcceptMode = false });
        cluster.WaitFor(0, RouterState.Master, family);
        Refused(cluster.Network[0], cluster.Network[1], vip);
        Assert.Equal(VirtualMacLab.Mac(family).ToString(), VirtualMacLab.Neighbour(cluster.Network[1], vip));
        if (family == AddressFamily.IPv6)
        {
            Refused(cluster.Network[0], cluster.Network[1], "fe80::100%eth0");
        }
    }

    [Fact]
    public void The_table_goes_with_a_killed_process()
    {
        using var network = TestNetwork.Create(1);
        using var process = EngineProcess.StartWithoutAcceptMode(network[0]);
        process.WaitFor("-> Master");
        Assert.Single(Tables(network[0]));

        // Nobody else can take it away, not even who flushes everything.
        _ = network[0].Execute(Nft, string.Empty, "flush", "ruleset");
        Assert.Contains(Cluster.Vip, Rules(network[0]), StringComparison.Ordinal);

        process.Kill();
        Eventually.True(() => !network[0].Has(InetAddress.Parse(Cluster.Vip)), "the guard removes the address");
        Eventually.True(() => Tables(network[0]).Length == 0, "the kernel removes the table");
    }

    [Fact]
    public async Task A_kernel_that_cannot_refuse_is_an_error_at_the_start_and_a_fault_later()
    {
        bool refuses = true;
        using var cluster = new Cluster(1, _ => EngineOptions.Default with
        {
            OpenRefusalTable = () => Volatile.Read(ref refuses) ? throw new NetlinkException("make the table vrrpps_1 of nf_tables", Errno.EOPNOTSUPP) : RefusalTable.Open(),
        });
        var off = cluster.Configuration(0, 200) with { AcceptMode = false };
        var error = await Assert.ThrowsAsync<VrrpException>(() => cluster.StartAsync(0, off));
        Assert.Equal(ErrorIds.AcceptModeImpossible, error.ErrorId);
        Assert.Contains("nf_tables", error.Message, StringComparison.Ordinal);
        Assert.Empty(cluster.Engine(0).GetStates());

        // A change to it is refused as a whole.
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        error = await Assert.ThrowsAsync<VrrpException>(() => cluster.ApplyAsync(0, off));
        Assert.Equal(ErrorIds.AcceptModeImpossible, error.ErrorId);
        Assert.Equal(RouterState.Master, cluster.State(0).State);
        Assert.True(cluster.Engine(0).GetConfigurations().Single().AcceptMode);

        // An interface that comes later finds that it cannot be done any more: no address is served that should be refused.
        await cluster.StopAsync(0);
        Volatile.Write(ref refuses, false);
        await cluster.StartAsync(0, off with { InterfaceName = "late0" });
        Volatile.Write(ref refuses, true);
        foreach (string words in new[] { "link set eth0 down", "link set eth0 name late0", "link set late0 up" })
        {
            var (exitCode, output) = cluster.Network[0].Execute(Ip, string.Empty, words.Split(' '));
            Assert.True(exitCode == 0, output);
        }

        cluster.WaitFor(0, static state => state.FaultReason.Any(static reason => reason.Contains("accept mode", StringComparison.Ordinal)), "the fault is named");
        Assert.False(cluster.Network[0].Has(InetAddress.Parse(Cluster.Vip)));
        Volatile.Write(ref refuses, false);
        cluster.WaitFor(0, RouterState.Master);
        Assert.Contains(Cluster.Vip, Rules(cluster.Network[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_address_cannot_be_accepted_on_one_interface_and_refused_on_another()
    {
        using var cluster = new Cluster(1);
        SecondLink.AddTo(cluster.Network);
        var one = cluster.Configuration(0, 200) with { AcceptMode = false };
        var other = one with { Name = "other", InterfaceName = SecondLink.InterfaceName };
        await cluster.StartAsync(0, one);
        var error = await Assert.ThrowsAsync<VrrpException>(() => cluster.StartAsync(0, other with { AcceptMode = true }));
        Assert.Contains("same accept mode", error.Message, StringComparison.Ordinal);

        // Both off share one place in the set; it stays until the last of them is gone.
        await cluster.StartAsync(0, other);
        await cluster.Engine(0).StopAsync(new InstanceKey("other", other.NetworkNamespace), StopOptions.Default, TestContext.Current.CancellationToken);
        Assert.Contains(Cluster.Vip, Rules(cluster.Network[0]), StringComparison.Ordinal);
        await cluster.StopAsync(0);
        NoTables(cluster.Network[0]);
    }

    private static bool Answers(TestHost client, string address) => Pings(client, address, "5");

    /// <summary>No answer comes, and not because it is slow: the request is counted among those refused.</summary>
    private static void Refused(TestHost host, TestHost client, string address)
    {
        long before = Dropped(host);
        Assert.False(Pings(client, address, "0.2"), $"{address} answers");
        Eventually.True(() => Dropped(host) > before, () => $"what is sent to {address} is refused: {Rules(host)}");
    }

    private static bool Pings(TestHost client, string address, string patience)
    {
        Assert.SkipUnless(File.Exists(Ping), "ping is not installed");
        return client.Execute(Ping, string.Empty, "-n", "-c", "1", "-W", patience, address).ExitCode == 0;
    }

    /// <summary>So many packets have been refused.</summary>
    private static long Dropped(TestHost host) => Rules(host).Split("counter packets ").Skip(1).Sum(static text => long.Parse(text[..text.IndexOf(' ', StringComparison.Ordinal)]));

    private static string[] Tables(TestHost host) => [.. Nftables(host, "list", "tables").Split('\n').Where(static line => line.Contains(RefusalTable.NamePrefix, StringComparison.Ordinal))];

    /// <summary>A process that is being started has a copy of the table's socket until it executes its program.</summary>
    private static void NoTables(TestHost host)
        => Eventually.True(() => Tables(host).Length == 0, () => $"no table is left: {Rules(host)}");

    private static string Rules(TestHost host) => Nftables(host, "list", "ruleset");

    private static string Nftables(TestHost host, params string[] words)
    {
        Assert.SkipUnless(File.Exists(Nft), "nft (nftables) is not installed");
        var (exitCode, output) = host.Execute(Nft, string.Empty, words);
        Assert.True(exitCode == 0, output);
        return output;
    }
}
