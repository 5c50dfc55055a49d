using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Protocol.Tests.Election;

public sealed class FaultTests
{
    [Theory]
    [InlineData(FaultReasons.InterfaceDown, LastEvent.InterfaceDown)]
    [InlineData(FaultReasons.InterfaceMissing, LastEvent.InterfaceDown)]
    [InlineData(FaultReasons.NoPrimaryIPAddress, LastEvent.NoPrimaryIPAddress)]
    public void A_master_that_cannot_be_heard_releases_without_a_word(FaultReasons fault, LastEvent cause)
        => RouterHarness.Master().Do(Input.FaultsChanged(fault, cause)).Expect("release", $"Master->Fault {cause}")
            .After(60).ExpectNothing();

    [Theory]
    [InlineData(FaultReasons.VersionMismatch)]
    [InlineData(FaultReasons.NotOwner)]
    public void A_master_that_must_stop_at_once_resigns(FaultReasons fault)
        => RouterHarness.Master().Do(Input.FaultsChanged(fault, LastEvent.None)).Expect("release", "send 0", "Master->Fault None");

    [Theory]
    [InlineData(FaultReasons.Tracker, LastEvent.TrackerFault)]
    [InlineData(FaultReasons.TrackedInterfaceDown, LastEvent.InterfaceDown)]
    public void A_master_whose_addresses_still_work_hands_over(FaultReasons fault, LastEvent cause)
        => RouterHarness.Master().At(4).Do(Input.FaultsChanged(fault, cause)).Expect("send 0", $"Master->Leaving {cause}")
            .At(4.6).Hear(90).Do(Input.AddressAnnounced(0)).At(4.65).Expect("release 0", "report HandedOver", $"Leaving->Fault {cause}");

    [Theory]
    [InlineData(FaultReasons.Tracker)]
    [InlineData(FaultReasons.InterfaceDown)]
    public void A_backup_with_a_fault_never_takes_over(FaultReasons fault)
        => RouterHarness.Backup().Do(Input.FaultsChanged(fault, LastEvent.TrackerFault)).Expect("Backup->Fault TrackerFault")
            .Hear(0).At(100).ExpectNothing();

    [Fact]
    public void Without_a_successor_the_address_goes_all_the_same()
        => RouterHarness.Master().At(4).Do(Input.FaultsChanged(FaultReasons.Tracker, LastEvent.TrackerFault)).Forget()
            .At(9).Expect("send 0", "release", "report NoSuccessor", "Leaving->Fault TrackerFault");

    [Fact]
    public void A_fault_that_clears_before_anybody_took_over_leaves_the_role_here()
        => RouterHarness.Master().At(4).Do(Input.FaultsChanged(FaultReasons.Tracker, LastEvent.TrackerFault)).Forget()
            .At(5).Do(Input.FaultsChanged(FaultReasons.None, LastEvent.FaultCleared)).At(9)
            .Expect("send 0", "report NoSuccessor", "bind", "send 100", "announce", "Leaving->Master NoSuccessor");

    [Fact]
    public void A_fault_that_clears_after_a_successor_was_heard_ends_as_backup()
        => RouterHarness.Master().At(4).Do(Input.FaultsChanged(FaultReasons.Tracker, LastEvent.TrackerFault)).Forget()
            .At(4.6).Hear(90).Do(Input.FaultsChanged(FaultReasons.None, LastEvent.FaultCleared)).Do(Input.AddressAnnounced(0))
            .At(5).Expect("release 0", "report HandedOver", "Leaving->Backup FaultCleared");

    [Fact]
    public void A_fault_during_a_move_ends_in_fault()
        => RouterHarness.Master().At(4).Do(Input.HandOver()).Do(Input.FaultsChanged(FaultReasons.Tracker, LastEvent.TrackerFault)).Forget()
            .At(4.6).Hear(90).Do(Input.AddressAnnounced(0)).At(5).Expect("release 0", "report HandedOver", "Leaving->Fault TrackerFault");

    [Fact]
    public void A_fault_during_a_move_without_successor_does_not_keep_the_role()
        => RouterHarness.Master().At(4).Do(Input.HandOver()).Do(Input.FaultsChanged(FaultReasons.Tracker, LastEvent.TrackerFault)).Forget()
            .At(9).Expect("send 0", "release", "report NoSuccessor", "Leaving->Fault TrackerFault");

    [Fact]
    public void A_dead_interface_ends_a_hand_over_where_it_was_to_end()
        => RouterHarness.Master().At(4).Do(Input.Shutdown()).Forget().Do(Input.FaultsChanged(FaultReasons.InterfaceDown, LastEvent.InterfaceDown))
            .Expect("release", "report NoSuccessor", "Leaving->Initialize Shutdown");

    [Fact]
    public void A_dead_interface_turns_a_move_into_a_fault()
        => RouterHarness.Master().At(4).Do(Input.HandOver()).Forget().Do(Input.FaultsChanged(FaultReasons.InterfaceDown, LastEvent.InterfaceDown))
            .Expect("release", "Leaving->Fault InterfaceDown");

    [Fact]
    public void The_last_fault_to_clear_ends_the_fault()
        => RouterHarness.Backup().Do(Input.FaultsChanged(FaultReasons.Tracker | FaultReasons.InterfaceDown, LastEvent.InterfaceDown)).Forget()
            .Do(Input.FaultsChanged(FaultReasons.Tracker, LastEvent.InterfaceUp)).ExpectNothing()
            .At(10).Do(Input.FaultsChanged(FaultReasons.None, LastEvent.FaultCleared)).Expect("Fault->Backup FaultCleared").ExpectDeadline(13.609375);

    [Fact]
    public void A_recovered_owner_is_master_at_once()
        => RouterHarness.Master(new() { Priority = 255 }).Do(Input.FaultsChanged(FaultReasons.InterfaceDown, LastEvent.InterfaceDown)).Forget()
            .Do(Input.FaultsChanged(FaultReasons.None, LastEvent.InterfaceUp)).Expect("bind", "send 255", "announce", "Fault->Master InterfaceUp");

    [Fact]
    public void A_refused_takeover_was_never_a_takeover_and_is_tried_again_after_five_seconds()
    {
        // The caller drops what follows a refused bind, the transition included.
        var harness = RouterHarness.Backup().At(3.609375).Forget().Do(Input.BindFailed()).Expect("release", "Backup->Fault BindFailed");
        Assert.Equal(FaultReasons.BindFailed, harness.Router.Faults);
        harness.At(8.609).ExpectNothing().At(8.609375).Expect("Fault->Backup FaultCleared").ExpectDeadline(8.609375 + 3.609375);
    }

    [Fact]
    public void A_master_that_loses_an_address_for_good_resigns()
        => RouterHarness.Master().At(4).Do(Input.AddressRemoved(0)).Forget().Do(Input.BindFailed()).Expect("release", "send 0", "Master->Fault BindFailed");

    [Fact]
    public void A_master_that_cannot_send_releases_and_tries_again()
        => RouterHarness.Master().At(4).Do(Input.SendFailed()).Expect("release", "Master->Fault SendFailed")
            .At(8.9).ExpectNothing().At(9).Expect("Fault->Backup FaultCleared");

    [Fact]
    public void A_refusal_is_the_routers_own_to_clear()
        => RouterHarness.Master().At(4).Do(Input.SendFailed()).Forget().Do(Input.FaultsChanged(FaultReasons.None, LastEvent.InterfaceUp))
            .ExpectNothing().ExpectState(RouterState.Fault);

    [Fact]
    public void A_refusal_with_another_fault_waits_for_that_too()
        => RouterHarness.Master().At(4).Do(Input.SendFailed()).Do(Input.FaultsChanged(FaultReasons.Tracker, LastEvent.TrackerFault)).Forget()
            .At(20).ExpectNothing().Do(Input.FaultsChanged(FaultReasons.None, LastEvent.FaultCleared)).Expect("Fault->Backup FaultCleared");

    [Fact]
    public void A_leaving_master_that_cannot_send_still_ends()
        => RouterHarness.Master().At(4).Do(Input.Shutdown()).Do(Input.SendFailed())
            .Expect("send 0", "Master->Leaving Shutdown", "release", "report NoSuccessor", "Leaving->Initialize Shutdown");

    [Fact]
    public void A_router_in_fault_can_be_suspended_and_resumes_into_the_fault()
        => RouterHarness.Backup().Do(Input.FaultsChanged(FaultReasons.Tracker, LastEvent.TrackerFault)).Forget()
            .Do(Input.Suspend()).Expect("Fault->Suspended Suspended").Do(Input.Resume()).Expect("Suspended->Fault Resumed");

    [Fact]
    public void A_suspended_router_stays_suspended_whatever_fails_or_recovers()
        => RouterHarness.Backup().Do(Input.Suspend()).Forget().Do(Input.FaultsChanged(FaultReasons.Tracker, LastEvent.TrackerFault))
            .Do(Input.FaultsChanged(FaultReasons.None, LastEvent.FaultCleared)).ExpectNothing().ExpectState(RouterState.Suspended);

    [Fact]
    public void A_loser_with_a_fault_stops_serving()
        => RouterHarness.Master().At(4).Hear(200).Forget().Do(Input.FaultsChanged(FaultReasons.InterfaceDown, LastEvent.InterfaceDown))
            .Expect("release", "Backup->Fault InterfaceDown");

    [Fact]
    public void A_router_in_fault_ignores_the_segment()
        => RouterHarness.Backup().Do(Input.FaultsChanged(FaultReasons.Tracker, LastEvent.TrackerFault)).Forget()
            .Hear(1).Hear(0).Do(Input.AddressAnnounced(0)).Do(Input.AddressRemoved(0)).ExpectNothing();
}
