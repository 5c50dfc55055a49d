using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Protocol.Tests.Election;

/// <summary>The harness's Master took over at 3.609375 s with a lease of 2 s and an interval of 1 s.</summary>
public sealed class LeaseTests
{
    private const double Since = 3.609375;
    private static readonly RouterParameters _leased = new() { Lease = RouterHarness.Ns(2) };

    [Fact]
    public void The_lease_is_renewed_after_the_advertisement_it_belongs_to()
        => RouterHarness.Master(_leased).At(Since + 1).Expect("send 100", "renew");

    [Fact]
    public void Without_lease_nothing_is_renewed()
        => RouterHarness.Master().At(Since + 1).Expect("send 100");

    [Fact]
    public void A_backup_renews_nothing()
        => RouterHarness.Master(_leased).Hear(200).Forget().After(3).Expect("release");

    [Fact]
    public void A_lease_much_shorter_than_the_interval_is_renewed_in_between()
    {
        var harness = RouterHarness.Master(new() { Lease = RouterHarness.Ns(2), AdvertisementInterval = new Interval(400) });
        double since = harness.Seconds;
        for (int second = 1; second < 4; second++)
        {
            harness.At(since + second).Expect("renew").Do(Input.LeaseRenewed());
        }

        harness.At(since + 4).Expect("send 100", "renew");
    }

    [Fact]
    public void A_renewal_that_is_never_confirmed_is_not_asked_for_in_a_loop()
    {
        var harness = RouterHarness.Master(new() { Lease = RouterHarness.Ns(10), AdvertisementInterval = new Interval(4000) });
        Assert.Equal(["renew"], harness.After(5.5).Log);
    }

    [Fact]
    public void The_default_lease_is_never_renewed_between_advertisements()
    {
        // A renewal late in an interval would let the lease outlive the takeover after a freeze.
        var harness = RouterHarness.Master(_leased).At(Since + 0.9).Do(Input.LeaseRenewed());
        harness.At(Since + 1).Expect("send 100", "renew").Do(Input.LeaseRenewed()).At(Since + 1.999).ExpectNothing();
    }

    [Fact]
    public void A_master_that_kept_its_role_renews_with_its_advertisements_again()
    {
        var harness = RouterHarness.Master(_leased).At(4).Do(Input.HandOver(handoverLimit: RouterHarness.Ns(0.5))).At(4.5).ExpectState(RouterState.Master);
        harness.Forget().At(5.5).Expect("send 100", "renew");
    }

    [Fact]
    public void Short_intervals_renew_once_a_second_and_not_with_every_advertisement()
    {
        var harness = RouterHarness.Master(new() { Lease = RouterHarness.Ns(2), AdvertisementInterval = new Interval(10) });
        int renewals = 0;
        for (int i = 0; i < 100; i++)
        {
            harness.After(0.1);
            bool renewed = harness.Log.Contains("renew");
            renewals += renewed ? 1 : 0;
            harness.Forget();
            if (renewed)
            {
                harness.Do(Input.LeaseRenewed());
            }
        }

        Assert.InRange(renewals, 9, 11);
    }

    [Fact]
    public void After_a_suspend_the_router_listens_before_it_speaks()
        => RouterHarness.Master(_leased).At(Since + 0.5).Do(Input.Slept(RouterHarness.Ns(60))).Tick().Expect("release", "Master->Backup LeaseLost");

    [Fact]
    public void A_short_suspend_within_the_lease_changes_nothing()
        => RouterHarness.Master(_leased).At(Since + 0.5).Do(Input.Slept(RouterHarness.Ns(0.1))).Tick().Expect("send 100", "renew");

    [Fact]
    public void A_stall_shorter_than_the_lease_changes_nothing()
        => RouterHarness.Master(_leased).StandStillUntil(Since + 1.9).Tick().Expect("send 100", "renew", "report NearMiss");

    [Fact]
    public void A_stall_beyond_the_lease_is_no_outage()
    {
        var harness = RouterHarness.Master(_leased).StandStillUntil(Since + 2).Tick().Expect("bind", "send 100", "announce", "report LeaseRecovered");
        Assert.Equal(new Instant(RouterHarness.Ns(Since + 4)), harness.Router.LeaseEnds);
    }

    [Fact]
    public void A_stall_that_no_backup_has_used_to_take_over_is_no_outage()
        => RouterHarness.Master(_leased).StandStillUntil(Since + 3.99).Tick().Expect("bind", "send 100", "announce", "report LeaseRecovered");

    [Fact]
    public void A_stall_in_which_every_backup_could_take_over_ends_in_listening()
        => RouterHarness.Master(_leased).StandStillUntil(Since + 4).Tick().Expect("release", "Master->Backup LeaseLost")
            .ExpectDeadline(Since + 7.609375).At(Since + 7.609375).Expect("bind", "send 100", "announce", "Backup->Master MasterTimeout");

    [Fact]
    public void After_a_suspend_of_three_intervals_nobody_heard_means_nothing()
        => RouterHarness.Master(_leased).At(Since + 0.5).Do(Input.Slept(RouterHarness.Ns(2.5))).Tick().Expect("release", "Master->Backup LeaseLost");

    [Fact]
    public void A_suspend_before_the_last_advertisement_is_over()
        => RouterHarness.Master(_leased).At(Since + 0.5).Do(Input.Slept(RouterHarness.Ns(0.1))).Tick().Expect("send 100", "renew")
            .StandStillUntil(Since + 0.5 + 3.5).Tick().Expect("bind", "send 100", "announce", "report LeaseRecovered");

    [Fact]
    public void After_the_lease_a_better_master_was_heard_ends_in_silence()
        => RouterHarness.Master(_leased).StandStillUntil(Since + 2.5).Hear(200).Tick().Expect("release", "Master->Backup LeaseLost");

    [Fact]
    public void After_the_lease_a_lower_master_keeps_the_role_until_it_is_preempted()
        => RouterHarness.Master(_leased).StandStillUntil(Since + 2.5).Hear(50, RouterHarness.Lower).Tick()
            .Expect("release", "Master->Backup LeaseLost").ExpectDeadline(Since + 2.5 + 3.609375);

    [Fact]
    public void After_the_lease_a_resignation_does_not_make_it_advertise_what_it_does_not_have()
        => RouterHarness.Master(_leased).StandStillUntil(Since + 2.5).Hear(0).Expect("bind", "send 100", "announce", "report LeaseRecovered");

    [Fact]
    public void After_a_long_stall_a_resignation_is_listened_to_first()
        => RouterHarness.Master(_leased).StandStillUntil(Since + 10).Hear(0).Expect("release", "Master->Backup LeaseLost");

    [Fact]
    public void An_address_that_expired_is_treated_as_the_lost_lease_it_is()
        => RouterHarness.Master(_leased).StandStillUntil(Since + 10).Do(Input.AddressRemoved(0)).Expect("release", "Master->Backup LeaseLost");

    [Fact]
    public void A_confirmed_renewal_starts_the_lease_over()
    {
        var harness = RouterHarness.Master(_leased).At(5).Do(Input.LeaseRenewed());
        Assert.Equal(new Instant(RouterHarness.Ns(7)), harness.Router.LeaseEnds);
    }

    [Fact]
    public void Nobody_but_a_serving_router_has_a_lease()
        => Assert.Equal(Instant.Never, RouterHarness.Backup(_leased).Do(Input.LeaseRenewed()).Router.LeaseEnds);

    [Fact]
    public void The_loser_has_its_lease_until_it_released()
    {
        var harness = RouterHarness.Master(_leased).Hear(200);
        Assert.True(harness.Router.Serves);
        Assert.NotEqual(Instant.Never, harness.Router.LeaseEnds);
        Assert.False(harness.After(1).Router.Serves);
        Assert.Equal(Instant.Never, harness.Router.LeaseEnds);
    }
}
