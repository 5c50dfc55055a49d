using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Protocol.Tests.Election;

/// <summary>RFC 9568 section 6.4.2.</summary>
public sealed class BackupTests
{
    [Fact]
    [Conformance("9568-6.4.2-6", Polarity.Required)]
    public void Shutdown_ends_in_initialize_without_a_word()
        => RouterHarness.Backup().After(1).Do(Input.Shutdown())
            .Expect("Backup->Initialize Shutdown").ExpectDeadline(double.PositiveInfinity);

    [Fact]
    [Conformance("9568-6.4.2-6", Polarity.Refused)]
    public void After_shutdown_the_down_timer_no_longer_fires()
        => RouterHarness.Backup().Do(Input.Shutdown()).Forget().At(100).ExpectNothing();

    [Fact]
    [Conformance("9568-6.4.2-7", Polarity.Required)]
    public void When_the_down_timer_fires_it_binds_advertises_announces()
        => RouterHarness.Backup().At(3.609375)
            .Expect("bind", "send 100", "announce", "Backup->Master MasterTimeout").ExpectDeadline(4.609375);

    [Fact]
    [Conformance("9568-6.4.2-7", Polarity.Refused)]
    [Conformance("9568-6.4.2-5", Polarity.Refused)]
    public void Before_the_down_timer_fires_nothing_is_bound_or_sent()
        => RouterHarness.Backup().At(3.609374).Tick(1_000_000).ExpectNothing().ExpectState(RouterState.Backup);

    [Fact]
    [Conformance("9568-6.4.2-8", Polarity.Required)]
    public void A_resignation_leaves_skew_time()
        => RouterHarness.Backup().At(1).Hear(0).ExpectNothing().ExpectDeadline(1.609375)
            .At(1.609375).Expect("bind", "send 100", "announce", "Backup->Master MasterResigned");

    [Fact]
    [Conformance("9568-6.4.2-8", Polarity.Refused)]
    public void A_resignation_does_not_make_a_backup_master_at_once()
        => RouterHarness.Backup().At(1).Hear(0).At(1.6).ExpectNothing();

    [Fact]
    public void A_repeated_resignation_does_not_put_the_takeover_off()
        => RouterHarness.Backup().At(1).Hear(0).At(1.3).Hear(0).At(1.6).Hear(0).ExpectDeadline(1.609375);

    [Fact]
    public void A_master_that_thinks_better_of_its_resignation_is_followed_and_may_resign_again()
        => RouterHarness.Backup().At(1).Hear(0).At(1.3).Hear(200).ExpectDeadline(4.909375).At(2).Hear(0).ExpectDeadline(2.609375);

    [Theory]
    [Conformance("9568-6.4.2-9", Polarity.Required)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(255)]
    public void An_equal_or_higher_priority_restarts_the_timer_at_the_masters_pace(byte priority)
    {
        var harness = RouterHarness.Backup().At(1).Hear(priority, RouterHarness.Lower, centiseconds: 50).ExpectNothing();
        Assert.Equal(new Interval(50), harness.Router.MasterInterval);
        Assert.Equal(priority, harness.Router.MasterPriority);
        Assert.Equal(InetAddress.Parse(RouterHarness.Lower), harness.Router.MasterAddress);
        harness.ExpectDeadline(1 + 1.5 + (0.5 * 156 / 256));
    }

    [Fact]
    [Conformance("9568-6.4.2-9", Polarity.Required)]
    public void Without_preemption_a_lower_priority_restarts_the_timer()
        => RouterHarness.Backup(new() { Preempt = false }).At(1).Hear(1).ExpectNothing().ExpectDeadline(4.609375);

    [Fact]
    [Conformance("9568-6.4.2-9", Polarity.Refused)]
    public void Without_preemption_a_living_lower_master_is_never_replaced()
    {
        var harness = RouterHarness.Backup(new() { Preempt = false });
        for (int second = 1; second < 100; second++)
        {
            harness.At(second).Hear(1);
        }

        harness.ExpectNothing().ExpectState(RouterState.Backup);
    }

    [Theory]
    [Conformance("9568-6.4.2-10", Polarity.Required)]
    [InlineData(1)]
    [InlineData(99)]
    public void With_preemption_a_lower_priority_is_discarded_and_the_timer_runs_on(byte priority)
    {
        var harness = RouterHarness.Backup().At(1).Hear(priority, RouterHarness.Lower, centiseconds: 4000).ExpectNothing().ExpectDeadline(3.609375);
        Assert.Equal(Interval.OneSecond, harness.Router.MasterInterval);
    }

    [Fact]
    [Conformance("9568-6.4.2-10", Polarity.Refused)]
    public void Lower_priorities_cannot_hold_the_takeover_up()
    {
        var harness = RouterHarness.Backup();
        for (double at = 0.5; at < 3.6; at += 0.1)
        {
            harness.At(at).Hear(99);
        }

        harness.At(3.609375).Expect("bind", "send 100", "announce", "Backup->Master LowerPriorityMaster");
        Assert.Equal(NewMasterReason.Preempted, harness.Router.NewMasterReason);
    }

    [Fact]
    [Conformance("9568-6.4.2-5", Polarity.Required)]
    public void A_removed_or_announced_address_is_no_business_of_a_backup()
        => RouterHarness.Backup().Do(Input.AddressRemoved(0)).Do(Input.AddressAnnounced(0)).At(3).ExpectNothing();

    [Fact]
    public void A_backup_ignores_an_advertisement_from_its_own_address()
        => RouterHarness.Backup().At(1).Hear(200, RouterHarness.Own).ExpectDeadline(3.609375);

    [Fact]
    public void A_lost_priority_gets_its_longer_skew_at_once()
        => RouterHarness.Backup().At(1).Do(Input.PriorityChanged(50)).ExpectDeadline(3 + (206 / 256.0));

    [Fact]
    public void A_gained_priority_gets_its_shorter_skew_but_never_a_deadline_in_the_past()
        => RouterHarness.Backup().At(3.5).Do(Input.PriorityChanged(254)).ExpectDeadline(3.5);

    [Fact]
    public void The_same_priority_again_changes_nothing()
        => RouterHarness.Backup().At(1).Do(Input.PriorityChanged(100)).ExpectNothing().ExpectDeadline(3.609375);

    [Fact]
    [Conformance("9568-8.3.2-2", Polarity.Required)]
    public void A_waiting_owner_that_hears_another_owner_says_so()
        => new RouterHarness(new() { Priority = 255, StartupDelay = RouterHarness.Ns(5) }).Do(Input.Startup()).Forget()
            .Hear(255).Expect("report TwoOwners");

    [Fact]
    public void A_backup_that_stood_still_hears_first_and_stays_backup()
        => RouterHarness.Backup().StandStillUntil(60).Hear(200).Tick().ExpectNothing().ExpectDeadline(63.609375);

    [Fact]
    public void A_backup_that_stood_still_and_heard_nothing_takes_over()
        => RouterHarness.Backup().StandStillUntil(60).Tick().Expect("bind", "send 100", "announce", "Backup->Master MasterTimeout");

    [Fact]
    public void Input_meant_for_others_is_ignored()
        => RouterHarness.Backup().Do(Input.HandOver()).Do(Input.LeaseRenewed()).Do(Input.Resume()).Do(Input.Startup())
            .ExpectNothing().ExpectDeadline(3.609375);

    [Fact]
    public void Who_resigned_stays_the_reason_although_a_lower_router_speaks_meanwhile()
    {
        var harness = RouterHarness.Backup().Hear(0);
        var resigned = harness.Router.MasterAddress;
        harness.Hear(50, RouterHarness.Lower).Hear(0, RouterHarness.Lower);
        Assert.Equal(resigned, harness.Router.MasterAddress);
        harness.After(1);
        Assert.Equal(LastEvent.MasterResigned, harness.Router.LastEvent);
    }
}
