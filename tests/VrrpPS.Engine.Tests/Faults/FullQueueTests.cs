using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Faults;

/// <summary>A queue that takes no packet: the kernel answers every advertisement with ENOBUFS.</summary>
[Trait("Lane", "Namespace")]
public sealed class FullQueueTests
{
    [Fact]
    public async Task Master_that_cannot_be_heard_leaves_in_the_kernels_words_stays_out_and_comes_back_by_itself()
    {
        using var cluster = new Cluster(2);
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        await cluster.StartAsync(1, cluster.Configuration(1, 100));
        Eventually.True(() => cluster.State(1).MasterPriority == 200, "the backup hears its Master");

        Queue(cluster, "replace", "pfifo", "limit", "0");
        cluster.WaitFor(0, RouterState.Fault);
        Assert.Equal(LastEvent.SendFailed, cluster.State(0).LastEvent);
        Assert.Contains("the kernel refused to send advertisements", cluster.State(0).FaultReason);
        _ = cluster.WaitForEvent(0, VrrpEventKind.KernelRefused, "ENOBUFS");
        Assert.True(cluster.Counter(0).SendErrors >= 3);
        cluster.WaitFor(1, RouterState.Master);
        cluster.WaitForHolders(1);

        // The lease never lapsed and was never recovered: the role was given up before.
        Assert.DoesNotContain(cluster.EventsOf("h0-4"), static @event => @event.Kind == VrrpEventKind.LeaseLost);

        // It tries again, with one refusal only, and takes the role once it is heard.
        long errors = cluster.Counter(0).SendErrors;
        Eventually.True(() => cluster.Counter(0).SendErrors > errors, "it tries again", TimeSpan.FromSeconds(30));
        cluster.WaitFor(0, RouterState.Fault);
        Assert.InRange(cluster.Counter(0).SendErrors, errors + 1, errors + 2);
        Queue(cluster, "delete");
        cluster.WaitFor(0, RouterState.Master, bound: TimeSpan.FromSeconds(30));
        cluster.WaitFor(1, RouterState.Backup);
        cluster.WaitForHolders(1);
    }

    [Fact]
    public async Task One_refusal_is_no_fault()
    {
        using var cluster = new Cluster(1);
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { AdvertisementInterval = new VrrpPS.Protocol.Interval(100) });
        cluster.WaitFor(0, RouterState.Master);
        Queue(cluster, "replace", "pfifo", "limit", "0");
        Eventually.True(() => cluster.Counter(0).SendErrors > 0, "an advertisement is refused");
        Queue(cluster, "delete");
        long sent = cluster.Counter(0).AdvertisementSent;
        Eventually.True(() => cluster.Counter(0).AdvertisementSent >= sent + 4, "it advertises on");
        Assert.Equal(RouterState.Master, cluster.State(0).State);
        Assert.DoesNotContain(cluster.EventsOf("h0-4"), static @event => @event.Kind == VrrpEventKind.KernelRefused);
    }

    private static void Queue(Cluster cluster, string verb, params string[] discipline)
    {
        Assert.SkipUnless(File.Exists("/usr/sbin/tc"), "tc (iproute2) is not installed");
        var (exitCode, output) = cluster.Network[0].Execute("/usr/sbin/tc", string.Empty, ["qdisc", verb, "dev", TestHost.InterfaceName, "root", .. discipline]);
        Assert.True(exitCode == 0, output);
    }
}
