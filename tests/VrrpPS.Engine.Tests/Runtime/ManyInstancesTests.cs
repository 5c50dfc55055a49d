using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Runtime.Ports;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>Many instances of one process, and what is left when they have stopped.</summary>
[Trait("Lane", "Namespace")]
public sealed class ManyInstancesTests
{
    /// <summary>More than one group of advertisements that leave together.</summary>
    private const int Instances = FrameSender.GreatestBatch + 8;

    [Fact]
    public async Task Advertisements_leave_together_in_groups_that_are_spread_over_the_interval()
    {
        using var cluster = new Cluster(1);
        using var tap = new WireTap(cluster.Network);
        for (int i = 0; i < Instances; i++)
        {
            await cluster.StartAsync(0, cluster.Configuration(0, 200) with
            {
                Name = $"i{i}",
                VirtualRouterId = 50 + i,
                VirtualAddresses = [new VirtualAddress(InetAddress.Parse($"192.0.2.{150 + i}"), 32)],
                AdvertisementInterval = new Interval(50),
            });
        }

        Eventually.True(() => cluster.Engine(0).GetStates().All(static state => state.State == RouterState.Master), "all are Master");

        // The fourth of each: the rhythm after the takeovers, which lie as the starts did.
        const long interval = 500 * Instant.NanosecondsPerMillisecond;
        var frames = tap.WaitForCount(static frame => frame.Kind == SeenKind.Advertisement, 6 * Instances, "six of each");
        long[] phases = [.. Enumerable.Range(0, Instances)
            .Select(i => frames.Where(frame => frame.Kind == SeenKind.Advertisement && frame.VirtualRouterId == 50 + i).ElementAt(3).Time % interval)];
        long[] fromFirst = [.. phases.Select(phase => Math.Min((phase - phases[0] + interval) % interval, (phases[0] - phase + interval) % interval))];
        Assert.All(fromFirst[..FrameSender.GreatestBatch], static distance => Assert.True(distance < interval / 10, $"{distance} ns from the first of its group"));
        Assert.All(fromFirst[FrameSender.GreatestBatch..], static distance => Assert.True(distance > interval / 5, $"{distance} ns from the group before"));
    }

    [Fact]
    public async Task A_Master_goes_on_advertising_while_hundreds_are_started_beside_it()
    {
        const int hundreds = 200;
        const long interval = 200 * Instant.NanosecondsPerMillisecond;
        using var cluster = new Cluster(1);
        using var tap = new WireTap(cluster.Network);
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { AdvertisementInterval = new Interval(20) });
        cluster.WaitFor(0, RouterState.Master);
        var starts = Enumerable.Range(0, hundreds).Select(i => cluster.Engine(0).StartAsync(cluster.Configuration(0, 100) with
        {
            Name = $"i{i}",
            VirtualRouterId = 1 + i + (i >= cluster.Configuration(0, 100).VirtualRouterId - 1 ? 1 : 0),
            VirtualAddresses = [new VirtualAddress(InetAddress.Parse($"198.51.100.{i}"), 32)],
        })).ToArray();
        await Task.WhenAll(starts);
        int seen = tap.Frames.Count(IsHis);
        var frames = tap.WaitForCount(IsHis, seen + 2, "two after the last start");
        long[] times = [.. frames.Where(IsHis).Select(static frame => frame.Time)];
        long widest = times.Zip(times.Skip(1), static (one, next) => next - one).Max();

        // 3 intervals and the skew: a Backup would have taken over.
        Assert.True(widest < 3 * interval, $"silent for {widest} ns");

        bool IsHis(SeenFrame frame) => frame.Kind == SeenKind.Advertisement && frame.VirtualRouterId == cluster.Configuration(0, 200).VirtualRouterId;
    }

    [Fact]
    public async Task Loop_ends_with_its_last_instance_whoever_gives_it_commands_meanwhile()
    {
        using var cluster = new Cluster(1);
        for (int round = 0; round < 5; round++)
        {
            await cluster.StartAsync(0, cluster.Configuration(0, 100));
            var loop = cluster.Engine(0).FindLoop(cluster.Key(0));
            var others = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            {
                while (loop.IsAlive && loop.Published.Count > 0)
                {
                    await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => loop.InvokeAsync(static _ => true))).ContinueWith(static _ => { }, TaskScheduler.Default);
                }
            })).ToArray();
            _ = await cluster.StopAsync(0, StopOptions.Immediately);
            await Task.WhenAll(others);
            Eventually.True(() => cluster.Engine(0).LoopCount == 0, "the thread of the namespace ends");
            await loop.Ended.WaitAsync(Eventually.DefaultBound, TestContext.Current.CancellationToken);
        }
    }
}
