using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Protocol.Tests.Election;

/// <summary>RFC 9568 section 6.4.3. The harness's Master took over at 3.609375 s.</summary>
public sealed class MasterTests
{
    private const double Since = 3.609375;

    [Fact]
    [Conformance("9568-6.4.3-9", Polarity.Required)]
    public void A_master_advertises_every_interval_from_its_takeover()
        => Assert.Equal([4.609375, 5.609375, 6.609375], RouterHarness.Master().At(7).Sent);

    [Fact]
    [Conformance("9568-6.4.3-9", Polarity.Refused)]
    public void A_master_does_not_advertise_between()
        => RouterHarness.Master().At(4.609374).Tick().ExpectNothing();

    [Fact]
    public void Slack_sends_early_and_counts_from_the_deadline()
    {
        var harness = RouterHarness.Master().At(4.6085).Tick(slack: 2_000_000).Expect("send 100");
        harness.ExpectDeadline(5.609375).Tick(slack: 2_000_000).ExpectNothing();
    }

    [Fact]
    public void Slack_is_bounded_by_a_twentieth_of_the_interval()
    {
        var harness = RouterHarness.Master(new() { AdvertisementInterval = new Interval(1) });
        double since = harness.Seconds;
        harness.At(since + 0.0094).Tick(slack: 2_000_000).ExpectNothing().At(since + 0.0096).Tick(slack: 2_000_000).Expect("send 100");
    }

    [Fact]
    public void A_late_send_does_not_shift_the_following_ones()
        => RouterHarness.Master().StandStillUntil(4.7).Tick().Expect("send 100").ExpectDeadline(5.609375);

    [Fact]
    [Conformance("9568-2.5-1", Polarity.Required)]
    public void Lateness_of_more_than_half_an_interval_is_reported()
        => RouterHarness.Master().StandStillUntil(5.11).Tick().Expect("send 100", "report NearMiss");

    [Fact]
    [Conformance("9568-2.5-1", Polarity.Refused)]
    public void Lateness_of_half_an_interval_is_not()
        => RouterHarness.Master().StandStillUntil(5.1).Tick().Expect("send 100");

    [Fact]
    public void After_missing_several_the_master_sends_one_and_starts_over()
        => RouterHarness.Master().StandStillUntil(6.5).Tick().Expect("send 100", "report NearMiss").ExpectDeadline(7.5);

    [Fact]
    [Conformance("9568-6.4.3-10", Polarity.Required)]
    public void A_resignation_is_answered_at_once_and_the_timer_starts_over()
        => RouterHarness.Master().At(4.2).Hear(0).Expect("send 100").ExpectDeadline(5.2);

    [Fact]
    [Conformance("9568-6.4.3-10", Polarity.Refused)]
    public void A_resignation_does_not_make_a_master_yield()
        => RouterHarness.Master().At(4.2).Hear(0).ExpectState(RouterState.Master);

    [Fact]
    public void A_resignation_heard_too_soon_after_an_answer_is_answered_later_not_never()
        => RouterHarness.Master().At(4.2).Hear(0).Forget().At(4.201).Hear(0).ExpectNothing().ExpectDeadline(4.3)
            .At(4.29).Hear(0).ExpectNothing().At(4.3).Expect("send 100").ExpectDeadline(5.3);

    [Theory]
    [Conformance("9568-6.4.3-11", Polarity.Required)]
    [InlineData(101, RouterHarness.Lower)]
    [InlineData(255, RouterHarness.Lower)]
    [InlineData(100, RouterHarness.Higher)]
    public void A_better_router_makes_a_master_backup_at_the_winners_pace(byte priority, string from)
    {
        var harness = RouterHarness.Master().At(4).Hear(priority, from, centiseconds: 200)
            .Expect("Master->Backup HigherPriorityBackup");
        Assert.Equal(new Interval(200), harness.Router.MasterInterval);
        Assert.Equal(InetAddress.Parse(from), harness.Router.MasterAddress);
        Assert.Equal(priority, harness.Router.MasterPriority);
        harness.At(5).Expect("release").ExpectDeadline(4 + 6 + 1.21875);
    }

    [Theory]
    [Conformance("9568-6.4.3-11", Polarity.Refused)]
    [InlineData(100, RouterHarness.Lower)]
    [InlineData(99, RouterHarness.Higher)]
    public void A_router_that_loses_does_not_make_a_master_yield(byte priority, string from)
        => RouterHarness.Master().At(4).Hear(priority, from).ExpectState(RouterState.Master);

    [Fact]
    public void Addresses_compare_unsigned_in_network_order()
        => RouterHarness.Master().Hear(100, "192.0.2.1").ExpectState(RouterState.Backup);

    [Fact]
    public void Ipv6_link_locals_break_ties_too()
    {
        var harness = new RouterHarness(new() { Priority = 255 }, own: "fe80::5").Do(Input.Startup());
        harness.Hear(255, "fe80::4").ExpectState(RouterState.Master);
        harness.Hear(255, "fe80:0:0:1::1").ExpectState(RouterState.Backup);
    }

    [Fact]
    [Conformance("9568-6.4.3-12", Polarity.Required)]
    public void A_losing_advertisement_is_answered_and_the_addresses_announced_again()
        => RouterHarness.Master().At(4).Hear(50, RouterHarness.Lower).Expect("send 100", "announce").ExpectDeadline(4.609375);

    [Fact]
    [Conformance("9568-6.4.3-12", Polarity.Refused)]
    public void Our_own_address_is_never_answered()
        => RouterHarness.Master().At(4).Hear(50, RouterHarness.Own).Hear(100, RouterHarness.Own).Hear(0, RouterHarness.Own).Hear(200, RouterHarness.Own)
            .ExpectNothing().ExpectState(RouterState.Master);

    [Fact]
    [Conformance("9568-6.4.3-12", Polarity.Refused)]
    public void A_storm_of_losing_advertisements_is_answered_ten_times_a_second_at_most()
    {
        var harness = RouterHarness.Master();
        for (int i = 0; i < 10_000; i++)
        {
            harness.After(0.0001).Hear(50, RouterHarness.Lower);
        }

        Assert.InRange(harness.Sent.Count, 10, 11);
    }

    [Fact]
    public void At_a_short_interval_answers_keep_ten_milliseconds_apart()
    {
        var harness = RouterHarness.Master(new() { AdvertisementInterval = new Interval(5) });
        for (int i = 0; i < 49; i++)
        {
            harness.After(0.001).Hear(50, RouterHarness.Lower);
        }

        Assert.InRange(harness.Sent.Count, 4, 5);
    }

    [Fact]
    public void A_single_crossing_advertisement_is_no_rival()
        => Assert.DoesNotContain("report RivalMaster", RouterHarness.Master().Hear(50, RouterHarness.Lower).After(10).Log);

    [Fact]
    public void A_rival_that_keeps_advertising_is_reported_every_ten_seconds_at_most()
    {
        var harness = RouterHarness.Master();
        for (int second = 0; second < 25; second++)
        {
            harness.After(1).Hear(50, RouterHarness.Lower);
        }

        Assert.Equal(3, harness.Log.Count(text => text == "report RivalMaster"));
    }

    [Fact]
    [Conformance("9568-8.3.2-2", Polarity.Required)]
    public void Two_owners_are_reported()
        => Assert.Contains("report TwoOwners", RouterHarness.Master(new() { Priority = 255 }).After(1).Hear(255, RouterHarness.Lower).Log);

    [Fact]
    [Conformance("9568-8.3.2-2", Polarity.Refused)]
    public void Two_owners_are_not_reported_at_every_advertisement()
    {
        var harness = RouterHarness.Master(new() { Priority = 255 });
        for (int second = 0; second < 10; second++)
        {
            harness.After(1).Hear(255, RouterHarness.Lower);
        }

        Assert.Single(harness.Log, text => text == "report TwoOwners");
    }

    [Fact]
    [Conformance("9568-8.3.2-2", Polarity.Refused)]
    public void One_owner_is_nothing_to_report()
        => Assert.DoesNotContain("report TwoOwners", RouterHarness.Master(new() { Priority = 255 }).After(1).Hear(254).Log);

    [Fact]
    public void The_loser_serves_until_the_winner_announces_and_a_little_longer()
        => RouterHarness.Master().At(4).Hear(200).Forget().At(4.02).Do(Input.AddressAnnounced(0))
            .At(4.0699).ExpectNothing().At(4.07).Expect("release 0");

    [Fact]
    public void The_loser_serves_for_one_interval_at_most()
        => RouterHarness.Master(new() { AdvertisementInterval = new Interval(20) }).After(0.1).Hear(200).Forget()
            .After(0.199).ExpectNothing().After(0.001).Expect("release");

    [Fact]
    public void The_loser_serves_for_one_second_at_most()
        => RouterHarness.Master(new() { AdvertisementInterval = new Interval(400) }).After(0.1).Hear(200).Forget()
            .After(0.999).ExpectNothing().After(0.001).Expect("release");

    [Fact]
    public void The_loser_to_a_foreign_cluster_releases_at_once_and_says_so()
        => RouterHarness.Master().At(4).Hear(200, sharesAddress: false)
            .Expect("release", "report ForeignCluster", "Master->Backup HigherPriorityBackup");

    [Fact]
    public void A_loser_that_takes_over_again_while_it_still_serves_binds_without_releasing()
        => RouterHarness.Master(new() { AdvertisementInterval = new Interval(400) }).After(0.1).Hear(200).Forget()
            .After(0.01).Hear(0).After(2).Expect("bind", "send 100", "announce", "Backup->Master MasterResigned");

    [Fact]
    public void An_announcement_by_somebody_else_is_corrected_but_only_once_a_second()
        => RouterHarness.Master().At(4).Do(Input.AddressAnnounced(0)).ExpectNothing()
            .At(4.024).ExpectNothing().At(4.025).Expect("announce")
            .Do(Input.AddressAnnounced(0)).At(4.6).ExpectNothing().At(5.02).Expect("send 100").At(5.025).Expect("announce");

    [Fact]
    public void The_winner_of_two_takeovers_announces_last_while_the_loser_still_serves()
    {
        var winner = RouterHarness.Master().At(4).Hear(50).Expect("send 100", "announce").Do(Input.AddressAnnounced(0));
        var loser = RouterHarness.Master().At(4).Hear(200).Forget().Do(Input.AddressAnnounced(0));

        winner.At(4.025).Expect("announce");
        loser.At(4.049).ExpectNothing().At(4.05).Expect("release 0");
    }

    [Fact]
    public void An_announcement_before_the_winners_advertisement_is_not_fought()
        => RouterHarness.Master().At(4).Do(Input.AddressAnnounced(0)).At(4.01).Hear(200).Forget().At(4.9).ExpectNothing();

    [Fact]
    public void Announcements_are_repeated_and_refreshed()
    {
        var harness = new RouterHarness(new()
        {
            Priority = 255,
            AdvertisementInterval = new Interval(4000),
            AnnouncementRepeats = [RouterHarness.Ns(1), RouterHarness.Ns(5)],
            AnnouncementRefresh = RouterHarness.Ns(60),
        }).Do(Input.Startup()).Forget();
        foreach (double at in new[] { 1, 5, 65, 125 })
        {
            harness.At(at - 0.001).Forget().At(at).Expect("announce");
        }
    }

    [Fact]
    public void Refreshes_are_announced_several_times_a_second_apart()
    {
        var harness = new RouterHarness(new()
        {
            Priority = 255,
            AdvertisementInterval = new Interval(4000),
            AnnouncementRepeats = [RouterHarness.Ns(5)],
            AnnouncementRefresh = RouterHarness.Ns(60),
            AnnouncementRefreshRepeat = 3,
        }).Do(Input.Startup()).Forget();
        foreach (double at in new[] { 5, 65, 66, 67, 127, 128, 129 })
        {
            harness.At(at - 0.001).Forget().At(at).Expect("announce");
        }
    }

    [Fact]
    public void Takeover_and_repetitions_are_announced_as_often_as_told_and_refreshes_once()
    {
        var harness = new RouterHarness(new()
        {
            Priority = 255,
            AdvertisementInterval = new Interval(4000),
            AnnouncementCopies = 3,
            AnnouncementRepeats = [RouterHarness.Ns(5)],
            AnnouncementRefresh = RouterHarness.Ns(30),
        }).Do(Input.Startup());
        Assert.Contains("announce x3", harness.Log);
        harness.Forget().At(5).Expect("announce x3").At(34.999).Forget().At(35).Expect("announce");
    }

    [Fact]
    public void A_lower_priority_has_a_second_round_of_announcements_and_only_one_at_a_time()
        => RouterHarness.Master(new() { AdvertisementInterval = new Interval(4000), LowerPriorityCopies = 2, LowerPriorityDelay = RouterHarness.Ns(3) })
            .At(200).Forget().Hear(50, RouterHarness.Lower).Expect("send 100", "announce x2")
            .At(202).Hear(50, RouterHarness.Lower).Forget()
            .At(202.999).ExpectNothing().At(203).Expect("announce x2").At(206).ExpectNothing();

    [Fact]
    public void A_lower_priority_may_be_answered_without_announcements()
        => RouterHarness.Master(new() { LowerPriorityCopies = 0, LowerPriorityDelay = RouterHarness.Ns(1) }).At(4).Hear(50, RouterHarness.Lower).Expect("send 100");

    [Fact]
    public void A_lower_priority_may_be_answered_with_announcements_alone()
        => RouterHarness.Master(new() { AnswerLowerPriority = false }).At(4).Hear(50, RouterHarness.Lower).Expect("announce").ExpectState(RouterState.Master);

    [Fact]
    public void A_master_that_yields_may_advertise_once_more_but_never_in_a_storm()
    {
        var harness = RouterHarness.Master(new() { AdvertiseBeforeYielding = true }).At(4).Hear(200, RouterHarness.Higher);
        Assert.Equal("send 100", harness.Log[0]);
        harness.ExpectState(RouterState.Backup);
        Assert.DoesNotContain("send 100", RouterHarness.Master().At(4).Hear(200, RouterHarness.Higher).Log);
        Assert.DoesNotContain("send 100", RouterHarness.Master(new() { AdvertiseBeforeYielding = true }).At(4).Hear(50, RouterHarness.Lower).Forget().Hear(200, RouterHarness.Higher).Log);
    }

    [Fact]
    public void A_lowered_priority_is_advertised_from_the_next_interval_on()
        => RouterHarness.Master().At(4).Do(Input.PriorityChanged(70)).ExpectNothing().At(4.7).Expect("send 70");

    [Fact]
    public void A_new_source_address_decides_the_next_tie()
        => RouterHarness.Master().Do(Input.PrimaryAddressChanged(InetAddress.Parse("10.0.0.200"))).Hear(100, RouterHarness.Higher)
            .ExpectState(RouterState.Master);

    [Fact]
    public void An_address_removed_by_others_is_put_back_and_announced()
        => RouterHarness.Master(new() { AddressCount = 3 }).Do(Input.AddressRemoved(2)).Expect("bind 2", "announce 2", "report AddressRestored");

    [Fact]
    public void A_master_that_stood_still_while_another_took_over_is_backup_until_it_preempts()
        => RouterHarness.Master().StandStillUntil(Since + 10).Hear(50, RouterHarness.Lower)
            .Expect("release", "Master->Backup LeaseLost").ExpectDeadline(Since + 13.609375);

    [Fact]
    public void A_master_that_stood_still_briefly_asserts_itself()
        => RouterHarness.Master().StandStillUntil(Since + 2.9).Hear(50, RouterHarness.Lower).Expect("send 100", "announce");

    [Fact]
    public void A_phase_cuts_the_first_interval_short_and_no_other()
    {
        // The harness takes over at 3.609375 s; its own advertisement left at once.
        var harness = RouterHarness.Master(new() { Phase = RouterHarness.Ns(0.25) });
        harness.ExpectDeadline(4.25).At(4.25).Expect("send 100").ExpectDeadline(5.25);
    }

    [Fact]
    public void An_interval_is_left_whole_that_begins_with_the_phase()
        => RouterHarness.Master(new() { Phase = RouterHarness.Ns(0.609375) }).ExpectDeadline(4.609375);

    [Theory]
    [InlineData(0.610)]
    [InlineData(0.9)]
    [InlineData(0.109)]
    public void A_phase_soon_behind_the_takeover_is_reached_by_way_of_half_an_interval(double phase)
    {
        var harness = RouterHarness.Master(new() { Phase = RouterHarness.Ns(phase) });
        double onPhase = phase < 0.5 ? 4 + phase : 3 + phase;
        harness.ExpectDeadline(onPhase + 0.5).At(onPhase + 0.5).Expect("send 100").ExpectDeadline(onPhase + 1);
        harness.At(onPhase + 1).Expect("send 100").ExpectDeadline(onPhase + 2);
    }

    [Fact]
    public void An_answer_to_a_resignation_keeps_the_phase()
    {
        var harness = RouterHarness.Master(new() { Phase = RouterHarness.Ns(0.25) }).At(4.25).Forget();
        harness.At(4.45).Hear(0).Expect("send 100").ExpectDeadline(5.25);
    }

    [Fact]
    public void Masters_of_one_phase_advertise_together_whenever_they_took_over()
    {
        var first = RouterHarness.Master(new() { Phase = RouterHarness.Ns(0.25) });
        var second = RouterHarness.Master(new() { Phase = RouterHarness.Ns(0.25), Priority = 150 });
        Assert.NotEqual(first.Seconds, second.Seconds);
        Assert.Equal(first.NextDeadline, second.NextDeadline);
    }

    [Fact]
    public void What_leaves_early_with_others_does_not_move_the_phase()
        => RouterHarness.Master(new() { Phase = RouterHarness.Ns(0.25) }).StandStillUntil(4.249).Do(Input.Tick(RouterHarness.Ns(0.002)))
            .Expect("send 100").ExpectDeadline(5.25);

    [Fact]
    public void After_a_stall_the_phase_is_kept()
        => RouterHarness.Master(new() { Phase = RouterHarness.Ns(0.25) }).StandStillUntil(5.5).Tick().ExpectDeadline(6.25);
}
