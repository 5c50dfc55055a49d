using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>Changes while it runs: a Master stays Master, and what stays is not touched.</summary>
[Trait("Lane", "Namespace")]
public sealed class ApplyTests
{
    [Fact]
    public async Task Master_changes_its_addresses_without_leaving_its_role()
    {
        using var cluster = new Cluster(2);
        var old = cluster.Configuration(0, 200);
        await cluster.StartAsync(0, old);
        cluster.WaitFor(0, RouterState.Master);
        var host = cluster.Network[0];
        var kept = InetAddress.Parse(Cluster.Vip);
        var added = InetAddress.Parse("192.0.2.101");
        uint stamp = host.GetAddresses().Single(info => info.Address == kept).CreationStamp;
        using var tap = new WireTap(cluster.Network);

        await cluster.ApplyAsync(0, old with { VirtualAddresses = [.. old.VirtualAddresses, new VirtualAddress(added, 24)] });

        // Bound behind the advertisement that names it; a machine too busy for that decides anew a moment later.
        Eventually.True(() => host.Has(added), "the new address is bound");
        Assert.Equal(stamp, host.GetAddresses().Single(info => info.Address == kept).CreationStamp);
        _ = tap.WaitFor(frame => frame.Kind == SeenKind.GratuitousArp && frame.Source == added, "the new address is announced");
        _ = tap.WaitFor(frame => frame.Kind == SeenKind.Advertisement && frame.Addresses.SequenceEqual([kept, added]), "both are advertised");
        _ = cluster.WaitForEvent(0, VrrpEventKind.Information, "addresses + 192.0.2.101/24");

        await cluster.ApplyAsync(0, old with { VirtualAddresses = [new VirtualAddress(added, 24)] });
        Assert.False(host.Has(kept));
        int mark = tap.Count;
        _ = tap.WaitFor(frame => frame.Kind == SeenKind.Advertisement && frame.Addresses.SequenceEqual([added]), "one is advertised", mark);
        Assert.Equal(["192.0.2.101/24"], cluster.State(0).VirtualIPAddress.Select(static address => address.ToString()));
        Assert.Equal(2, cluster.State(0).TransitionCount);

        _ = await cluster.StopAsync(0, StopOptions.Immediately);
        Assert.False(host.Has(added));
        Assert.DoesNotContain(cluster.Events, static @event => @event.Kind == VrrpEventKind.AddressRestored);
    }

    [Fact]
    public async Task Master_changes_its_interval_and_the_backup_follows()
    {
        using var cluster = new Cluster(2);
        var old = cluster.Configuration(0, 200);
        await cluster.StartAsync(0, old);
        cluster.WaitFor(0, RouterState.Master);
        await cluster.StartAsync(1, cluster.Configuration(1, 100));
        await cluster.ApplyAsync(0, old with { AdvertisementInterval = new Interval(20) });
        Eventually.True(() => cluster.State(1).MasterDownInterval > TimeSpan.FromSeconds(0.6), "the backup has learned the new interval");
        Assert.Equal(2, cluster.State(0).TransitionCount);
        Assert.Equal(1, cluster.State(1).TransitionCount);
    }

    [Fact]
    public async Task Priority_255_is_refused_to_a_Master_that_only_holds_the_addresses()
    {
        using var cluster = new Cluster(1);
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        var refusal = await Assert.ThrowsAsync<VrrpException>(() => cluster.ApplyAsync(0, cluster.Configuration(0, 255)));
        Assert.Equal(ErrorIds.NotAddressOwner, refusal.ErrorId);
        Assert.Equal(200, cluster.State(0).BasePriority);
        Assert.Equal(2, cluster.State(0).TransitionCount);
    }

    [Fact]
    public async Task Priority_raised_on_a_backup_preempts_and_lowered_on_a_Master_yields()
    {
        using var cluster = new Cluster(2);
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        await cluster.StartAsync(1, cluster.Configuration(1, 100));
        await cluster.ApplyAsync(1, cluster.Configuration(1, 250));
        cluster.WaitFor(1, RouterState.Master);
        cluster.WaitFor(0, RouterState.Backup);
        Assert.Equal((250, 250), (cluster.State(1).Priority, cluster.State(1).BasePriority));

        await cluster.ApplyAsync(1, cluster.Configuration(1, 50));
        cluster.WaitFor(0, RouterState.Master);
        cluster.WaitFor(1, RouterState.Backup);
        cluster.WaitForHolders(1);
    }

    [Fact]
    public async Task Impossible_change_is_refused_and_changes_nothing()
    {
        using var cluster = new Cluster(1);
        var old = cluster.Configuration(0, 200);
        await cluster.StartAsync(0, old);
        cluster.WaitFor(0, RouterState.Master);
        foreach (var (changed, id) in new[]
        {
            (old with { VirtualRouterId = 42 }, ErrorIds.InvalidConfiguration),
            (old with { InterfaceName = "eth1" }, ErrorIds.InvalidConfiguration),
            (old with { Version = VrrpVersion.V2, AdvertisementInterval = Interval.OneSecond }, ErrorIds.InvalidConfiguration),
            (old with { Priority = 256 }, ErrorIds.InvalidPriority),
        })
        {
            Assert.Equal(id, (await Assert.ThrowsAsync<VrrpException>(() => cluster.ApplyAsync(0, changed))).ErrorId);
        }

        Assert.Equal(old, Assert.Single(cluster.Engine(0).GetConfigurations()));
        Assert.Equal(RouterState.Master, cluster.State(0).State);
    }

    [Fact]
    public async Task Change_to_unicast_and_back_moves_the_advertisements()
    {
        using var cluster = new Cluster(2);
        var old = cluster.Configuration(0, 200);
        await cluster.StartAsync(0, old);
        cluster.WaitFor(0, RouterState.Master);
        using var tap = new WireTap(cluster.Network);
        await cluster.ApplyAsync(0, old with { UnicastPeers = [cluster.Network[1].IPv4] });
        _ = tap.WaitFor(static frame => frame.Kind == SeenKind.Advertisement && (frame.Bytes[0] & 1) == 0, "a unicast advertisement");
        int mark = tap.Count;
        await cluster.ApplyAsync(0, old);
        _ = tap.WaitFor(static frame => frame.Kind == SeenKind.Advertisement && (frame.Bytes[0] & 1) == 1, "a multicast advertisement", mark);
        Assert.Equal(2, cluster.State(0).TransitionCount);
    }

    [Fact]
    public async Task Change_while_waiting_for_an_interface_is_in_force_when_it_comes()
    {
        using var cluster = new Cluster(1);
        cluster.Network[0].SetLink(up: false);
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        await cluster.ApplyAsync(0, cluster.Configuration(0, 123));
        cluster.Network[0].SetLink(up: true);
        cluster.WaitFor(0, RouterState.Master);
        Assert.Equal(123, cluster.State(0).Priority);
    }
}
