using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>How addresses are given up: also against a kernel that refuses, without waiting, and while the list changes.</summary>
[Trait("Lane", "Namespace")]
public sealed class ReleaseTests
{
    private static readonly InetAddress s_vip = InetAddress.Parse(Cluster.Vip);

    [Fact]
    public async Task Release_that_the_kernel_refuses_is_tried_again_before_the_stop_ends()
    {
        RefusingKernel? kernel = null;
        using var cluster = new Cluster(1, _ => new EngineOptions { OpenNetlink = () => new RouteNetlink(kernel = new RefusingKernel(new NetlinkSocket())) });
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { NoAddressLease = true });
        cluster.WaitFor(0, RouterState.Master);
        kernel!.Refuses = true;
        var stop = cluster.StopAsync(0, StopOptions.Immediately);
        Assert.Contains("it is tried again", cluster.WaitForEvent(0, VrrpEventKind.KernelRefused, "could not be released").Message, StringComparison.Ordinal);
        Assert.True(cluster.Network[0].Has(s_vip));
        Assert.False(stop.IsCompleted);

        kernel.Refuses = false;
        _ = await stop.WaitAsync(Eventually.DefaultBound, TestContext.Current.CancellationToken);
        Assert.False(cluster.Network[0].Has(s_vip));
    }

    [Fact]
    public async Task No_time_to_hand_over_waits_for_nobody()
    {
        using var cluster = new Cluster(1);
        await cluster.StartAsync(0, cluster.Configuration(0, 200) with { AdvertisementInterval = new Interval(50) });
        cluster.WaitFor(0, RouterState.Master);
        var outcome = await cluster.StopAsync(0, new StopOptions { HandoverTimeout = TimeSpan.Zero });

        // The default is four intervals and a second.
        Assert.True(outcome.Duration < TimeSpan.FromSeconds(1), $"{outcome.Duration}");
        Assert.False(cluster.Network[0].Has(s_vip));
    }

    [Fact]
    public async Task Another_list_waits_until_the_addresses_of_the_old_one_are_given_away()
    {
        using var cluster = new Cluster(1);
        var configuration = cluster.Configuration(0, 200);
        await cluster.StartAsync(0, configuration);
        cluster.WaitFor(0, RouterState.Master);
        var other = InetAddress.Parse("192.0.2.101");
        var suspension = cluster.Engine(0).SuspendAsync(
            cluster.Key(0), new StopOptions { HandoverTimeout = TimeSpan.FromSeconds(2) }, TestContext.Current.CancellationToken);
        cluster.WaitFor(0, RouterState.Leaving);

        await cluster.ApplyAsync(0, configuration with { VirtualAddresses = [new VirtualAddress(other, 24)] });
        Assert.True(suspension.IsCompleted, "the change waited for the end of the hand-over");
        Assert.Equal(RouterState.Suspended, cluster.State(0).State);
        Assert.False(cluster.Network[0].Has(s_vip));
        Assert.False(cluster.Network[0].Has(other));

        await cluster.Engine(0).ResumeAsync(cluster.Key(0), TestContext.Current.CancellationToken);
        cluster.WaitFor(0, RouterState.Master);
        Assert.True(cluster.Network[0].Has(other));
        Assert.False(cluster.Network[0].Has(s_vip));
    }

    [Fact]
    public async Task Promotion_that_somebody_switches_off_is_on_again_at_the_next_renewal()
    {
        using var cluster = new Cluster(1);
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        string path = $"/proc/sys/net/ipv4/conf/{TestHost.InterfaceName}/promote_secondaries";
        string Read() => cluster.Network[0].Run(() => File.ReadAllText(path).Trim());
        Assert.Equal("1", Read());
        cluster.Network[0].Run(() => File.WriteAllText(path, "0"));
        Eventually.True(() => Read() == "1", "it is switched on again");
    }

    [Fact]
    public async Task Backup_says_whom_it_follows_as_soon_as_it_hears_him()
    {
        using var cluster = new Cluster(2);
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        await cluster.StartAsync(1, cluster.Configuration(1, 100));
        string expected = $"{cluster.Network[0].IPv4} (priority 200) is Master.";
        cluster.WaitFor(1, state => state.StatusMessage == expected, $"the status is '{expected}'");
    }
}
