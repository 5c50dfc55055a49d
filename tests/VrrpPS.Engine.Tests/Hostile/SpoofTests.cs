using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Engine.Tests.Watch;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Hostile;

/// <summary>Advertisements that would win the election if they were believed.</summary>
[Trait("Lane", "Namespace")]
public sealed class SpoofTests
{
    private const string Password = "S3cret";

    [Theory]
    [InlineData("TTL")]
    [InlineData("checksum")]
    [InlineData("type")]
    [InlineData("length")]
    [InlineData("version")]
    [InlineData("peer")]
    [InlineData("authentication")]
    [InlineData("interval")]
    public async Task An_advertisement_that_fails_a_check_is_counted_named_and_not_obeyed(string check)
    {
        using var cluster = new Cluster(2);
        var attacker = cluster.Network[1];
        bool isVersion2 = check is "authentication" or "interval";
        var configuration = cluster.Configuration(0, 100) with
        {
            Version = isVersion2 ? VrrpVersion.V2 : VrrpVersion.V3,
            AdvertisementInterval = new Interval(isVersion2 ? 100 : 10),
            AuthenticationPass = check == "authentication" ? Secret.FromText(Password) : null,
            AllowedPeers = check == "peer" ? [InetAddress.Parse("192.0.2.55")] : [],
        };
        await cluster.StartAsync(0, configuration);
        cluster.WaitFor(0, RouterState.Master);

        byte[] frame = Frame(check, attacker, isVersion2);
        Flood.Send(attacker, [frame], perSecond: 500, TimeSpan.FromMilliseconds(300));

        Func<VrrpCounter, long> counted = check switch
        {
            "TTL" => static counter => counter.TimeToLiveErrors,
            "checksum" => static counter => counter.ChecksumErrors,
            "type" => static counter => counter.InvalidTypePackets,
            "length" => static counter => counter.PacketLengthErrors,
            "version" => static counter => counter.VersionErrors,
            "peer" => static counter => counter.UnknownPeerPackets,
            "authentication" => static counter => counter.AuthenticationErrors,
            _ => static counter => counter.IntervalErrors,
        };
        Eventually.True(() => counted(cluster.Counter(0)) > 10, $"the {check} errors are counted");
        Assert.Equal(0, cluster.Counter(0).AdvertisementReceived);
        Assert.Equal(RouterState.Master, cluster.State(0).State);
        Assert.Equal(1, cluster.Counter(0).MasterTransitions);
        Assert.True(cluster.Network[0].Has(InetAddress.Parse(Cluster.Vip)));
        if (check != "peer")
        {
            // One event for all of them (version 2 has another interval, too), and never the password.
            var mismatches = cluster.Events.Where(static @event => @event.Kind == VrrpEventKind.PeerMismatch).ToArray();
            Assert.Equal(check == "version" ? 2 : 1, mismatches.Length);
            Assert.All(mismatches, mismatch => Assert.Contains(attacker.IPv4.ToString(), mismatch.Message, StringComparison.Ordinal));
            Assert.DoesNotContain(Password, cluster.Describe(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_advertisement_over_IPv6_from_beyond_a_router_is_not_obeyed()
    {
        using var cluster = new Cluster(2);
        await cluster.StartAsync(0, cluster.Configuration(0, 100, AddressFamily.IPv6));
        cluster.WaitFor(0, RouterState.Master, AddressFamily.IPv6);
        byte[] frame = AdvertPacket.Frame(
            source: "fe80::66", vrid: 41, priority: 254, addresses: ["fe80::100", Cluster.Vip6], mac: cluster.Network[1].MacAddress.Value, centiseconds: 10);
        frame[AdvertPacket.IPOffset + 7] = 254;
        Flood.Send(cluster.Network[1], [frame], perSecond: 500, TimeSpan.FromMilliseconds(300));
        Eventually.True(() => cluster.Counter(0, AddressFamily.IPv6).TimeToLiveErrors > 10, "the hop limits are counted");
        Assert.Equal(RouterState.Master, cluster.State(0, AddressFamily.IPv6).State);
    }

    [Fact]
    public async Task A_bridge_port_that_reflects_everything_starts_no_storm()
    {
        using var cluster = new Cluster(2);
        Hairpin(cluster.Network, port: 0);
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        await cluster.StartAsync(1, cluster.Configuration(1, 100));
        cluster.WaitFor(0, RouterState.Master);
        Eventually.True(() => cluster.Counter(0).OwnSourceReceived >= 20, "the reflected advertisements arrive");
        var counter = cluster.Counter(0);

        // Each advertisement comes back once; an answer to one would come back, too, and so on.
        Assert.InRange(counter.AdvertisementSent, counter.OwnSourceReceived, counter.OwnSourceReceived + 3);
        Assert.Equal(1, counter.MasterTransitions);
        Assert.Equal(RouterState.Master, cluster.State(0).State);
        Assert.Equal(RouterState.Backup, cluster.State(1).State);
        var found = Assert.Single(cluster.Events, static @event => @event.Kind == VrrpEventKind.DuplicateAddress);
        Assert.Contains("reflects", found.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(cluster.Events, static @event => @event.Kind == VrrpEventKind.SplitBrain);
    }

    private static byte[] Frame(string check, TestHost attacker, bool isVersion2)
    {
        var version = isVersion2 || check == "version" ? VrrpVersion.V2 : VrrpVersion.V3;
        byte[] good = AdvertPacket.Frame(
            version: version,
            source: attacker.IPv4.ToString(),
            vrid: 41,
            priority: 254,
            addresses: [Cluster.Vip],
            mac: attacker.MacAddress.Value,
            centiseconds: check == "interval" ? 200 : version == VrrpVersion.V2 ? 100 : 10);
        return check switch
        {
            "TTL" => good.With(AdvertPacket.IPOffset + 8, 254),
            "checksum" => good.With(AdvertPacket.MessageOffset + 6, (byte)(good[AdvertPacket.MessageOffset + 6] ^ 1)),
            "type" => good.With(AdvertPacket.MessageOffset, 0x32),
            "length" => good.With(AdvertPacket.MessageOffset + 3, 9),
            _ => good,
        };
    }

    private static void Hairpin(TestNetwork network, int port) => network.Switch.RunInside(() =>
    {
        Assert.SkipUnless(File.Exists("/usr/sbin/bridge"), "bridge (iproute2) is not installed");
        using var bridge = System.Diagnostics.Process.Start("/usr/sbin/bridge", ["link", "set", "dev", $"port{port}", "hairpin", "on"]);
        Assert.True(bridge.WaitForExit(Eventually.DefaultBound) && bridge.ExitCode == 0, "The bridge does not reflect.");
    });
}
