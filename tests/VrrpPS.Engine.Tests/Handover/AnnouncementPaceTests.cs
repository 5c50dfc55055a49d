using VrrpPS.Bench.Measure;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Handover;

/// <summary>
/// The old Master serves an address until its successor has announced it, so a slow announcement is a long time with two owners, and
/// a burst is what some switches disable ports for: the gap between announcements is the administrator's choice.
/// </summary>
[Trait("Lane", "Namespace")]
public sealed class AnnouncementPaceTests
{
    private const int Addresses = 150, Burst = 64;

    [Fact]
    public async Task Beyond_the_first_burst_announcements_keep_the_spacing_and_no_more_than_that()
    {
        using var cluster = new Cluster(1);
        using var control = new Bench.Measure.Control();
        using var tap = new WireTap(cluster.Network);
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with
        {
            Announcement = new AnnouncementOptions { Spacing = TimeSpan.FromMilliseconds(1) },
            VirtualAddresses = [.. Enumerable.Range(1, Addresses).Select(static i => new VirtualAddress(InetAddress.Parse($"192.0.3.{i}"), 32))],
        });
        cluster.WaitFor(0, RouterState.Master);
        _ = tap.WaitFor(static frame => frame.Kind == SeenKind.GratuitousArp && frame.Source == InetAddress.Parse($"192.0.3.{Addresses}"), "the last address is announced");

        long[] times = [.. tap.Frames.Where(static frame => frame.Kind == SeenKind.GratuitousArp).Take(Addresses).Select(static frame => frame.Time)];
        Assert.Equal(Addresses, times.Length);
        const long spaced = (Addresses - Burst) * Clock.Millisecond;
        long took = times[^1] - times[0];
        const long shortest = spaced - (6 * Clock.Millisecond), longest = spaced + (30 * Clock.Millisecond);
        long now = Clock.Now;
        Assert.SkipWhen((took is < shortest or > longest) && control.WasLate(now - (3 * Clock.Second), now), "this machine was too busy to judge the time");
        Assert.InRange(took, shortest, longest);
    }
}
