using VrrpPS.Engine.Runtime.Ports;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Hostile;

public sealed class ReceivePaceTests
{
    private readonly ReceivePace _pace = new();
    private Instant _now = new(5 * Instant.NanosecondsPerSecond);

    [Fact]
    public void Ten_thousand_packets_a_second_wake_the_loop_each()
    {
        Drain(times: 10_000, packets: 1, gap: 100_000);
        Assert.False(_pace.IsPaced);
        Assert.Equal(Instant.Never, _pace.LookAt);
    }

    [Fact]
    public void A_flood_is_looked_at_once_a_millisecond_until_it_ends()
    {
        int changes = Drain(times: 1000, packets: 1, gap: 10_000);
        Assert.True(_pace.IsPaced);
        Assert.Equal(1, changes);
        Assert.Equal(_now + ReceivePace.LookGap, _pace.LookAt);

        Assert.Equal(0, Drain(times: 100, packets: 100, gap: ReceivePace.LookGap));
        Assert.True(_pace.IsPaced);

        // Two windows of ten milliseconds at most.
        Assert.Equal(1, Drain(times: 21, packets: 1, gap: ReceivePace.LookGap));
        Assert.False(_pace.IsPaced);
        Assert.Equal(Instant.Never, _pace.LookAt);
    }

    [Fact]
    public void A_steady_stream_between_the_bounds_does_not_switch_to_and_fro()
    {
        Drain(times: 1000, packets: 1, gap: 10_000);
        Assert.Equal(0, Drain(times: 1000, packets: 15, gap: ReceivePace.LookGap));
        Assert.True(_pace.IsPaced);
    }

    [Fact]
    public void Many_routers_are_listened_to_as_late_as_they_may_be_early()
    {
        _pace.Slack = 2 * Instant.NanosecondsPerMillisecond;

        // 255 routers at 100 ms.
        Assert.Equal(1, Drain(times: 255, packets: 1, gap: 392_000));
        Assert.True(_pace.IsPaced);
        Assert.Equal(_now + _pace.Slack, _pace.LookAt);
        Assert.Equal(0, Drain(times: 1000, packets: 5, gap: _pace.Slack));

        // 40 of them.
        Assert.Equal(1, Drain(times: 20, packets: 1, gap: 2_500_000));
        Assert.False(_pace.IsPaced);
    }

    [Fact]
    public void Where_nothing_may_be_late_every_packet_wakes_the_loop()
    {
        // 25 routers at 10 ms, which may be early by half a millisecond.
        _pace.Slack = 500_000;

        Assert.Equal(0, Drain(times: 10_000, packets: 1, gap: 400_000));
        Assert.False(_pace.IsPaced);
    }

    private int Drain(int times, int packets, long gap)
    {
        int changes = 0;
        for (int i = 0; i < times; i++)
        {
            _now += gap;
            changes += _pace.Drained(packets, _now) ? 1 : 0;
        }

        return changes;
    }
}
