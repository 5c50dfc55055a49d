using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Protocol.Tests.Election;

/// <summary>Moving the role away and holding back. The harness's Master took over at 3.609375 s; at 4 s it is moved.</summary>
public sealed class HandOverTests
{
    [Fact]
    public void With_a_successor_the_router_is_a_held_backup()
    {
        var harness = Moved().At(4.6).Hear(90).Do(Input.AddressAnnounced(0)).At(4.65)
            .Expect("release 0", "report HandedOver", "Leaving->Backup HandOver").ExpectDeadline(8.259375);
        Assert.True(harness.Router.Held);
    }

    [Fact]
    public void Without_a_successor_it_remains_master_and_says_so()
    {
        var harness = Moved().At(9).Expect("send 0", "report NoSuccessor", "bind", "send 100", "announce", "Leaving->Master NoSuccessor");
        Assert.False(harness.Router.Held);
    }

    [Fact]
    public void A_held_router_does_not_preempt()
    {
        var harness = Held();
        for (int i = 0; i < 100; i++)
        {
            harness.After(1).Hear(90);
        }

        harness.ExpectNothing();
    }

    [Fact]
    public void A_held_owner_does_not_preempt_either()
    {
        var harness = Held(new() { Priority = 255 });
        for (int i = 0; i < 100; i++)
        {
            harness.After(1).Hear(90);
        }

        harness.ExpectNothing();
    }

    [Fact]
    public void A_held_router_still_takes_over_from_a_dead_master_and_the_hold_ends()
    {
        var harness = Held().At(8).Expect("bind", "send 100", "announce", "Backup->Master MasterTimeout");
        Assert.False(harness.Router.Held);
    }

    [Fact]
    public void Resume_ends_the_hold()
    {
        var harness = Held().Do(Input.Resume()).ExpectNothing();
        for (int i = 0; i < 4; i++)
        {
            harness.After(1).Hear(90);
        }

        harness.ExpectState(RouterState.Master);
    }

    [Fact]
    public void The_hold_ends_by_itself()
    {
        var harness = Held(hold: 10);
        for (int i = 0; i < 9; i++)
        {
            harness.After(1).Hear(90);
        }

        harness.After(1).Expect("report HoldEnded");
        Assert.False(harness.Router.Held);
    }

    [Fact]
    public void A_start_ends_the_hold()
    {
        var harness = Held().Do(Input.Shutdown()).Do(Input.Startup());
        Assert.False(harness.Router.Held);
    }

    [Fact]
    public void A_held_owner_that_recovers_from_a_fault_is_backup()
        => Held(new() { Priority = 255 }).Do(Input.FaultsChanged(FaultReasons.InterfaceDown, LastEvent.InterfaceDown)).Forget()
            .Do(Input.FaultsChanged(FaultReasons.None, LastEvent.InterfaceUp)).Expect("Fault->Backup InterfaceUp");

    [Fact]
    public void The_old_master_waits_at_the_successors_pace()
        => RouterHarness.Master(new() { AdvertisementInterval = new Interval(10) }).Do(Input.HandOver())
            .After(0.06).Hear(90, centiseconds: 400).Do(Input.AddressAnnounced(0)).Forget().After(3.9).ExpectState(RouterState.Backup)
            .Hear(90, centiseconds: 400).After(14).ExpectState(RouterState.Backup);

    [Fact]
    public void Suspend_during_a_move_ends_suspended()
        => Moved().Do(Input.Suspend()).At(4.6).Hear(90).Do(Input.AddressAnnounced(0)).At(5)
            .Expect("release 0", "report HandedOver", "Leaving->Suspended Suspended");

    [Fact]
    public void Only_a_master_can_hand_over()
        => RouterHarness.Backup().Do(Input.HandOver()).ExpectNothing().ExpectState(RouterState.Backup);

    private static RouterHarness Moved(RouterParameters? parameters = null, double hold = 0)
    {
        var harness = RouterHarness.Master(parameters).At(4).Forget();
        return harness.Do(Input.HandOver(hold: RouterHarness.Ns(hold))).Expect("send 0", "Master->Leaving HandOver");
    }

    private static RouterHarness Held(RouterParameters? parameters = null, double hold = 0)
        => Moved(parameters, hold: hold).Hear(90).Do(Input.AddressAnnounced(0)).After(0.05).ExpectState(RouterState.Backup)
            .Forget().At(hold == 0 ? 5 : 4.06);
}
