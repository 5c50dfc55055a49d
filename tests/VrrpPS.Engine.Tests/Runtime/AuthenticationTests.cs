using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Tests.Hostile;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>Signed advertisements between our own nodes, and an attacker on the same link. Host 2 is the attacker.</summary>
[Trait("Lane", "Namespace")]
public sealed class AuthenticationTests
{
    private static readonly HmacKey First = new(1, Secret.FromText(new string('a', 32)));
    private static readonly HmacKey Second = new(2, Secret.FromText(new string('b', 32)));

    [Theory]
    [InlineData(AddressFamily.IPv4, false)]
    [InlineData(AddressFamily.IPv6, false)]
    [InlineData(AddressFamily.IPv4, true)]
    [InlineData(AddressFamily.IPv6, true)]
    public async Task Signed_advertisements_are_followed_and_hand_over_works(AddressFamily family, bool unicast)
    {
        using var cluster = new Cluster(2);
        await cluster.StartAsync(1, Signed(cluster, 1, 200, family, unicast));
        cluster.WaitFor(1, RouterState.Master, family);
        await cluster.StartAsync(0, Signed(cluster, 0, 100, family, unicast));
        Eventually.True(() => cluster.Counter(0, family).AdvertisementReceived >= 10, "the Backup hears the Master");
        Assert.Equal((RouterState.Backup, (int?)200), (cluster.State(0, family).State, cluster.State(0, family).MasterPriority));
        Assert.Equal((0, 0), (cluster.Counter(0, family).AuthenticationErrors, cluster.Counter(0, family).AuthenticationReplays));
        Assert.NotNull((await cluster.StopAsync(1, family: family)).Successor);
        cluster.WaitFor(0, RouterState.Master, family);
    }

    [Fact]
    public async Task Forged_and_recorded_advertisements_are_counted_and_not_obeyed()
    {
        using var cluster = new Cluster(3);
        var attacker = cluster.Network[2];
        using var tap = new WireTap(cluster.Network);
        await cluster.StartAsync(1, Signed(cluster, 1, 200));
        cluster.WaitFor(1, RouterState.Master);
        var recorded = tap.WaitFor(static frame => frame is { Host: 1, Kind: SeenKind.Advertisement }, "the Master advertises");
        await cluster.StartAsync(0, Signed(cluster, 0, 100));
        Eventually.True(() => cluster.Counter(0).AdvertisementReceived > 3, "the Backup hears the Master");

        Flood.Send(attacker, [Spoof.Advertisement(attacker, priority: 255)], perSecond: 200, TimeSpan.FromMilliseconds(200));
        _ = cluster.WaitForEvent(0, VrrpEventKind.PeerMismatch, "HmacMissing");
        Eventually.True(() => cluster.Counter(0).AuthenticationErrors > 5, "the forgeries are counted");
        Flood.Send(attacker, [recorded.Bytes], perSecond: 200, TimeSpan.FromMilliseconds(200));
        _ = cluster.WaitForEvent(0, VrrpEventKind.PeerMismatch, "HmacReplay");
        Eventually.True(() => cluster.Counter(0).AuthenticationReplays > 5, "the recordings are counted");
        var counter = cluster.Counter(0);
        Assert.True(counter.HmacMissing > 5 && counter.HmacReplay > 5, "the kinds are told apart");
        Assert.Equal((counter.AuthenticationErrors, counter.AuthenticationReplays), (counter.HmacMissing, counter.HmacReplay));
        Assert.Equal((0L, 0L, 0L, 0L, 0L), (counter.HmacMalformed, counter.HmacUnknownKey, counter.HmacInvalid, counter.HmacStale, counter.HmacUnexpected));
        Assert.Equal(RouterState.Master, cluster.State(1).State);
        Assert.Equal(1, cluster.Counter(1).MasterTransitions);
        Assert.Equal((RouterState.Backup, cluster.Network[1].IPv4.ToString()), (cluster.State(0).State, cluster.State(0).MasterAddress));
    }

    [Fact]
    public async Task A_recorded_advertisement_with_an_Authentication_Header_is_counted_and_not_obeyed()
    {
        using var cluster = new Cluster(3);
        using var tap = new WireTap(cluster.Network);
        await cluster.StartAsync(1, Header(cluster, 1, 200));
        cluster.WaitFor(1, RouterState.Master);
        var recorded = tap.WaitFor(static frame => frame is { Host: 1, Kind: SeenKind.Advertisement }, "the Master advertises");
        await cluster.StartAsync(0, Header(cluster, 0, 100));
        Eventually.True(() => cluster.Counter(0).AdvertisementReceived > 0, "the Backup hears the Master");
        Flood.Send(cluster.Network[2], [recorded.Bytes], perSecond: 200, TimeSpan.FromMilliseconds(200));
        _ = cluster.WaitForEvent(0, VrrpEventKind.PeerMismatch, "AuthenticationHeaderReplay");
        Eventually.True(() => cluster.Counter(0).AuthenticationReplays > 5, "the recordings are counted");
        Assert.Equal(RouterState.Backup, cluster.State(0).State);
    }

    [Fact]
    public async Task A_message_that_only_claims_to_have_an_Authentication_Header_is_refused()
    {
        using var cluster = new Cluster(3);
        await cluster.StartAsync(0, Header(cluster, 0, 100));
        cluster.WaitFor(0, RouterState.Master);
        var attacker = cluster.Network[2];
        var header = new AdvertisementHeader(VrrpVersion.V2, 41, 255, Interval.OneSecond) { AuthenticationType = AuthenticationType.AuthenticationHeader };
        byte[] message = new byte[64];
        Assert.Equal(
            EncodeError.None,
            AdvertisementWriter.TryWrite(message, header, [InetAddress.Parse(Cluster.Vip)], attacker.IPv4, InetAddress.VrrpGroupV4, ChecksumStyle.Auto, out int length));
        byte[] frame = Linux.Frames.Ethernet(
            Linux.Frames.Group4, attacker.MacAddress, 0x0800, Linux.Frames.IPv4(attacker.IPv4, InetAddress.VrrpGroupV4, 112, message.AsSpan(0, length).ToArray()));
        Flood.Send(attacker, [frame], perSecond: 200, TimeSpan.FromMilliseconds(200));
        _ = cluster.WaitForEvent(0, VrrpEventKind.PeerMismatch, "AuthenticationTypeMismatch");
        Assert.Equal((RouterState.Master, 0L), (cluster.State(0).State, cluster.Counter(0).AdvertisementReceived));
    }

    [Fact]
    public async Task Two_Masters_that_authenticate_differently_name_the_cause()
    {
        using var cluster = new Cluster(2);
        await cluster.StartAsync(0, Signed(cluster, 0, 100));
        cluster.WaitFor(0, RouterState.Master);
        var other = Signed(cluster, 1, 200);
        await cluster.StartAsync(1, other with { Hmac = other.Hmac! with { Keys = [Second], ActiveKey = 2 } });
        cluster.WaitFor(1, RouterState.Master);
        _ = cluster.WaitForEvent(0, VrrpEventKind.SplitBrain, "MismatchedAuthentication");
        _ = cluster.WaitForEvent(1, VrrpEventKind.SplitBrain, "HmacUnknownKey");
        Eventually.True(() => cluster.Counter(0).HmacUnknownKey > 1 && cluster.Counter(1).HmacUnknownKey > 1, "both count the cause");
        Assert.Contains(cluster.State(0).Warning, static text => text.StartsWith("MismatchedAuthentication", StringComparison.Ordinal));

        // The cause goes, and with it the second Master.
        await cluster.ApplyAsync(1, other);
        cluster.WaitFor(0, RouterState.Backup);
    }

    [Fact]
    public async Task Keys_are_rotated_while_the_Backup_follows()
    {
        using var cluster = new Cluster(2);
        var master = Signed(cluster, 1, 200);
        var backup = Signed(cluster, 0, 100);
        await cluster.StartAsync(1, master);
        cluster.WaitFor(1, RouterState.Master);
        await cluster.StartAsync(0, backup);
        foreach (var step in (HmacConfiguration[])
        [
            master.Hmac!.With(Second),
            master.Hmac!.With(Second) with { ActiveKey = 2 },
            master.Hmac! with { Keys = [Second], ActiveKey = 2 },
        ])
        {
            // The receiver first, so that it knows what the sender is about to use.
            await cluster.ApplyAsync(0, backup with { Hmac = step });
            await cluster.ApplyAsync(1, master with { Hmac = step });
            long heard = cluster.Counter(0).AdvertisementReceived;
            Eventually.True(() => cluster.Counter(0).AdvertisementReceived >= heard + 3, "the Backup goes on hearing the Master");
        }

        Assert.Equal((0L, 1L), (cluster.Counter(0).MasterTransitions, cluster.Counter(1).MasterTransitions));
        Assert.DoesNotContain(cluster.Events, static @event => @event.Message.Contains("aaaa", StringComparison.Ordinal) || @event.Message.Contains("bbbb", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_way_to_signatures_everywhere_loses_nothing()
    {
        using var cluster = new Cluster(2);
        var master = cluster.Configuration(1, 200);
        var backup = cluster.Configuration(0, 100);
        await cluster.StartAsync(1, master);
        cluster.WaitFor(1, RouterState.Master);
        await cluster.StartAsync(0, backup);
        foreach (var mode in (HmacMode[])[HmacMode.ReceiveOnly, HmacMode.Permissive, HmacMode.Enforce])
        {
            var hmac = new HmacConfiguration { Keys = [First], ActiveKey = 1, Mode = mode };
            await cluster.ApplyAsync(1, master with { Hmac = hmac });
            await cluster.ApplyAsync(0, backup with { Hmac = hmac });
            long heard = cluster.Counter(0).AdvertisementReceived;
            Eventually.True(() => cluster.Counter(0).AdvertisementReceived >= heard + 3, $"the Backup hears the Master in mode {mode}");
        }

        Assert.Equal((0L, 1L), (cluster.Counter(0).MasterTransitions, cluster.Counter(1).MasterTransitions));
    }

    [Theory]
    [InlineData(true, "HmacInvalid")]
    [InlineData(false, "HmacUnexpected")]
    public async Task Other_keys_and_none_are_told_apart(bool hasKey, string error)
    {
        using var cluster = new Cluster(2);
        await cluster.StartAsync(1, Signed(cluster, 1, 200));
        cluster.WaitFor(1, RouterState.Master);
        var other = new HmacConfiguration { Keys = [Second with { Id = 1 }], ActiveKey = 1 };
        await cluster.StartAsync(0, cluster.Configuration(0, 100) with { Hmac = hasKey ? other : null });
        _ = cluster.WaitForEvent(0, VrrpEventKind.PeerMismatch, error);
        Assert.Equal(0, cluster.Counter(0).AdvertisementReceived);
    }

    private static InstanceConfiguration Signed(Cluster cluster, int host, int priority, AddressFamily family = AddressFamily.IPv4, bool unicast = false)
    {
        var peer = cluster.Network[1 - host];
        return cluster.Configuration(host, priority, family) with
        {
            Hmac = new HmacConfiguration { Keys = [First], ActiveKey = 1 },
            UnicastPeers = unicast ? [family == AddressFamily.IPv4 ? peer.IPv4 : peer.IPv6] : [],
        };
    }

    private static InstanceConfiguration Header(Cluster cluster, int host, int priority) => cluster.Configuration(host, priority) with
    {
        Version = VrrpVersion.V2,
        AdvertisementInterval = Interval.OneSecond,
        AuthenticationPass = Secret.FromText("s3cret"),
        AuthenticationType = AuthenticationMethod.AH,
    };
}
