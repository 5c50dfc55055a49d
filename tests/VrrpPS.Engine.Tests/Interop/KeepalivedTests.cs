using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Engine.Tests.Interop;

/// <summary>
/// The real keepalived on host 1, we on host 0. What keepalived does is read from the wire and from the addresses of its host.
/// </summary>
[Trait("Lane", "Interop")]
public sealed class KeepalivedTests
{
    private static readonly Peer[] s_ways =
    [
        new() { Version = VrrpVersion.V2 },
        new() { Version = VrrpVersion.V2, Unicast = true },
        new() { Version = VrrpVersion.V2, Password = "secret12" },
        new(),
        new() { Unicast = true },
        new() { Family = AddressFamily.IPv6 },
        new() { Family = AddressFamily.IPv6, Unicast = true },
        new() { VirtualMac = true },
    ];

    public static IEnumerable<TheoryDataRow<int, string>> Ways => s_ways.Select(static (way, index) => new TheoryDataRow<int, string>(index, way.ToString()));

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task We_are_Master_hand_over_and_preempt(int index, string name)
    {
        KeepalivedProcess.RequireOrSkip();
        var way = s_ways[index];
        using var cluster = new Cluster(2);
        var vip = InetAddress.Parse(way.Vip);
        await cluster.StartAsync(0, way.Ours(cluster, 0, 200));
        cluster.WaitFor(0, RouterState.Master, way.Family);
        using var tap = new WireTap(cluster.Network);
        using var keepalived = KeepalivedProcess.Start(cluster.Network[1], way.Keepalived(cluster.Network, 1, 100));

        // It follows us: for longer than its down interval nothing is heard of it.
        _ = tap.WaitForCount(static frame => frame is { Host: 0, Kind: SeenKind.Advertisement }, 5, $"advertisement of ours ({name})", tap.Count);
        Assert.Empty(tap.Advertisements(1));
        Assert.False(cluster.Network[1].Has(vip));

        // Stopped, we serve until it has announced the address: at no time does nobody have it.
        var outcome = await cluster.StopAsync(0, StopOptions.Default, way.Family);
        Assert.True(outcome.WasMaster);
        Assert.NotNull(outcome.Successor);
        Assert.True(HasAnywhere(cluster.Network[1], vip), $"keepalived has the address when we have released it: {keepalived.Log}");
        Assert.False(cluster.Network[0].Has(vip));
        _ = tap.WaitFor(frame => frame.Host == 1 && frame.Kind is SeenKind.GratuitousArp or SeenKind.UnsolicitedNeighbor && frame.Source == vip, "keepalived announces");
        Assert.Single(tap.Advertisements(0), static frame => frame.Priority == 0);

        // And back.
        await cluster.StartAsync(0, way.Ours(cluster, 0, 200));
        cluster.WaitFor(0, RouterState.Master, way.Family);
        Assert.Equal(NewMasterReason.Preempted, cluster.State(0, way.Family).NewMasterReason);
        Eventually.True(() => !HasAnywhere(cluster.Network[1], vip), "keepalived has given the address up");
        Assert.True(cluster.Network[0].Has(vip));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Keepalived_is_Master_and_we_take_over_when_it_stops(int index, string name)
    {
        KeepalivedProcess.RequireOrSkip();
        var way = s_ways[index];
        using var cluster = new Cluster(2);
        var vip = InetAddress.Parse(way.Vip);
        using var tap = new WireTap(cluster.Network);
        using var keepalived = KeepalivedProcess.Start(cluster.Network[1], way.Keepalived(cluster.Network, 1, 200));
        _ = tap.WaitFor(static frame => frame is { Host: 1, Kind: SeenKind.Advertisement }, $"keepalived advertises ({name})");
        await cluster.StartAsync(0, way.Ours(cluster, 0, 100));
        _ = tap.WaitForCount(static frame => frame is { Host: 1, Kind: SeenKind.Advertisement }, 5, "advertisement of keepalived", tap.Count);
        Assert.Equal((RouterState.Backup, (int?)200), (cluster.State(0, way.Family).State, cluster.State(0, way.Family).MasterPriority));
        Assert.Empty(tap.Advertisements(0));

        keepalived.Stop();
        cluster.WaitFor(0, RouterState.Master, way.Family);
        Assert.Equal((LastEvent.MasterResigned, NewMasterReason.Priority), (cluster.State(0, way.Family).LastEvent, cluster.State(0, way.Family).NewMasterReason));
        Assert.True(cluster.Network[0].Has(vip));
        _ = tap.WaitFor(frame => frame.Host == 0 && frame.Kind is SeenKind.GratuitousArp or SeenKind.UnsolicitedNeighbor && frame.Source == vip, "we announce");
    }

    [Theory]
    [InlineData(VrrpVersion.V2, AddressFamily.IPv4)]
    [InlineData(VrrpVersion.V3, AddressFamily.IPv4)]
    [InlineData(VrrpVersion.V3, AddressFamily.IPv6)]
    public async Task Keepalived_that_dies_is_replaced_and_preempts_when_it_returns(VrrpVersion version, AddressFamily family)
    {
        KeepalivedProcess.RequireOrSkip();
        var way = new Peer { Version = version, Family = family };
        using var cluster = new Cluster(2);
        var vip = InetAddress.Parse(way.Vip);
        using (var keepalived = KeepalivedProcess.Start(cluster.Network[1], way.Keepalived(cluster.Network, 1, 200)))
        {
            Eventually.True(() => cluster.Network[1].Has(vip), "keepalived is Master");
            await cluster.StartAsync(0, way.Ours(cluster, 0, 100));
            Eventually.True(() => cluster.State(0, family).MasterPriority == 200, "we hear it");
            keepalived.Kill();
        }

        cluster.WaitFor(0, RouterState.Master, family);
        Assert.Equal((LastEvent.MasterTimeout, NewMasterReason.NoResponse), (cluster.State(0, family).LastEvent, cluster.State(0, family).NewMasterReason));

        using var tap = new WireTap(cluster.Network);
        using var again = KeepalivedProcess.Start(cluster.Network[1], way.Keepalived(cluster.Network, 1, 200));
        cluster.WaitFor(0, RouterState.Backup, family);
        Assert.Equal(LastEvent.HigherPriorityBackup, cluster.State(0, family).LastEvent);
        Eventually.True(() => !cluster.Network[0].Has(vip), "we release when keepalived serves");
        Assert.True(cluster.Network[1].Has(vip));
    }

    [Fact]
    public async Task Wrong_password_is_counted_and_makes_two_Masters_that_say_so()
    {
        KeepalivedProcess.RequireOrSkip();
        var way = new Peer { Version = VrrpVersion.V2, Password = "secret12" };
        using var cluster = new Cluster(2);
        using var keepalived = KeepalivedProcess.Start(cluster.Network[1], way.Keepalived(cluster.Network, 1, 200));
        Eventually.True(() => cluster.Network[1].Has(InetAddress.Parse(way.Vip)), "keepalived is Master");
        await cluster.StartAsync(0, (way with { Password = "another1" }).Ours(cluster, 0, 100));
        Eventually.True(() => cluster.Counter(0).AuthenticationErrors > 0, "the mismatch is counted");
        Assert.Contains("AuthenticationDataMismatch", cluster.WaitForEvent(0, VrrpEventKind.PeerMismatch).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret12", cluster.Describe(), StringComparison.Ordinal);
        cluster.WaitFor(0, RouterState.Master);
    }

    [Theory]
    [InlineData(VrrpVersion.V2)]
    [InlineData(VrrpVersion.V3)]
    [Conformance("9568-7.1-8", Polarity.Required)]
    public async Task Different_address_list_is_counted_and_followed(VrrpVersion version)
    {
        KeepalivedProcess.RequireOrSkip();
        var way = new Peer { Version = version };
        using var cluster = new Cluster(2);
        using var keepalived = KeepalivedProcess.Start(cluster.Network[1], way.Keepalived(cluster.Network, 1, 200));
        Eventually.True(() => cluster.Network[1].Has(InetAddress.Parse(way.Vip)), "keepalived is Master");
        using var tap = new WireTap(cluster.Network);
        var ours = way.Ours(cluster, 0, 100);
        await cluster.StartAsync(0, ours with { VirtualAddresses = [.. ours.VirtualAddresses, new VirtualAddress(InetAddress.Parse("192.0.2.101"), 24)] });
        _ = tap.WaitForCount(static frame => frame is { Host: 1, Kind: SeenKind.Advertisement }, 5, "advertisement of keepalived", tap.Count);
        Assert.Equal(RouterState.Backup, cluster.State(0).State);
        Assert.True(cluster.Counter(0).AddressListErrors > 0);
        _ = cluster.WaitForEvent(0, VrrpEventKind.PeerMismatch, "AddressListMismatch");
    }

    [Fact]
    public async Task Checksum_of_keepalived_is_recognized_and_a_style_that_it_refuses_is_told()
    {
        KeepalivedProcess.RequireOrSkip();
        var way = new Peer();
        using var cluster = new Cluster(2);
        using var tap = new WireTap(cluster.Network);
        using var keepalived = KeepalivedProcess.Start(cluster.Network[1], way.Keepalived(cluster.Network, 1, 100));
        var heard = tap.WaitFor(static frame => frame is { Host: 1, Kind: SeenKind.Advertisement }, "keepalived advertises");
        Assert.Equal(ObservedChecksumStyle.PseudoHeader, heard.Style);
        await cluster.StartAsync(0, way.Ours(cluster, 0, 200) with { ChecksumStyle = ChecksumStyle.Rfc9568 });
        cluster.WaitFor(0, RouterState.Master);
        Assert.Equal(ObservedChecksumStyle.Rfc9568, tap.WaitFor(static frame => frame is { Host: 0, Kind: SeenKind.Advertisement }, "we advertise").Style);
        Assert.True(cluster.Counter(0).LegacyChecksumReceived > 0);

        // The price of the fixed style: keepalived refuses it and stays Master. It hardly advertises meanwhile, because every
        // packet that it refuses re-arms its timer, but it announces the address, and that is reported.
        keepalived.WaitFor("Invalid VRRPv3 checksum");
        _ = cluster.WaitForEvent(0, VrrpEventKind.SplitBrain);
        Assert.True(cluster.Network[1].Has(InetAddress.Parse(way.Vip)));
    }

    [Fact]
    public async Task Rival_that_cannot_read_the_style_we_have_learned_gets_both()
    {
        KeepalivedProcess.RequireOrSkip();
        var way = new Peer();
        using var cluster = new Cluster(2);
        using var tap = new WireTap(cluster.Network);
        await cluster.StartAsync(1, way.Ours(cluster, 1, 200) with { ChecksumStyle = ChecksumStyle.Rfc9568 });
        cluster.WaitFor(1, RouterState.Master);
        await cluster.StartAsync(0, way.Ours(cluster, 0, 150));
        Eventually.True(() => cluster.Counter(0).AdvertisementReceived >= 5, "we learn the Master's style");
        _ = await cluster.StopAsync(1);
        cluster.WaitFor(0, RouterState.Master);
        Assert.Equal(ObservedChecksumStyle.Rfc9568, tap.WaitFor(static frame => frame is { Host: 0, Kind: SeenKind.Advertisement }, "we advertise").Style);

        // keepalived refuses that style, becomes Master beside us, and yields to the first copy that it can read.
        using var rival = KeepalivedProcess.Start(cluster.Network[1], way.Keepalived(cluster.Network, 1, 100));
        _ = tap.WaitFor(static frame => frame is { Host: 1, Kind: SeenKind.Advertisement, Style: ObservedChecksumStyle.PseudoHeader }, "the rival advertises");
        _ = cluster.WaitForEvent(0, VrrpEventKind.SplitBrain, "ChecksumStyleConflict");
        _ = tap.WaitFor(static frame => frame is { Host: 0, Kind: SeenKind.Advertisement, Style: ObservedChecksumStyle.PseudoHeader }, "the copy in the rival's style");
        Eventually.True(() => !cluster.Network[1].Has(InetAddress.Parse(way.Vip)), "the rival has yielded");
        Assert.Equal(RouterState.Master, cluster.State(0).State);
    }

    /// <summary>On any interface: keepalived's virtual MAC has one of its own.</summary>
    private static bool HasAnywhere(TestHost host, InetAddress address)
        => host.Netlink(static netlink => netlink.GetAddresses()).Any(info => info.Address == address);
}
