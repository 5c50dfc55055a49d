using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>Version 2 and version 3 on one link (RFC 9568 section 8.4.2): one node speaks both, the others one each.</summary>
[Trait("Lane", "Namespace")]
public sealed class Version2CompatibilityTests
{
    private const int MessageOffset = 34;

    [Fact]
    [Conformance("9568-8.4.2-1", Polarity.Required)]
    [Conformance("9568-8.4.2-1", Polarity.Refused)]
    public async Task Master_of_both_versions_is_followed_in_both_until_the_mode_is_switched_off()
    {
        using var cluster = new Cluster(3);
        string master = cluster.Network[0].IPv4.ToString();
        using var tap = new WireTap(cluster.Network);
        var both = cluster.Configuration(0, 200) with { Version2Compatibility = true, AdvertisementInterval = new Interval(20) };
        await cluster.StartAsync(0, both);
        cluster.WaitFor(0, RouterState.Master);
        await cluster.StartAsync(1, Version2(cluster, 1, 150));
        await cluster.StartAsync(2, cluster.Configuration(2, 100));
        cluster.WaitFor(1, state => state.State == RouterState.Backup && state.MasterAddress == master, "version 2 follows");
        cluster.WaitFor(2, state => state.State == RouterState.Backup && state.MasterAddress == master, "version 3 follows");

        // At the configured rate in both, however short, and with seconds that version 2 can take.
        int mark = tap.Count;
        var old = tap.WaitForCount(static frame => Is(frame, 0, VrrpVersion.V2), 20, "advertisement in version 2", mark);
        Assert.All(old, static frame => Assert.Equal((200, ObservedChecksumStyle.Single, 1), (frame.Priority, frame.Style, frame.Bytes[MessageOffset + 5])));
        int others = tap.Frames.Skip(mark).TakeWhile(frame => frame != old[^1]).Count(static frame => Is(frame, 0, VrrpVersion.V3));
        Assert.InRange(others, 19, 21);
        Assert.Equal((RouterState.Backup, RouterState.Backup), (cluster.State(1).State, cluster.State(2).State));
        Assert.True(cluster.State(0).Version2Compatibility);
        var counter = cluster.Counter(0);
        Assert.True(counter.Version2Sent >= 20 && counter.AdvertisementSent >= 2 * counter.Version2Sent, $"{counter}");

        await cluster.ApplyAsync(0, both with { Version2Compatibility = false });
        mark = tap.Count;
        _ = tap.WaitForCount(static frame => Is(frame, 0, VrrpVersion.V3), 5, "advertisement in version 3", mark);
        int first = Array.FindIndex(tap.Frames, mark, static frame => Is(frame, 0, VrrpVersion.V3));
        Assert.DoesNotContain(tap.Frames.Skip(first), static frame => Is(frame, 0, VrrpVersion.V2));
        _ = cluster.WaitForEvent(0, VrrpEventKind.Information, "version 2 compatibility True -> False");
        Assert.Equal(2, cluster.State(0).TransitionCount);
    }

    [Fact]
    [Conformance("9568-8.4.2-3", Polarity.Required)]
    public async Task Backup_of_both_versions_follows_the_seconds_of_version_2_and_takes_over()
    {
        using var cluster = new Cluster(2);
        await cluster.StartAsync(1, Version2(cluster, 1, 200));
        cluster.WaitFor(1, RouterState.Master);
        await cluster.StartAsync(0, cluster.Configuration(0, 100) with { Version2Compatibility = true });
        cluster.WaitFor(0, state => state.MasterAddress == cluster.Network[1].IPv4.ToString(), "version 2 is heard");
        Assert.True(cluster.State(0).MasterDownInterval > TimeSpan.FromSeconds(3));
        Eventually.True(() => cluster.Counter(0).Version2Received >= 2, "version 2 is counted");
        Assert.Equal((RouterState.Backup, 0), (cluster.State(0).State, cluster.Counter(0).VersionErrors));
        _ = await cluster.StopAsync(1);
        cluster.WaitFor(0, RouterState.Master);
        Assert.Equal(LastEvent.MasterResigned, cluster.State(0).LastEvent);
    }

    [Fact]
    [Conformance("9568-8.4.2-4", Polarity.Required)]
    public async Task Backup_of_both_versions_follows_version_3_of_a_Master_that_sends_both()
    {
        using var cluster = new Cluster(2);
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { Version2Compatibility = true });
        cluster.WaitFor(0, RouterState.Master);
        await cluster.StartAsync(1, cluster.Configuration(1, 100) with { Version2Compatibility = true });
        Eventually.True(() => cluster.Counter(1).Version2Received >= 10, "both are heard");
        Assert.True(cluster.State(1).MasterDownInterval < TimeSpan.FromSeconds(1), $"{cluster.State(1).MasterDownInterval}");
        Assert.Equal((RouterState.Backup, 0L), (cluster.State(1).State, cluster.Counter(1).SplitBrains));
        _ = await cluster.StopAsync(0);
        cluster.WaitFor(1, RouterState.Master);
    }

    private static InstanceConfiguration Version2(Cluster cluster, int host, int priority)
        => cluster.Configuration(host, priority) with { Version = VrrpVersion.V2, AdvertisementInterval = Interval.OneSecond };

    internal static bool Is(SeenFrame frame, int host, VrrpVersion version)
        => frame.Kind == SeenKind.Advertisement && frame.Host == host && frame.Bytes[MessageOffset] >> 4 == (int)version;
}
