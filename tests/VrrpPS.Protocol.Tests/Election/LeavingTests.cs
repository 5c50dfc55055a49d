using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Protocol.Tests.Election;

/// <summary>Hand-over: make before break. The harness's Master took over at 3.609375 s; at 4 s it is told to leave.</summary>
public sealed class LeavingTests
{
    private static readonly RouterParameters _two = new() { AddressCount = 2 };

    [Fact]
    [Conformance("9568-6.4.3-8", Polarity.Required)]
    [Conformance("9568-5.2.4-2", Polarity.Required)]
    public void Shutdown_resigns_and_ends_in_initialize()
        => Leaving().At(60).Expect("send 0", "release", "report NoSuccessor", "Leaving->Initialize Shutdown")
            .ExpectDeadline(double.PositiveInfinity);

    [Fact]
    [Conformance("9568-6.4.3-8", Polarity.Refused)]
    [Conformance("9568-5.2.4-2", Polarity.Refused)]
    public void A_leaving_master_advertises_nothing_but_its_resignation_and_answers_nothing()
    {
        var harness = Leaving();
        for (int i = 0; i < 40; i++)
        {
            harness.After(0.1).Hear(50, RouterHarness.Lower).Hear(0, RouterHarness.Lower);
        }

        Assert.DoesNotContain(harness.Log, text => text.StartsWith("send", StringComparison.Ordinal) || text.StartsWith("announce", StringComparison.Ordinal));
    }

    [Fact]
    public void It_resigns_once_more_after_twice_the_greatest_skew_when_nobody_is_heard()
        => Leaving().At(4 + (2 * 255 / 256.0) - 0.001).ExpectNothing().At(6).Expect("send 0").At(8.9).ExpectNothing();

    [Fact]
    public void It_does_not_resign_again_once_a_successor_is_heard()
        => Leaving().At(4.6).Hear(90).At(8.9).ExpectNothing().At(9).Expect("release", "report HandedOver", "Leaving->Initialize Shutdown");

    [Fact]
    public void Who_leaves_says_who_has_taken_over()
        => Assert.Equal(["", RouterHarness.Own, RouterHarness.Own, RouterHarness.Higher], Leaving().At(4.6).Hear(90).At(9).Masters);

    [Fact]
    public void Who_leaves_to_nobody_is_Master_until_the_end_and_names_nobody_then()
        => Assert.Equal(["", RouterHarness.Own, RouterHarness.Own, ""], Leaving().At(60).Masters);

    [Fact]
    public void Who_leaves_at_once_was_Master_until_then()
        => Assert.Equal(["", RouterHarness.Own, RouterHarness.Own, ""], RouterHarness.Master().At(4).Do(Input.Shutdown(force: true)).Masters);

    [Fact]
    public void Each_address_is_released_a_little_after_its_announcement()
        => Leaving(_two).At(4.6).Hear(90).Do(Input.AddressAnnounced(1)).At(4.61).Do(Input.AddressAnnounced(0)).ExpectNothing()
            .At(4.649).ExpectNothing().At(4.65).Expect("release 1")
            .At(4.66).Expect("release 0", "report HandedOver", "Leaving->Initialize Shutdown");

    [Fact]
    public void An_announcement_heard_twice_releases_once()
        => Leaving(_two).At(4.6).Do(Input.AddressAnnounced(1)).Do(Input.AddressAnnounced(1)).At(4.7).Do(Input.AddressAnnounced(1)).At(5)
            .Expect("release 1");

    [Fact]
    public void An_announcement_of_an_unknown_address_is_ignored()
        => Leaving(_two).Do(Input.AddressAnnounced(2)).Do(Input.AddressAnnounced(-1)).At(5).ExpectNothing();

    [Fact]
    public void The_first_advertisement_of_the_successor_releases_nothing()
        => Leaving().At(4.6).Hear(90).At(5.59).ExpectNothing().ExpectState(RouterState.Leaving);

    [Fact]
    public void The_second_advertisement_releases_one_interval_later()
        => Leaving().At(4.6).Hear(90).At(5.6).Hear(90).At(6.59).ExpectNothing()
            .At(6.6).Expect("release", "report HandedOver", "Leaving->Initialize Shutdown");

    [Fact]
    public void Advertisements_of_different_routers_do_not_add_up()
        => Leaving().At(4.6).Hear(90, RouterHarness.Lower).At(4.7).Hear(95).At(8.9).ExpectNothing();

    [Fact]
    public void Neither_another_resignation_nor_a_foreign_cluster_is_a_successor()
        => Leaving().At(4.6).Hear(0).Hear(200, sharesAddress: false).Hear(200, sharesAddress: false).At(9)
            .Expect("send 0", "release", "report NoSuccessor", "Leaving->Initialize Shutdown");

    [Fact]
    public void The_limit_of_the_caller_counts()
        => RouterHarness.Master().At(4).Do(Input.Shutdown(handoverLimit: RouterHarness.Ns(0.5))).Forget().At(4.499).ExpectNothing()
            .At(4.5).Expect("release", "report NoSuccessor", "Leaving->Initialize Shutdown");

    [Fact]
    public void A_second_shutdown_may_shorten_the_limit_but_not_extend_it()
        => Leaving().Do(Input.Shutdown(handoverLimit: RouterHarness.Ns(100))).Do(Input.Shutdown(handoverLimit: RouterHarness.Ns(0.5))).Forget()
            .At(4.5).Expect("release", "report NoSuccessor", "Leaving->Initialize Shutdown");

    [Fact]
    public void Force_skips_the_hand_over()
        => RouterHarness.Master().At(4).Do(Input.Shutdown(force: true))
            .Expect("send 0", "Master->Leaving Shutdown", "release", "report NoSuccessor", "Leaving->Initialize Shutdown");

    [Fact]
    public void Force_ends_a_hand_over_under_way()
        => Leaving().At(4.2).Do(Input.Shutdown(force: true)).Expect("release", "report NoSuccessor", "Leaving->Initialize Shutdown");

    [Fact]
    public void A_suspended_master_hands_over_and_never_comes_back_by_itself()
        => RouterHarness.Master().At(4).Do(Input.Suspend()).Expect("send 0", "Master->Leaving Suspended")
            .At(4.6).Hear(90).Do(Input.AddressAnnounced(0)).At(5).Expect("release 0", "report HandedOver", "Leaving->Suspended Suspended")
            .At(1000).Hear(0).Do(Input.Startup()).At(2000).ExpectNothing();

    [Fact]
    public void Resume_makes_a_suspended_router_backup()
        => RouterHarness.Backup().Do(Input.Suspend()).Expect("Backup->Suspended Suspended").At(100)
            .Do(Input.Resume()).Expect("Suspended->Backup Resumed").ExpectDeadline(103.609375);

    [Fact]
    public void Resume_makes_a_suspended_owner_master()
        => RouterHarness.Master(new() { Priority = 255 }).Do(Input.Suspend(force: true)).Forget()
            .Do(Input.Resume()).Expect("bind", "send 255", "announce", "Suspended->Master Resumed");

    [Fact]
    public void Resume_during_the_hand_over_ends_as_backup_of_the_successor()
        => RouterHarness.Master().At(4).Do(Input.Suspend()).At(4.1).Do(Input.Resume()).Forget()
            .At(4.6).Hear(90).Do(Input.AddressAnnounced(0)).At(5).Expect("release 0", "report HandedOver", "Leaving->Backup Resumed");

    [Fact]
    public void Resume_during_a_hand_over_that_nobody_takes_keeps_the_role()
        => RouterHarness.Master().At(4).Do(Input.Suspend()).At(4.1).Do(Input.Resume()).Forget()
            .At(9).Expect("send 0", "report NoSuccessor", "bind", "send 100", "announce", "Leaving->Master NoSuccessor");

    [Fact]
    public void Shutdown_during_a_suspension_ends_in_initialize()
        => RouterHarness.Master().At(4).Do(Input.Suspend()).Do(Input.Shutdown()).Do(Input.Suspend()).Forget().At(60)
            .Expect("send 0", "release", "report NoSuccessor", "Leaving->Initialize Shutdown");

    [Fact]
    public void A_suspended_router_can_be_shut_down()
        => RouterHarness.Backup().Do(Input.Suspend()).Forget().Do(Input.Shutdown()).Expect("Suspended->Initialize Shutdown");

    [Fact]
    public void A_leaving_master_renews_its_lease()
        => RouterHarness.Master(new() { Lease = RouterHarness.Ns(2) }).At(4).Do(Input.Shutdown()).Forget()
            .At(4.609375).Expect("renew").Do(Input.LeaseRenewed()).At(5.609375).Expect("renew");

    [Fact]
    public void A_leaving_master_that_stood_still_beyond_its_lease_ends_there()
        => RouterHarness.Master(new() { Lease = RouterHarness.Ns(2) }).At(4).Do(Input.Shutdown()).Forget().StandStillUntil(5.7).Tick()
            .Expect("release", "report NoSuccessor", "Leaving->Initialize Shutdown");

    [Fact]
    public void An_address_removed_while_leaving_is_put_back_until_the_successor_announces_it()
        => Leaving(_two).Do(Input.AddressRemoved(0)).Expect("bind 0", "announce 0", "report AddressRestored")
            .At(4.6).Hear(90).Do(Input.AddressRemoved(0)).Expect("bind 0", "report AddressRestored")
            .Do(Input.AddressAnnounced(0)).Do(Input.AddressRemoved(0)).ExpectNothing()
            .At(4.7).Expect("release 0").Do(Input.AddressRemoved(0)).ExpectNothing();

    [Fact]
    public void An_expired_address_ends_the_leaving()
        => RouterHarness.Master(new() { Lease = RouterHarness.Ns(2) }).At(4).Do(Input.Shutdown()).Forget()
            .StandStillUntil(5.7).Do(Input.AddressRemoved(0)).Expect("release", "report NoSuccessor", "Leaving->Initialize Shutdown");

    [Fact]
    public void A_leaving_router_does_not_start_again_by_itself()
        => Leaving().Do(Input.Startup()).Do(Input.HandOver()).ExpectNothing().ExpectState(RouterState.Leaving);

    private static RouterHarness Leaving(RouterParameters? parameters = null)
        => RouterHarness.Master(parameters).At(4).Do(Input.Shutdown()).Expect("send 0", "Master->Leaving Shutdown");
}
