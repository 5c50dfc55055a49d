using VrrpPS.Engine.Runtime.Routers;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>When which announcements leave.</summary>
public sealed class AnnouncementPacerTests
{
    private readonly AnnouncementPacer _pacer = new();

    [Fact]
    public void Rival_of_a_takeover_is_answered_at_once_and_once_more_after_what_it_announced_meanwhile()
    {
        _pacer.Begin(2, copies: 1, At(0));
        Assert.Equal(2, Take(0));

        _pacer.Correct(2, copies: 1, At(3));
        Assert.Equal(2, Take(3));
        _pacer.Correct(2, copies: 1, At(28));
        Assert.Equal(2, Take(28));
    }

    [Fact]
    public void Rival_that_never_stops_is_answered_ten_times_a_second()
    {
        _pacer.Begin(1, copies: 1, At(0));
        int announced = Take(0);
        int last = 0;
        for (int time = 1; time <= 2000; time++)
        {
            if (time % 10 == 0)
            {
                _pacer.Correct(1, copies: 1, At(time));
            }

            if (Take(time) > 0)
            {
                Assert.InRange(time - last, 1, 110);
                last = time;
                announced++;
            }
        }

        Assert.InRange(announced, 20, 24);
    }

    [Fact]
    public void Two_losers_of_a_takeover_leave_an_answer_for_what_they_announced()
    {
        _pacer.Begin(1, copies: 1, At(0));
        _ = Take(0);
        foreach (int time in new[] { 3, 13, 38 })
        {
            _pacer.Correct(1, copies: 1, At(time));
            Assert.Equal(1, Take(time));
        }
    }

    [Fact]
    public void Correction_meanwhile_waits_for_the_last_address_of_the_takeover()
    {
        const int spacing = 10;
        _pacer.Begin(AnnouncementPacer.Burst + 2, copies: 1, At(0));
        Assert.Equal(AnnouncementPacer.Burst, Take(0, spacing));
        _pacer.Correct(AnnouncementPacer.Burst + 2, copies: 1, At(5));

        int time = 5;
        for (int announced = 0; announced < 2; time++)
        {
            announced += Take(time, spacing);
        }

        Assert.True(_pacer.NextDeadline < Instant.Never);
        int again = _pacer.Take(0, At(time), int.MaxValue, out int start);
        Assert.Equal((0, AnnouncementPacer.Burst + 2), (start, again));
    }

    [Fact]
    public void What_is_not_ready_is_looked_at_when_something_is_heard_of_it_or_a_millisecond_later()
    {
        _pacer.Begin(2, copies: 1, At(0));
        Assert.Equal(0, _pacer.Take(0, At(0), ready: 0, out _));
        Assert.Equal(At(1), _pacer.NextDeadline);

        _pacer.LookAgain(At(0));
        Assert.Equal(At(0), _pacer.NextDeadline);
        Assert.Equal(1, _pacer.Take(0, At(0), ready: 1, out _));
        Assert.Equal(2, _pacer.Take(0, At(1), ready: 2, out _));

        _pacer.LookAgain(At(2));
        Assert.Equal(Instant.Never, _pacer.NextDeadline);
    }

    private static Instant At(int milliseconds) => new(milliseconds * Instant.NanosecondsPerMillisecond);

    private int Take(int time, int spacing = 0)
    {
        int end = _pacer.Take(spacing * Instant.NanosecondsPerMillisecond, At(time), int.MaxValue, out int start);
        return end - start;
    }
}
