using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Protocol.Tests.Election;

/// <summary>Another number of missed advertisements than three, with everything that follows from it.</summary>
public sealed class DownTimerTests
{
    [Theory]
    [InlineData(1, 1.609375)]
    [InlineData(3, 3.609375)]
    [InlineData(10, 10.609375)]
    [InlineData(100, 100.609375)]
    public void The_Master_is_dead_after_so_many_intervals_and_the_skew(int missed, double down)
    {
        var harness = RouterHarness.Backup(new() { MissedAdvertisements = missed });
        Assert.Equal(RouterHarness.Ns(down), harness.Router.MasterDownInterval);
        Assert.Equal(down, harness.NextDeadline);
        harness.At(down - 0.001).ExpectNothing();
        Assert.Equal(RouterState.Master, harness.At(down).Router.State);
    }

    [Theory]
    [InlineData(1, 100, 2, 2)]
    [InlineData(3, 100, 2, 0)]
    [InlineData(10, 100, 9, 0)]
    [InlineData(4, 50, 2, 1)]
    [InlineData(6, 50, 2, 0)]
    public void The_lease_follows(int missed, int centiseconds, int lease, int overlap)
    {
        var interval = new Interval(centiseconds);
        Assert.Equal(RouterHarness.Ns(lease), ElectionTimers.DefaultLease(interval, missed));
        Assert.Equal(RouterHarness.Ns(overlap), ElectionTimers.LeaseOverlap(RouterHarness.Ns(lease), interval, missed));
    }

    [Fact]
    public void A_lower_Master_counts_as_alive_for_as_long()
    {
        // It is preempted when the timer fires: it was heard within ten intervals, although not within three.
        var harness = RouterHarness.Backup(new() { MissedAdvertisements = 10 });
        harness.At(5).Hear(50, RouterHarness.Lower).At(harness.NextDeadline);
        Assert.Equal(RouterState.Master, harness.Router.State);
        Assert.Equal(NewMasterReason.Preempted, harness.Router.NewMasterReason);
    }

    [Fact]
    public void A_Master_that_stood_still_goes_on_for_as_long_as_nobody_can_have_taken_over()
    {
        var patient = RouterHarness.Master(new() { MissedAdvertisements = 10, Lease = RouterHarness.Ns(2) });
        patient.Jump(5);
        Assert.Equal(RouterState.Master, patient.Router.State);
        Assert.Contains(patient.Log, static line => line.Contains("LeaseRecovered", StringComparison.Ordinal));
        var usual = RouterHarness.Master(new() { Lease = RouterHarness.Ns(2) });
        usual.Jump(5);
        Assert.Equal(RouterState.Backup, usual.Router.State);
    }

    [Fact]
    public void A_change_while_Backup_counts_from_now()
    {
        var harness = RouterHarness.Backup();
        harness.At(1).Do(Input.Reconfigured(new() { MissedAdvertisements = 5 }));
        Assert.Equal(1 + 5.609375, harness.NextDeadline);
        harness.Do(Input.Reconfigured(new() { MissedAdvertisements = 5, PreemptDelay = 1 }));
        harness.At(2).Do(Input.Reconfigured(new() { MissedAdvertisements = 5 }));
        Assert.Equal(1 + 5.609375, harness.NextDeadline);
    }

    [Fact]
    public void A_change_does_not_make_a_resignation_forgotten()
    {
        var harness = RouterHarness.Backup().Hear(0, RouterHarness.Higher);
        harness.Do(Input.Reconfigured(new() { MissedAdvertisements = 5 }));
        Assert.Equal(0.609375, harness.NextDeadline);
    }
}
