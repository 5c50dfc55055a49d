using VrrpPS.Engine.Linux.Native;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Faults;

/// <summary>A node that cannot bind what it has won: it says nothing on the wire, everything to the operator, and tries again.</summary>
[Trait("Lane", "Namespace")]
public sealed class KernelRefusalTests
{
    private static readonly InetAddress s_vip = InetAddress.Parse(Cluster.Vip);

    [Fact]
    public async Task Permission_lost_on_the_way_is_a_silent_fault_in_the_kernels_words_until_it_is_back()
    {
        var clock = new LoopClock();
        using var cluster = new Cluster(2, host => host == 0 ? new EngineOptions { TimeProvider = clock } : EngineOptions.Default);
        await MakeBackupAsync(cluster);
        await OnLoopAsync(cluster, clock, static () => ThreadCapabilities.Set(ThreadCapabilities.NetAdmin, effective: false));
        await FailToTakeOverAsync(cluster, "EPERM");

        await OnLoopAsync(cluster, clock, static () => ThreadCapabilities.Set(ThreadCapabilities.NetAdmin, effective: true));
        AssertRecovers(cluster);
    }

    [Theory]
    [InlineData("ENOMEM", 12)]
    public async Task Exhausted_kernel_is_a_silent_fault_in_its_words_until_it_has_memory(string name, int errorNumber)
    {
        RefusingKernel? kernel = null;
        using var cluster = new Cluster(2, host => host != 0 ? EngineOptions.Default : new EngineOptions
        {
            OpenNetlink = () =>
            {
                var socket = new NetlinkSocket();
                socket.SetReceiveBuffer(1024 * 1024);
                return new RouteNetlink(kernel = new RefusingKernel(socket, errorNumber));
            },
        });
        Assert.Equal(name, Errno.Name(errorNumber));
        await MakeBackupAsync(cluster);
        kernel!.Refuses = true;
        await FailToTakeOverAsync(cluster, name);

        kernel.Refuses = false;
        AssertRecovers(cluster);
    }

    private static async Task MakeBackupAsync(Cluster cluster)
    {
        await cluster.StartAsync(1, cluster.Configuration(1, 200));
        cluster.WaitFor(1, RouterState.Master);
        await cluster.StartAsync(0, cluster.Configuration(0, 100));
        Eventually.True(() => cluster.State(0).MasterPriority == 200, "the backup hears its Master");
    }

    private static async Task FailToTakeOverAsync(Cluster cluster, string words)
    {
        using var tap = new WireTap(cluster.Network);
        _ = await cluster.StopAsync(1, StopOptions.Immediately);
        cluster.WaitFor(0, RouterState.Fault);
        Assert.Equal(LastEvent.BindFailed, cluster.State(0).LastEvent);
        Assert.Contains("the kernel refused a virtual address", cluster.State(0).FaultReason);
        _ = cluster.WaitForEvent(0, VrrpEventKind.KernelRefused, words);
        Assert.False(cluster.Network[0].Has(s_vip));

        // It may try several times; none of them reaches the wire. (The other's resignation shows that the tap hears.)
        _ = tap.WaitFor(static frame => frame is { Host: 1, Kind: SeenKind.Advertisement, Priority: 0 }, "the resignation");
        Assert.Empty(tap.Advertisements(0));
        Assert.DoesNotContain(tap.Frames, static frame => frame is { Host: 0, Kind: SeenKind.GratuitousArp });
    }

    private static void AssertRecovers(Cluster cluster)
    {
        cluster.WaitFor(0, RouterState.Master, bound: TimeSpan.FromSeconds(30));
        Assert.True(cluster.Network[0].Has(s_vip));
        Assert.Empty(cluster.State(0).FaultReason);
    }

    private static async Task OnLoopAsync(Cluster cluster, LoopClock clock, Action action)
    {
        var done = new TaskCompletionSource();
        clock.OnNextLook(() =>
        {
            action();
            done.SetResult();
        });
        await cluster.Engine(0).ClearCountersAsync(cluster.Key(0), TestContext.Current.CancellationToken);
        await done.Task.WaitAsync(Eventually.DefaultBound, TestContext.Current.CancellationToken);
    }
}
