using VrrpPS.Engine.Measure;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Measure;

public sealed class PendingProbesTests
{
    private const long Timeout = 100;

    private readonly PendingProbes _pending = new(Timeout);

    [Fact]
    public void Probes_are_settled_in_the_order_they_were_sent()
    {
        _pending.Sent(new Instant(0));
        _pending.Sent(new Instant(10));
        _pending.Answered(new ProbeAnswer(1, Failure: null), new Instant(15), new Instant(15));

        Assert.False(_pending.TrySettle(new Instant(20), out _));
        Assert.Equal(new Instant(100), _pending.NextExpiry);

        Assert.True(_pending.TrySettle(new Instant(101), out var first));
        Assert.Null(first.Latency);
        Assert.True(_pending.TrySettle(new Instant(101), out var second));
        Assert.Equal(5, second.Latency);
        Assert.False(_pending.TrySettle(new Instant(1000), out _));
        Assert.Equal(Instant.Never, _pending.NextExpiry);
    }

    [Fact]
    public void An_answer_that_waited_while_this_process_slept_is_in_time()
    {
        _pending.Sent(new Instant(0));
        _pending.Answered(new ProbeAnswer(0, Failure: null), notBefore: new Instant(1), now: new Instant(5000));

        Assert.True(_pending.TrySettle(new Instant(5000), out var settled));
        Assert.Equal(Timeout, settled.Latency);
    }

    [Fact]
    public void An_answer_that_came_too_late_is_none()
    {
        _pending.Sent(new Instant(0));
        _pending.Answered(new ProbeAnswer(0, Failure: null), notBefore: new Instant(101), now: new Instant(102));

        Assert.True(_pending.TrySettle(new Instant(102), out var settled));
        Assert.Null(settled.Latency);
    }

    [Fact]
    public void A_refusal_and_a_bad_answer_settle_at_once()
    {
        _pending.Sent(new Instant(0), "Operation not permitted");
        _pending.Sent(new Instant(10));
        _pending.Answered(new ProbeAnswer(1, "HTTP status 500"), new Instant(11), new Instant(11));

        Assert.True(_pending.TrySettle(new Instant(12), out var refused));
        Assert.Equal("Operation not permitted", refused.Failure);
        Assert.True(_pending.TrySettle(new Instant(12), out var bad));
        Assert.Equal("HTTP status 500", bad.Failure);
        Assert.Null(bad.Latency);
    }

    [Fact]
    public void Answers_to_nothing_and_twice_change_nothing()
    {
        _pending.Answered(new ProbeAnswer(7, Failure: null), new Instant(0), new Instant(0));
        _pending.Sent(new Instant(0));
        _pending.Answered(new ProbeAnswer(0, Failure: null), new Instant(3), new Instant(3));
        _pending.Answered(new ProbeAnswer(0, Failure: null), new Instant(9), new Instant(9));

        Assert.True(_pending.TrySettle(new Instant(10), out var settled));
        Assert.Equal(3, settled.Latency);
        Assert.Equal(1, _pending.NextNumber);
    }
}
