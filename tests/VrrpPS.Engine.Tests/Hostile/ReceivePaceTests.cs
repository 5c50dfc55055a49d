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
        Assert.False(_pace.IsFlooded);
        Assert.Equal(Instant.Never, _pace.LookAt);
    }

    [Fact]
    public void A_flood_is_looked_at_once_a_millisecond_until_it_ends()
    {
        int changes = Drain(times: 1000, packets: 1, gap: 10_000);
        Assert.True(_pace.IsFlooded);
        Assert.Equal(1, changes);
        Assert.Equal(_now + ReceivePace.LookGap, _pace.LookAt);

        Assert.Equal(0, Drain(times: 100, packets: 100, gap: ReceivePace.LookGap));
        Assert.True(_pace.IsFlooded);

        // Two windows of ten milliseconds at most.
        Assert.Equal(1, Drain(times: 21, packets: 1, gap: ReceivePace.LookGap));
        Assert.False(_pace.IsFlooded);
        Assert.Equal(Instant.Never, _pace.LookAt);
    }

    [Fact]
    public void A_steady_stream_between_the_bounds_does_not_switch_to_and_fro()
    {
        Drain(times: 1000, packets: 1, gap: 10_000);
        Assert.Equal(0, Drain(times: 1000, packets: 15, gap: ReceivePace.LookGap));
        Assert.True(_pace.IsFlooded);
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
