using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Engine.Health;
using Xunit;

namespace VrrpPS.Engine.Tests.Health;

/// <summary>What follows from a tracker, as keepalived counts it.</summary>
public sealed class TrackerEffectTests
{
    [Theory]
    [InlineData(0, false, TrackerStatus.Up, 0, false)]
    [InlineData(0, false, TrackerStatus.Down, 0, true)]
    [InlineData(0, true, TrackerStatus.Up, 0, true)]
    [InlineData(0, true, TrackerStatus.Down, 0, false)]
    [InlineData(20, false, TrackerStatus.Up, 20, false)]
    [InlineData(20, false, TrackerStatus.Down, 0, false)]
    [InlineData(20, true, TrackerStatus.Up, -20, false)]
    [InlineData(20, true, TrackerStatus.Down, 0, false)]
    [InlineData(-30, false, TrackerStatus.Up, 0, false)]
    [InlineData(-30, false, TrackerStatus.Down, -30, false)]
    [InlineData(-30, true, TrackerStatus.Down, 30, false)]
    [InlineData(254, false, TrackerStatus.Up, 253, false)]
    [InlineData(-254, false, TrackerStatus.Down, -253, false)]
    [InlineData(0, false, TrackerStatus.Unknown, 0, false)]
    [InlineData(0, true, TrackerStatus.Unknown, 0, false)]
    [InlineData(50, false, TrackerStatus.Unknown, 0, false)]
    public void A_check_counts_by_its_weight(int weight, bool reverse, TrackerStatus status, int priority, bool fault)
    {
        var tracker = new PingTracker { Name = "p", Address = Protocol.InetAddress.Parse("192.0.2.1"), Weight = weight, Reverse = reverse };
        Assert.Equal(new TrackerEffect(priority, fault), TrackerEffect.Of(tracker, status, 0));
    }

    [Theory]
    [InlineData(1, false, 10, 10, false)]
    [InlineData(1, true, 10, -10, false)]
    [InlineData(2, false, -60, -120, false)]
    [InlineData(1, false, -253, -253, false)]
    [InlineData(1, false, -254, 0, true)]
    [InlineData(-1, false, 254, 0, true)]
    [InlineData(254, false, -1, 0, true)]
    [InlineData(1, false, 1000, 253, false)]
    [InlineData(254, false, long.MaxValue, 253, false)]
    [InlineData(254, false, long.MinValue, 0, true)]
    public void A_files_number_is_multiplied(int weight, bool reverse, long value, int priority, bool fault)
    {
        var tracker = new FileTracker { Name = "f", Path = "/f", Weight = weight, Reverse = reverse };
        Assert.Equal(new TrackerEffect(priority, fault), TrackerEffect.Of(tracker, TrackerStatus.Up, value));
    }

    [Theory]
    [InlineData(100, 0, 100)]
    [InlineData(100, -30, 70)]
    [InlineData(100, -100, 1)]
    [InlineData(100, -1000, 1)]
    [InlineData(200, 54, 254)]
    [InlineData(200, 55, 254)]
    [InlineData(255, -100, 255)]
    [InlineData(255, 100, 255)]
    public void The_sum_stays_within_1_and_254_and_does_not_move_the_owner(int configured, int sum, int effective)
        => Assert.Equal(effective, TrackerEffect.EffectivePriority(configured, sum));
}
