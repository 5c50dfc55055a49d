using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Protocol.Tests.Election;

/// <summary>The members of a sync group, one rule at a time.</summary>
public sealed class SyncGroupTests
{
    private static readonly RouterParameters s_parameters = new() { Priority = 100 };

    [Fact]
    public void A_member_waits_for_the_others_and_takes_over_with_them()
    {
        var (group, a, b) = Pair();
        b.Hear(200);
        a.At(10).ExpectState(RouterState.Backup);
        b.StandStillUntil(10);
        Assert.True(a.Router.WaitsForGroup);
        Assert.Equal(double.PositiveInfinity, a.NextDeadline);
        Assert.False(group.TryNext(a.Now, out _));

        b.At(20);
        a.At(20);
        Settle(group, a, b);
        a.ExpectState(RouterState.Master);
        b.ExpectState(RouterState.Master);
        Assert.Equal(LastEvent.MasterTimeout, b.Router.LastEvent);
    }

    [Fact]
    public void A_better_master_ends_the_wait()
    {
        var (group, a, b) = Pair();
        a.At(10).Hear(200);
        b.At(10);
        Settle(group, a, b);
        a.ExpectState(RouterState.Backup);
        b.ExpectState(RouterState.Backup);
        Assert.True(b.Router.WaitsForGroup);
        Assert.False(a.Router.WaitsForGroup);
    }

    [Fact]
    public void A_fault_takes_all_out_and_only_own_faults_count()
    {
        var (group, a, b) = Masters();
        a.Do(Input.FaultsChanged(FaultReasons.InterfaceDown, LastEvent.InterfaceDown));
        b.Do(Input.FaultsChanged(FaultReasons.Tracker, LastEvent.TrackerFault));
        Settle(group, a, b);
        Assert.Equal(FaultReasons.InterfaceDown | FaultReasons.SyncGroup, a.Router.Faults);
        Assert.Equal(FaultReasons.Tracker | FaultReasons.SyncGroup, b.Router.Faults);
        Assert.Equal((1, 0), (group.HolderOf(0), group.HolderOf(1)));

        a.Do(Input.FaultsChanged(FaultReasons.None, LastEvent.InterfaceUp));
        Settle(group, a, b);
        a.ExpectState(RouterState.Fault);
        b.Do(Input.FaultsChanged(FaultReasons.None, LastEvent.FaultCleared));
        Settle(group, a, b);
        Assert.Equal((FaultReasons.None, FaultReasons.None), (a.Router.Faults, b.Router.Faults));
        a.ExpectState(RouterState.Backup);
    }

    [Fact]
    public void Losing_one_role_gives_the_other_away()
    {
        var (group, a, b) = Masters();
        a.Hear(250).ExpectState(RouterState.Backup);
        Settle(group, a, b);
        b.ExpectState(RouterState.Leaving);
        Assert.Equal(LastEvent.SyncGroup, b.Router.LastEvent);
        Assert.False(b.Router.Held);
    }

    [Fact]
    public void A_move_moves_and_holds_all_and_releasing_one_releases_all()
    {
        var (group, a, b) = Masters();
        a.Do(Input.HandOver(RouterHarness.Ns(60)));
        Settle(group, a, b);
        b.ExpectState(RouterState.Leaving);
        Assert.True(b.Router.Held);

        a.Hear(90).Do(Input.AddressAnnounced(0)).After(1).ExpectState(RouterState.Backup);
        b.Hear(90).Do(Input.AddressAnnounced(0)).After(1).ExpectState(RouterState.Backup);
        Settle(group, a, b);
        b.Do(Input.Resume());
        Settle(group, a, b);
        Assert.False(a.Router.Held);
    }

    [Fact]
    public void Leaving_the_group_frees_the_member()
    {
        var (group, a, b) = Pair();
        b.Do(Input.FaultsChanged(FaultReasons.InterfaceDown, LastEvent.InterfaceDown));
        Settle(group, a, b);
        a.ExpectState(RouterState.Fault);
        group.Remove(a.Router);
        a.Do(Input.GroupChanged(isMember: false)).ExpectState(RouterState.Backup).After(4).ExpectState(RouterState.Master);
        Assert.Equal(1, group.Count);
    }

    [Fact]
    public void An_owner_waits_for_its_group_only()
    {
        var (group, a, b) = Pair(new RouterParameters { Priority = 255 });
        a.At(0);
        b.At(0);
        Settle(group, a, b);
        a.ExpectState(RouterState.Master);
        b.ExpectState(RouterState.Master);
    }

    private static (SyncGroup Group, RouterHarness A, RouterHarness B) Pair(RouterParameters? parameters = null)
    {
        var group = new SyncGroup();
        RouterHarness[] both = [new(parameters ?? s_parameters), new(parameters ?? s_parameters)];
        foreach (var harness in both)
        {
            group.Add(harness.Router);
            harness.Do(Input.GroupChanged(isMember: true)).Do(Input.Startup());
        }

        return (group, both[0], both[1]);
    }

    private static (SyncGroup Group, RouterHarness A, RouterHarness B) Masters()
    {
        var (group, a, b) = Pair();
        a.At(5);
        b.At(5);
        Settle(group, a, b);
        a.ExpectState(RouterState.Master);
        b.ExpectState(RouterState.Master);
        return (group, a, b);
    }

    private static void Settle(SyncGroup group, RouterHarness a, RouterHarness b)
    {
        for (int guard = 0; group.TryNext(Instant.Max(a.Now, b.Now), out var advice); guard++)
        {
            Assert.True(guard < 20, $"never settles: {advice}");
            (advice.Member == 0 ? a : b).Do(advice.Input);
        }
    }
}
