using System.Diagnostics;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Hostile;

/// <summary>
/// A hundred thousand packets a second from somebody on the segment. What a loop costs meanwhile is read from the kernel's
/// books of its thread; the bounds are far above what was measured and far below what a wake-up for every packet would take.
/// </summary>
[Trait("Lane", "Namespace")]
[Collection(FloodCollection.Name)]
public sealed class FloodTests(ITestOutputHelper output)
{
    private const int PerSecond = 100_000;
    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(3);
    private TimeSpan _stalled;
    private long _takeovers;

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    public async Task Advertisements_of_foreign_virtual_routers_wake_nobody_and_are_counted(int centiseconds)
    {
        using var cluster = await Pair(centiseconds);
        var (load, sent) = Run(cluster, Spoof.ForeignRouters(cluster.Network[2]));
        AssertUndisturbed(cluster);
        long counted = cluster.Counter(1).VirtualRouterIdErrors;
        output.WriteLine($"{counted} of them counted");
        Assert.InRange(counted, sent / 100, sent);
        Assert.Equal(counted, cluster.Counter(1).VirtualRouterIdErrors);
        AssertIdle(load, sent);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    public async Task Garbage_does_not_disturb_the_election(int centiseconds)
    {
        using var cluster = await Pair(centiseconds);
        var (load, sent) = Run(cluster, Spoof.Garbage(cluster.Network[2], seed: 1));
        AssertUndisturbed(cluster);
        AssertIdle(load, sent);
    }

    [Fact]
    public async Task Garbage_with_our_own_virtual_router_is_refused_in_bounded_batches()
    {
        using var cluster = await Pair(100);
        var (load, _) = Run(cluster, Spoof.Garbage(cluster.Network[2], seed: 2, vrid: 41));
        var counter = cluster.Counter(1);
        output.WriteLine($"{counter.ChecksumErrors} checksums, {counter.VersionErrors} versions, {counter.PacketLengthErrors} lengths, {counter.InvalidTypePackets} types");
        Assert.True(counter.VersionErrors > 1000, "The garbage did not arrive.");
        AssertUndisturbed(cluster);
        Assert.True(load.AllocatedBytes < 16 * 1024 * 1024, $"A refused packet must cost no memory: {load}");
    }

    [Fact]
    public async Task Announcements_of_other_addresses_wake_nobody()
    {
        using var cluster = await Pair(10);
        byte[][] frames = [.. Enumerable.Range(0, 256).Select(i => Spoof.Announcement(cluster.Network[2], InetAddress.FromIPv4(0xC0000200 | (uint)(i == 100 ? 99 : i))))];
        var (load, sent) = Run(cluster, frames);
        AssertUndisturbed(cluster);
        AssertIdle(load, sent);
    }

    [Fact]
    public async Task Announcements_of_our_address_by_an_attacker_are_corrected_once_a_second()
    {
        using var cluster = await Pair(100);
        long before = cluster.Counter(0).AnnouncementsSent;
        var (_, sent) = Run(cluster, [Spoof.Announcement(cluster.Network[2], InetAddress.Parse(Cluster.Vip))]);
        AssertUndisturbed(cluster);
        long answers = cluster.Counter(0).AnnouncementsSent - before;
        output.WriteLine($"{answers} announcements against {sent}");

        // One correction each second, and the repeats after the takeover.
        Assert.InRange(answers, 1, 10);
        Assert.Contains(cluster.Events, static @event => @event.Kind == VrrpEventKind.SplitBrain);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    public async Task Losing_advertisements_of_a_spoofer_are_answered_at_a_limited_rate(int centiseconds)
    {
        using var cluster = await Pair(centiseconds);
        var before = cluster.Counter(0);
        long start = Stopwatch.GetTimestamp();
        var (load, sent) = Run(cluster, [Spoof.Advertisement(cluster.Network[2], priority: 50, source: "192.0.2.77", centiseconds: centiseconds)]);
        var after = cluster.Counter(0);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        long answers = after.AdvertisementSent - before.AdvertisementSent;
        output.WriteLine($"{answers} advertisements and {after.AnnouncementsSent - before.AnnouncementsSent} announcements in {seconds:F1} s against {sent}");
        AssertUndisturbed(cluster);
        double gap = ElectionTimers.AssertionGap(new Interval(centiseconds)) / 1e9;
        Assert.InRange(answers, 1, (long)(seconds / gap) + (long)(seconds * 100 / centiseconds) + 2);
        Assert.True(after.AnnouncementsSent - before.AnnouncementsSent <= (seconds / 0.1) + 4, "Announcements are limited on their own.");
        Assert.True(load.AllocatedBytes < 16 * 1024 * 1024, $"An answer must cost no memory: {load}");
    }

    [Fact]
    public async Task A_spoofer_with_ever_new_masters_is_published_at_a_limited_rate()
    {
        using var cluster = await Pair(100);
        int published = 0;
        cluster.Engine(1).StateUpdated += () => Interlocked.Increment(ref published);
        var attacker = cluster.Network[2];
        byte[][] frames = [.. Enumerable.Range(1, 200).Select(i => Spoof.Advertisement(attacker, priority: 254, source: $"192.0.2.{50 + i}", centiseconds: 100))];
        var (load, sent) = Run(cluster, frames, perSecond: 20_000);
        output.WriteLine($"{published} snapshots for {sent} forged Masters");

        // Whoever forges a better Master has the role: that is VRRP. It must not cost more than that.
        Assert.Equal(RouterState.Backup, cluster.State(1).State);
        Assert.InRange(published, 1, 2 * (100 * (s_duration.TotalSeconds + 2)));
        Assert.True(load.AllocatedBytes < 64 * 1024 * 1024, load.ToString());
    }

    private static async Task<Cluster> Pair(int centiseconds)
    {
        var cluster = new Cluster(3);
        try
        {
            for (int host = 0; host < 2; host++)
            {
                await cluster.StartAsync(host, cluster.Configuration(host, 200 - (host * 50)) with { AdvertisementInterval = new Interval(centiseconds) });
            }

            cluster.WaitFor(0, RouterState.Master);
            cluster.WaitFor(1, state => state.State == RouterState.Backup && state.MasterPriority == 200, "host 1 hears host 0");
            return cluster;
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    private (LoopLoad Load, long Sent) Run(Cluster cluster, IReadOnlyList<byte[]> frames, int perSecond = PerSecond)
    {
        // What a busy machine did to the election before is no flood's work.
        _takeovers = Takeovers(cluster);
        var before = LoopLoad.Now();
        using var control = new StallControl();
        long start = Stopwatch.GetTimestamp();
        long sent = Flood.Send(cluster.Network[2], frames, perSecond, s_duration);
        var elapsed = Stopwatch.GetElapsedTime(start);
        var load = LoopLoad.Now() - before;
        _stalled = control.Longest;
        output.WriteLine($"{sent} packets in {elapsed.TotalSeconds:F2} s ({sent / elapsed.TotalSeconds:F0}/s); both loops together: {load}; the machine stood still for up to {_stalled.TotalMilliseconds:F0} ms");
        Assert.True(sent > 10_000, "This machine cannot send a flood.");
        return (load, sent);
    }

    private void AssertUndisturbed(Cluster cluster)
    {
        // A stall of three intervals is a failover by the book, flood or no flood; two of them and a late packet are, too.
        var interval = cluster.Engine(0).GetConfigurations()[0].AdvertisementInterval.ToTimeSpan();
        Assert.SkipWhen(
            Takeovers(cluster) > _takeovers && _stalled > interval,
            $"this machine stood still for {_stalled.TotalMilliseconds:F0} ms meanwhile, by a thread that only slept; the interval is {interval.TotalMilliseconds:F0} ms");
        Assert.True(cluster.State(0).State == RouterState.Master && cluster.State(1).State == RouterState.Backup, cluster.Describe());
        Assert.True(Takeovers(cluster) == _takeovers, cluster.Describe());
        Assert.Equal(1, cluster.Holders());
    }

    private static long Takeovers(Cluster cluster) => cluster.Counter(0).MasterTransitions + cluster.Counter(1).MasterTransitions;

    private static void AssertIdle(LoopLoad load, long sent)
    {
        Assert.True(load.WakeUps < sent / 50, $"{sent} packets: {load}");
        Assert.True(load.Processor < s_duration / 5, load.ToString());
    }
}
