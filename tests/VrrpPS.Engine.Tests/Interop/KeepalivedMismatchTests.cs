using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Engine.Tests.Interop;

/// <summary>
/// The real keepalived with another opinion: password, address list, checksum. We are on host 0, keepalived on host 1.
/// </summary>
[Trait("Lane", "Interop")]
public sealed class KeepalivedMismatchTests
{
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
    [InlineData("another1", AuthenticationMethod.AH, "AuthenticationHeaderDigest")]
    [InlineData("secret12", AuthenticationMethod.Pass, "AuthenticationTypeMismatch")]
    [InlineData(null, AuthenticationMethod.Pass, "AuthenticationTypeMismatch")]
    public async Task Wrong_key_or_type_against_AH_is_counted_and_told(string? password, AuthenticationMethod method, string error)
    {
        KeepalivedProcess.RequireOrSkip();
        var way = new Peer { Version = VrrpVersion.V2, Password = "secret12", Authentication = AuthenticationMethod.AH };
        using var cluster = new Cluster(2);
        using var keepalived = KeepalivedProcess.Start(cluster.Network[1], way.Keepalived(cluster.Network, 1, 200));
        Eventually.True(() => cluster.Network[1].Has(InetAddress.Parse(way.Vip)), "keepalived is Master");
        await cluster.StartAsync(0, (way with { Password = password, Authentication = method }).Ours(cluster, 0, 100));
        _ = cluster.WaitForEvent(0, VrrpEventKind.PeerMismatch, error);
        Assert.True(cluster.Counter(0).AuthenticationErrors > 0);
        Assert.Equal(0, cluster.Counter(0).AdvertisementReceived);
        Assert.DoesNotContain("secret12", cluster.Describe(), StringComparison.Ordinal);
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
}
