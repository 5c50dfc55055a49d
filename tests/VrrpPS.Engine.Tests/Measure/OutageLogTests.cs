using VrrpPS.Engine.Measure;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Measure;

public sealed class OutageLogTests
{
    private const long Millisecond = Instant.NanosecondsPerMillisecond;

    private readonly OutageLog _log = new(10 * Millisecond);

    [Fact]
    public void Lost_probes_one_after_the_other_are_one_outage_that_ends_with_the_next_answer()
    {
        Assert.Null(Take(0, answered: true));
        Assert.Null(Take(10, answered: false));
        Assert.Null(Take(20, answered: false));
        Assert.Null(Take(30, answered: false));
        var outage = Take(40, answered: true);

        Assert.NotNull(outage);
        Assert.Equal(At(10), outage.Start);
        Assert.Equal(At(40), outage.End);
        Assert.Equal(30 * Millisecond, outage.Duration);
        Assert.Equal(10 * Millisecond, outage.Uncertainty);
        Assert.Equal(3, outage.Lost);
        Assert.Equal("no answer", outage.Symptom);
        Assert.Equal((5, 2, 1), (_log.Sent, _log.Answered, _log.Count));
        Assert.Null(_log.Down);
    }

    [Fact]
    public void Own_lateness_makes_an_outage_uncertain_but_not_longer()
    {
        _ = Take(0, answered: true);

        // Nothing was sent between 10 and 90, nor between 110 and 190.
        _ = Take(100, answered: false);
        var outage = Take(200, answered: true);

        Assert.Equal(10 * Millisecond, outage!.Duration);
        Assert.Equal((100 + 90) * Millisecond, outage.Uncertainty);
        Assert.Equal(1, outage.Lost);
    }

    [Fact]
    public void What_was_answered_instead_is_the_symptom()
    {
        _ = _log.Take(new SettledProbe(At(0), Latency: null, "HTTP status 503"));
        _ = _log.Take(new SettledProbe(At(10), Latency: null, Failure: null));
        var outage = Take(20, answered: true);

        Assert.Equal("HTTP status 503", outage!.Symptom);
    }

    [Fact]
    public void An_outage_that_goes_on_has_no_end()
    {
        _ = Take(0, answered: false);
        _ = Take(10, answered: false);

        var outage = _log.Ongoing();

        Assert.Equal(At(0), _log.Down);
        Assert.Null(outage!.End);
        Assert.Equal(20 * Millisecond, outage.Duration);
        Assert.Equal(0, _log.Count);
    }

    [Fact]
    public void Two_outages_are_told_apart()
    {
        _ = Take(0, answered: false);
        Assert.Equal(1, Take(10, answered: true)!.Lost);
        _ = Take(20, answered: false);
        _ = Take(30, answered: false);
        Assert.Equal(2, Take(40, answered: true)!.Lost);
        Assert.Equal(2, _log.Count);
    }

    private static Instant At(long milliseconds) => new(milliseconds * Millisecond);

    private EndedOutage? Take(long milliseconds, bool answered) => _log.Take(new SettledProbe(At(milliseconds), answered ? Millisecond : null, Failure: null));
}
