using VrrpPS.Tool.Lab;
using Xunit;

namespace VrrpPS.Service.Tests.Lab;

public sealed class ProbeLogTests
{
    private readonly ProbeLog _log = new();

    [Fact]
    public void An_outage_is_the_time_between_the_answers_around_it()
    {
        for (var ms = 0; ms <= 1000; ms += 10)
        {
            var attempt = _log.Attempt(Ms(ms));
            if (ms is <= 200 or >= 500)
            {
                _log.Answered(attempt, "ok");
            }
        }

        var outage = _log.Measure(Ms(0), Ms(1000));

        Assert.Equal(Ms(300), outage.Duration);
        Assert.Equal(29, outage.Lost);
        Assert.Equal(101, outage.Attempts);
    }

    [Fact]
    public void Attempts_outside_the_span_do_not_count()
    {
        _log.Attempt(Ms(0));
        _log.Answered(_log.Attempt(Ms(10)), "ok");
        _log.Answered(_log.Attempt(Ms(20)), "ok");
        _log.Attempt(Ms(30));

        var outage = _log.Measure(Ms(10), Ms(20));

        Assert.Equal(new ProbeOutage(Ms(10), 0, 2), outage);
    }

    [Fact]
    public void Without_any_answer_all_of_it_is_outage()
    {
        _log.Attempt(Ms(10));
        _log.Attempt(Ms(90));

        Assert.Equal(new ProbeOutage(Ms(100), 2, 2), _log.Measure(Ms(0), Ms(100)));
    }

    [Fact]
    public async Task Waiting_ends_with_an_answer_to_an_attempt_made_late_enough()
    {
        _log.Answered(_log.Attempt(Ms(10)), "old");
        var early = _log.Attempt(Ms(40));
        var waiting = _log.FirstAnswerAfter(Ms(50));
        _log.Answered(early, "late answer to an early attempt");
        Assert.False(waiting.IsCompleted);

        _log.Answered(_log.Attempt(Ms(60)), "new");

        Assert.Equal("new", (await waiting.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)).Answer);
        Assert.Equal("late answer to an early attempt", (await _log.FirstAnswerAfter(Ms(20))).Answer);
    }

    [Fact]
    public void Numbers_nobody_gave_out_are_ignored()
    {
        _log.Answered(-1, "stray");
        _log.Answered(7, "stray");

        Assert.Equal(0, _log.Measure(Ms(0), Ms(10)).Attempts);
    }

    private static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
