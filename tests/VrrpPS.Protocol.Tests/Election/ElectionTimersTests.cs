using FsCheck;
using FsCheck.Fluent;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Protocol.Tests.Election;

public sealed class ElectionTimersTests
{
    // Computed by hand from the formulas of RFC 9568 section 6.1.
    [Theory]
    [Conformance("9568-6.1", Polarity.Required)]
    [InlineData(100, 100, 609_375_000, 3_609_375_000)]
    [InlineData(100, 254, 7_812_500, 3_007_812_500)]
    [InlineData(100, 1, 996_093_750, 3_996_093_750)]
    [InlineData(100, 255, 3_906_250, 3_003_906_250)]
    [InlineData(1, 100, 6_093_750, 36_093_750)]
    [InlineData(1, 254, 78_125, 30_078_125)]
    [InlineData(4095, 1, 40_790_039_062, 163_640_039_062)]
    [InlineData(4095, 128, 20_475_000_000, 143_325_000_000)]
    [InlineData(7, 3, 69_179_687, 279_179_687)]
    public void V3_skew_scales_with_the_masters_interval(int centiseconds, byte priority, long skew, long down)
    {
        var interval = new Interval(centiseconds);
        Assert.Equal(skew, ElectionTimers.SkewTime(VrrpVersion.V3, priority, interval));
        Assert.Equal(down, ElectionTimers.MasterDownInterval(VrrpVersion.V3, priority, interval));
    }

    // RFC 3768 section 6.1: the skew is a part of one second, whatever the interval.
    [Theory]
    [Conformance("3768-6.1", Polarity.Required)]
    [InlineData(100, 100, 609_375_000, 3_609_375_000)]
    [InlineData(1000, 100, 609_375_000, 30_609_375_000)]
    [InlineData(25500, 254, 7_812_500, 765_007_812_500)]
    [InlineData(200, 1, 996_093_750, 6_996_093_750)]
    public void V2_skew_is_a_part_of_a_second(int centiseconds, byte priority, long skew, long down)
    {
        var interval = new Interval(centiseconds);
        Assert.Equal(skew, ElectionTimers.SkewTime(VrrpVersion.V2, priority, interval));
        Assert.Equal(down, ElectionTimers.MasterDownInterval(VrrpVersion.V2, priority, interval));
    }

    [Fact]
    [Conformance("9568-6.1", Polarity.Refused)]
    public void V3_skew_is_never_truncated_to_centiseconds()
        => Assert.NotEqual(0, ElectionTimers.SkewTime(VrrpVersion.V3, 254, new Interval(1)) % Interval.NanosecondsPerCentisecond);

    [Fact]
    [Conformance("3768-6.1", Polarity.Refused)]
    public void V2_skew_is_not_scaled_by_the_interval()
        => Assert.Equal(
            ElectionTimers.SkewTime(VrrpVersion.V2, 77, new Interval(100)),
            ElectionTimers.SkewTime(VrrpVersion.V2, 77, new Interval(25500)));

    [Fact]
    public void A_higher_priority_always_has_the_shorter_skew()
        => Check.QuickThrowOnFailure(Prop.ForAll(
            Gen.Choose(1, 254).ToArbitrary(),
            Gen.Choose(1, Interval.MaxCentisecondsV3).ToArbitrary(),
            (priority, centiseconds) =>
                ElectionTimers.SkewTime(VrrpVersion.V3, (byte)(priority + 1), new Interval(centiseconds))
                < ElectionTimers.SkewTime(VrrpVersion.V3, (byte)priority, new Interval(centiseconds))
                && ElectionTimers.SkewTime(VrrpVersion.V2, (byte)(priority + 1), new Interval(centiseconds))
                < ElectionTimers.SkewTime(VrrpVersion.V2, (byte)priority, new Interval(centiseconds))));

    [Fact]
    public void The_v3_down_interval_lies_between_three_and_four_intervals()
        => Check.QuickThrowOnFailure(Prop.ForAll(
            Gen.Choose(1, 255).ToArbitrary(),
            Gen.Choose(1, Interval.MaxCentisecondsV3).ToArbitrary(),
            (priority, centiseconds) =>
            {
                var interval = new Interval(centiseconds);
                long down = ElectionTimers.MasterDownInterval(VrrpVersion.V3, (byte)priority, interval);
                return down > 3 * interval.Nanoseconds && down < 4 * interval.Nanoseconds;
            }));

    [Fact]
    public void The_default_lease_ends_before_a_takeover_wherever_the_kernel_can_promise_it()
        => Check.QuickThrowOnFailure(Prop.ForAll(
            Gen.Choose(1, Interval.MaxCentisecondsV3).ToArbitrary(),
            centiseconds =>
            {
                var interval = new Interval(centiseconds);
                long lease = ElectionTimers.DefaultLease(interval);
                return lease % Instant.NanosecondsPerSecond == 0
                    && lease >= 2 * Instant.NanosecondsPerSecond
                    && ElectionTimers.LeaseOverlap(lease, interval) == 0 == (centiseconds >= 100);
            }));

    [Theory]
    [InlineData(100, 2, 0)]
    [InlineData(200, 5, 0)]
    [InlineData(133, 2, 0)]
    [InlineData(134, 3, 0)]
    [InlineData(50, 2, 1.5)]
    [InlineData(1, 2, 2.97)]
    public void Lease_and_overlap_by_hand(int centiseconds, int lease, double overlap)
    {
        var interval = new Interval(centiseconds);
        Assert.Equal(RouterHarness.Ns(lease), ElectionTimers.DefaultLease(interval));
        Assert.Equal(RouterHarness.Ns(overlap), ElectionTimers.LeaseOverlap(RouterHarness.Ns(lease), interval));
    }

    [Theory]
    [InlineData(100, 5)]
    [InlineData(1, 1.04)]
    [InlineData(225, 10)]
    [InlineData(4095, 10)]
    public void A_hand_over_takes_four_intervals_and_a_second_but_never_more_than_ten(int centiseconds, double seconds)
        => Assert.Equal(RouterHarness.Ns(seconds), ElectionTimers.HandoverLimit(new Interval(centiseconds)));

    [Theory]
    [InlineData(1, 0.0005)]
    [InlineData(4, 0.002)]
    [InlineData(100, 0.002)]
    public void Slack_is_two_milliseconds_or_a_twentieth_of_the_interval(int centiseconds, double seconds)
        => Assert.Equal(RouterHarness.Ns(seconds), ElectionTimers.GreatestSlack(new Interval(centiseconds)));

    [Theory]
    [InlineData(1, 0.01)]
    [InlineData(10, 0.01)]
    [InlineData(100, 0.1)]
    public void Answers_keep_a_distance_of_ten_milliseconds_or_a_tenth_of_the_interval(int centiseconds, double seconds)
        => Assert.Equal(RouterHarness.Ns(seconds), ElectionTimers.AssertionGap(new Interval(centiseconds)));
}
