using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Linux.Orphans;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Linux.Orphans;

[Trait("Lane", "Namespace")]
public sealed class OrphanTests
{
    private static readonly InetAddress s_left = InetAddress.Parse("192.0.2.250");
    private static readonly InetAddress s_leftV6 = InetAddress.Parse("2001:db8::250");

    [Fact]
    public void Marked_addresses_are_found_and_removed_and_no_others()
    {
        using var network = TestNetwork.Create(1);
        Leave(network[0], s_left, 32);
        Leave(network[0], s_leftV6, 128);
        var found = OrphanSearch.Find(network[0].NamespaceName, []);
        Assert.Equal(["192.0.2.250/32 on eth0", "2001:db8::250/128 on eth0"], found.Select(static orphan => orphan.ToString()).Order(StringComparer.Ordinal));
        Assert.All(found, static orphan => Assert.Null(orphan.ValidLifetime));
        Assert.All(found, static orphan => Assert.True(OrphanSearch.Remove(orphan)));
        Assert.False(network[0].Has(s_left));
        Assert.False(network[0].Has(s_leftV6));
        Assert.True(network[0].Has(network[0].IPv4));
        Assert.Empty(OrphanSearch.Find(network[0].NamespaceName, []));
        Assert.False(OrphanSearch.Remove(found[0]), "an orphan that is gone cannot be removed once more");
    }

    [Fact]
    public void A_remaining_lease_is_shown()
    {
        using var network = TestNetwork.Create(1);
        Leave(network[0], s_left, 32, seconds: 3600);
        Assert.InRange(Assert.Single(OrphanSearch.Find(network[0].NamespaceName, ["eth*"])).ValidLifetime!.Value, TimeSpan.FromMinutes(59), TimeSpan.FromHours(1));
        Assert.Empty(OrphanSearch.Find(network[0].NamespaceName, ["lo"]));
    }

    [Fact]
    public void Where_a_living_engine_speaks_nothing_is_an_orphan_and_nothing_is_removed()
    {
        using var network = TestNetwork.Create(1);
        Leave(network[0], s_left, 32);
        Leave(network[0], s_leftV6, 128);
        var before = OrphanSearch.Find(network[0].NamespaceName, []).Single(static orphan => orphan.AddressFamily == AddressFamily.IPv4);
        using (network[0].Run(() => SpeakerLock.Acquire("eth0", network[0].InterfaceIndex, AddressFamily.IPv4, 77)))
        {
            Assert.Equal("2001:db8::250", Assert.Single(OrphanSearch.Find(network[0].NamespaceName, [])).IPAddress);
            Assert.Equal(ErrorIds.VirtualRouterInUse, Assert.Throws<VrrpException>(() => OrphanSearch.Remove(before)).ErrorId);
            Assert.True(network[0].Has(s_left));
        }

        Assert.True(OrphanSearch.Remove(before));
    }

    [Fact]
    public void The_locks_of_a_removal_are_given_back()
    {
        using var network = TestNetwork.Create(1);
        Leave(network[0], s_left, 32);
        Assert.True(OrphanSearch.Remove(OrphanSearch.Find(network[0].NamespaceName, []).Single()));
        network[0].Run(() => SpeakerLock.Acquire("eth0", network[0].InterfaceIndex, AddressFamily.IPv4, 1).Dispose());
    }

    [Fact]
    public void Marked_routes_and_rules_are_found_once_no_engine_lives_and_unmarked_ones_stay()
    {
        using var network = TestNetwork.Create(1);
        var host = network[0];
        foreach (string line in (string[])
        [
            "route add 10.1.0.0/16 via 192.0.2.9 metric 7 proto 112", "route add blackhole 10.2.0.0/16 table 1000 proto 112", "-6 route add 2001:db8:7::/48 dev eth0 proto 112",
            "rule add from 192.0.2.100 fwmark 0x10/0xff table 1000 priority 500 protocol 112", "-6 rule add to 2001:db8:9::/48 prohibit priority 501 protocol 112",
            "route add 10.3.0.0/16 via 192.0.2.9", "rule add from 192.0.2.101 table 1000 priority 502",
        ])
        {
            var (exitCode, output) = host.Execute("ip", string.Empty, line.Split(' '));
            Assert.True(exitCode == 0, output);
        }

        string[] expected =
        [
            "route 10.1.0.0/16 metric 7 on eth0", "route 2001:db8:7::/48 metric 1024 on eth0", "route blackhole 10.2.0.0/16 table 1000",
            "rule from 192.0.2.100/32 priority 500 table 1000", "rule from all to 2001:db8:9::/48 priority 501 prohibit",
        ];
        var found = OrphanSearch.Find(host.NamespaceName, []);
        Assert.Equal(expected, found.Select(static orphan => orphan.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(2, OrphanSearch.Find(host.NamespaceName, ["eth*"]).Count);
        using (host.Run(() => SpeakerLock.Acquire("eth0", host.InterfaceIndex, AddressFamily.IPv4, 77)))
        {
            Assert.Empty(OrphanSearch.Find(host.NamespaceName, []));
            Assert.All(found, static orphan => Assert.Equal(ErrorIds.VirtualRouterInUse, Assert.Throws<VrrpException>(() => OrphanSearch.Remove(orphan)).ErrorId));
        }

        Assert.All(found, static orphan => Assert.True(OrphanSearch.Remove(orphan), orphan.ToString()));
        Assert.All(found, static orphan => Assert.False(OrphanSearch.Remove(orphan), orphan.ToString()));
        Assert.Empty(OrphanSearch.Find(host.NamespaceName, []));
        Assert.Contains("10.3.0.0/16", host.Execute("ip", string.Empty, "route").Output, StringComparison.Ordinal);
        Assert.Contains("502:", host.Execute("ip", string.Empty, "rule").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_namespace_that_does_not_exist_is_named()
        => Assert.Equal(ErrorIds.NamespaceNotFound, Assert.Throws<VrrpException>(static () => OrphanSearch.Find("nosuch", [])).ErrorId);

    private static void Leave(TestHost host, InetAddress address, byte prefixLength, uint? seconds = null) => host.Netlink(netlink => netlink.AddAddress(
        new AddressAssignment(host.InterfaceIndex, address, prefixLength)
        {
            Protocol = AddressProtocol.VrrpPS,
            ValidLifetime = seconds ?? AddressAssignment.Forever,
            PreferredLifetime = seconds ?? AddressAssignment.Forever,
            Flags = address.Family == AddressFamily.IPv6 ? AddressFlags.NoDuplicateDetection : AddressFlags.None,
        }));
}
