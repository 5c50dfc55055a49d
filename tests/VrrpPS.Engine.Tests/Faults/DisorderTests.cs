using VrrpPS.Engine.Tests.Handover;
using VrrpPS.Engine.Tests.Hostile;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Faults;

/// <summary>Advertisements that come twice, late, or in another order: the roles stay, and the counters tell what came.</summary>
[Trait("Lane", "Namespace")]
public sealed class DisorderTests
{
    private const int Rounds = 10;

    /// <summary>Long enough that a busy machine's own lateness is no reason for anything.</summary>
    private static readonly Interval s_interval = new(30);

    /// <summary>What comes half an interval late counts as lost.</summary>
    private static readonly TimeSpan s_tolerable = TimeSpan.FromMilliseconds(120);

    [Fact]
    public async Task Every_advertisement_twice_is_received_twice_and_nothing_else()
    {
        using var cluster = new Cluster(2);
        using var control = new StallControl();
        using var tap = new WireTap(cluster.Network);
        using var again = new Replay(cluster.Network, 1);
        await StartAsync(cluster);
        await cluster.Engine(1).ClearCountersAsync(cluster.Key(1), TestContext.Current.CancellationToken);
        int mark = tap.Count;
        for (int round = 0; round < Rounds; round++)
        {
            again.Send(Next(tap, ref mark).Bytes);
        }

        // The last copy may still be on its way, or one more original have come already.
        Eventually.True(() => cluster.Counter(1).AdvertisementReceived >= 2 * Rounds, "every copy is received");
        AssertUndisturbed(cluster);
        Assert.InRange(cluster.Counter(1).AdvertisementReceived, 2 * Rounds, (2 * Rounds) + 2);
        Assert.SkipWhen(control.Longest > s_tolerable, "this machine stood still: what came late counts as lost, too");
        Assert.Equal(0, cluster.Counter(1).AdvertisementsLost);
    }

    [Fact]
    public async Task Advertisements_an_interval_late_are_no_loss_and_no_reason_to_take_over()
    {
        using var cluster = new Cluster(2);
        using var control = new StallControl();
        using var tap = new WireTap(cluster.Network);
        using var late = new Replay(cluster.Network, 1);
        await StartAsync(cluster);
        int mark = tap.Count;
        using (Loss.Of(cluster.Network, "ip protocol 112"))
        {
            // Each leaves when the next one comes: host 1 hears nothing else.
            var waiting = Next(tap, ref mark);
            await cluster.Engine(1).ClearCountersAsync(cluster.Key(1), TestContext.Current.CancellationToken);
            for (int round = 0; round < Rounds; round++)
            {
                var next = Next(tap, ref mark);
                late.Send(waiting.Bytes);
                waiting = next;
            }

            Eventually.True(() => cluster.Counter(1).AdvertisementReceived >= Rounds, "each is received once");
            AssertUndisturbed(cluster);
            Assert.Equal(Rounds, cluster.Counter(1).AdvertisementReceived);
        }

        // One gap, when the delay began.
        Assert.SkipWhen(control.Longest > s_tolerable, "this machine stood still: what came late counts as lost, too");
        Assert.InRange(cluster.Counter(1).AdvertisementsLost, 0, 1);
    }

    [Fact]
    public async Task Old_advertisement_behind_the_resignation_delays_the_takeover_and_loses_no_ping()
    {
        using var cluster = new Cluster(3);
        using var tap = new WireTap(cluster.Network);
        using var again = new Replay(cluster.Network, 1);
        await StartAsync(cluster);
        int mark = tap.Count;
        var old = Next(tap, ref mark);
        using var client = new Client(cluster.Network[2], Cluster.Vip);
        long from = Bench.Measure.Clock.Now;

        var stop = cluster.StopAsync(0);
        _ = tap.WaitFor(static frame => frame is { Host: 0, Kind: SeenKind.Advertisement, Priority: 0 }, "the resignation", mark);
        Eventually.True(() => cluster.Counter(1).PriorityZeroReceived == 1, "the resignation is heard");
        long heard = cluster.Counter(1).AdvertisementReceived;
        again.Send(old.Bytes);
        Eventually.True(() => cluster.Counter(1).AdvertisementReceived > heard, "the old advertisement is heard");

        // The old Master still serves, and resigns once more when nobody has taken over.
        Assert.Equal(cluster.Network[1].IPv4.ToString(), (await stop).Successor);
        cluster.WaitFor(1, RouterState.Master);
        cluster.WaitForHolders(1);
        client.LetPass(100);
        Assert.Empty(client.LostSince(from));
        Assert.Equal(1, cluster.Counter(1).MasterTransitions);
    }

    private static async Task StartAsync(Cluster cluster)
    {
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { AdvertisementInterval = s_interval });
        cluster.WaitFor(0, RouterState.Master);
        await cluster.StartAsync(1, cluster.Configuration(1, 150) with { AdvertisementInterval = s_interval });
        Eventually.True(() => cluster.State(1).MasterPriority == 200, "the backup hears its Master");
    }

    private static void AssertUndisturbed(Cluster cluster)
    {
        Assert.Equal((RouterState.Master, RouterState.Backup), (cluster.State(0).State, cluster.State(1).State));
        Assert.Equal((1, 0), (cluster.Counter(0).MasterTransitions, cluster.Counter(1).MasterTransitions));
        Assert.Equal(0, cluster.Counter(1).SplitBrains);
        Assert.Equal(1, cluster.Holders());
    }

    private static SeenFrame Next(WireTap tap, ref int mark)
    {
        int number = tap.Frames.Take(mark).Count(IsNormal) + 1;
        var frame = tap.WaitForCount(IsNormal, number, "advertisement of the Master")[^1];
        mark = Array.IndexOf(tap.Frames, frame) + 1;
        return frame;
    }

    private static bool IsNormal(SeenFrame frame) => frame is { Host: 0, Kind: SeenKind.Advertisement, Priority: > 0 };
}
