using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Protocol.Tests.Election;

public sealed class PreemptionTests
{
    private static readonly RouterParameters _delayed = new() { PreemptDelay = RouterHarness.Ns(10) };

    [Fact]
    public void The_preempt_delay_leaves_a_lower_master_alone_and_says_so()
    {
        var harness = RouterHarness.Backup(_delayed).At(1).Hear(50, RouterHarness.Lower).Expect("report PreemptDelayed");
        for (int second = 2; second < 11; second++)
        {
            harness.At(second).Hear(50, RouterHarness.Lower);
        }

        harness.ExpectNothing().ExpectDeadline(13.609375);
    }

    [Fact]
    public void After_the_preempt_delay_the_lower_master_is_preempted()
    {
        var harness = RouterHarness.Backup(_delayed);
        for (int second = 1; second <= 13; second++)
        {
            harness.At(second).Hear(50, RouterHarness.Lower);
        }

        harness.Forget().At(13.609375).Expect("bind", "send 100", "announce", "Backup->Master PreemptHoldTimeout");
        Assert.Equal(NewMasterReason.Preempted, harness.Router.NewMasterReason);
    }

    [Fact]
    public void A_lower_master_that_dies_during_the_delay_is_replaced_after_the_down_interval_as_a_timeout()
        => RouterHarness.Backup(_delayed).At(1).Hear(50, RouterHarness.Lower).Forget()
            .At(4.609375).Expect("bind", "send 100", "announce", "Backup->Master MasterTimeout");

    [Fact]
    public void A_lower_master_that_resigns_during_the_delay_is_replaced_after_skew_time()
        => RouterHarness.Backup(_delayed).At(1).Hear(50, RouterHarness.Lower).At(2).Hear(0, RouterHarness.Lower).Forget()
            .At(2.609375).Expect("bind", "send 100", "announce", "Backup->Master MasterResigned");

    [Fact]
    public void A_better_master_ends_the_delay_and_the_next_lower_one_starts_it_over()
        => RouterHarness.Backup(_delayed).At(1).Hear(50, RouterHarness.Lower).At(2).Hear(200).At(3).Hear(50, RouterHarness.Lower)
            .Expect("report PreemptDelayed", "report PreemptDelayed");

    [Fact]
    public void The_owner_knows_no_delay()
        => RouterHarness.Backup(new() { Priority = 255, StartupDelay = RouterHarness.Ns(0.5), PreemptDelay = RouterHarness.Ns(100) }, master: 255)
            .At(1).Hear(200).Forget().At(3 + (1 / 256.0)).Expect("bind", "send 255", "announce", "Backup->Master OwnerPreempt");

    [Fact]
    public void The_owner_preempts_even_without_preemption()
        => RouterHarness.Backup(new() { Priority = 255, StartupDelay = RouterHarness.Ns(0.5), Preempt = false }, master: 255)
            .At(1).Hear(200).ExpectDeadline(3 + (1 / 256.0));

    [Fact]
    public void A_lower_master_that_fell_silent_long_ago_timed_out()
        => RouterHarness.Backup().At(0.5).Hear(50, RouterHarness.Lower).At(3.609375).Expect("bind", "send 100", "announce", "Backup->Master MasterTimeout");

    [Fact]
    public void A_slow_lower_master_is_alive_for_three_of_its_own_intervals()
        => RouterHarness.Backup().At(0.5).Hear(50, RouterHarness.Lower, centiseconds: 400)
            .At(3.609375).Expect("bind", "send 100", "announce", "Backup->Master LowerPriorityMaster");

    [Fact]
    public void Three_preemptions_in_ten_minutes_double_the_delay_and_quiet_ends_that()
    {
        var harness = new RouterHarness(new() { PreemptDelay = RouterHarness.Ns(1) }).Do(Input.Startup());
        Assert.Equal([4, 4, 4, 5], Enumerable.Range(0, 4).Select(_ => Preempt(harness)));
        Assert.Equal(RouterHarness.Ns(2), harness.Router.PreemptDelayAt(harness.Now));
        harness.After(700);
        Assert.Equal(RouterHarness.Ns(1), harness.Router.PreemptDelayAt(harness.Now));
        Assert.Equal(4, Preempt(harness));
    }

    // How many advertisements of a lower master, one a second, it takes to preempt it.
    private static int Preempt(RouterHarness harness)
    {
        if (harness.Router.State == RouterState.Master)
        {
            harness.Hear(200);
        }

        int heard = 0;
        for (; harness.Router.State == RouterState.Backup; heard++)
        {
            Assert.True(heard < 1000, "It never preempts.");
            harness.Hear(50, RouterHarness.Lower).After(1);
        }

        Assert.Equal(LastEvent.PreemptHoldTimeout, harness.Router.LastEvent);
        return heard;
    }
}
