using VrrpPS.Protocol;
using VrrpPS.Service.Run;
using VrrpPS.Service.Tests.Support;
using Xunit;

namespace VrrpPS.Service.Tests.Run;

/// <summary>When the heap is tidied up: once it is quiet, if it is worth it, and if a pause harms nobody.</summary>
public sealed class HeapKeeperTests
{
    private const long Much = 4 * 1024 * 1024;

    private long _allocated;
    private int _collections;

    [Fact]
    public void What_a_start_has_left_is_collected_at_once()
    {
        using var engine = new FakeEngine();
        using var keeper = Keep(engine);
        Assert.Equal(1, _collections);
    }

    [Fact]
    public void What_takeovers_leave_is_collected_once_and_only_when_it_is_quiet()
    {
        using var engine = new FakeEngine();
        using var keeper = Keep(engine);
        _allocated += Much;
        keeper.Look();
        Assert.Equal(1, _collections);
        keeper.Look();
        keeper.Look();
        Assert.Equal(2, _collections);
    }

    [Theory]
    [InlineData(900, 0, 1)]
    [InlineData(1100, 0, 2)]
    [InlineData(250, 100, 1)]
    [InlineData(300, 99, 1)]
    [InlineData(300, 100, 2)]
    public void Little_is_left_alone_and_after_many_takeovers_less_is_much(int kilobytes, int transitions, int expected)
    {
        using var engine = new FakeEngine();
        using var keeper = Keep(engine);
        Raise(engine, transitions);
        _allocated += kilobytes * 1024;
        keeper.Look();
        keeper.Look();
        keeper.Look();
        Assert.Equal(expected, _collections);
    }

    [Fact]
    public void Takeovers_whose_garbage_was_collected_count_no_more()
    {
        using var engine = new FakeEngine();
        using var keeper = Keep(engine);
        Raise(engine, 100);
        _allocated += 300 * 1024;
        keeper.Look();
        keeper.Look();
        Assert.Equal(2, _collections);

        _allocated += 300 * 1024;
        keeper.Look();
        keeper.Look();
        Assert.Equal(2, _collections);
    }

    [Fact]
    public void What_trickles_in_is_collected_when_it_is_enough()
    {
        using var engine = new FakeEngine();
        using var keeper = Keep(engine);
        for (int i = 0; i < 120; i++)
        {
            _allocated += 10 * 1024;
            keeper.Look();
        }

        Assert.Equal(2, _collections);
    }

    [Fact]
    public void The_longer_it_is_quiet_the_longer_until_the_next_look()
    {
        using var engine = new FakeEngine();
        using var keeper = Keep(engine);
        var first = keeper.Wait;
        for (int i = 0; i < 10; i++)
        {
            // As little for its time as a loop that is idle leaves.
            _allocated += 1024 * (long)(keeper.Wait / first);
            keeper.Look();
        }

        Assert.Equal(TimeSpan.FromMinutes(1), keeper.Wait);
        _allocated += Much;
        keeper.Look();
        Assert.Equal(first, keeper.Wait);
    }

    [Fact]
    public void What_a_long_quiet_time_has_left_is_collected_after_a_closer_look()
    {
        using var engine = new FakeEngine();
        using var keeper = Keep(engine);
        var first = keeper.Wait;
        while (_allocated < 1024 * 1024)
        {
            Assert.Equal(1, _collections);
            _allocated += 30 * 1024 * (long)(keeper.Wait / first);
            keeper.Look();
        }

        // It may have come a moment ago, with a takeover.
        Assert.Equal(1, _collections);
        Assert.Equal(first, keeper.Wait);
        keeper.Look();
        Assert.Equal(2, _collections);
    }

    [Theory]
    [InlineData(9, 1)]
    [InlineData(10, 2)]
    public async Task Nobody_pauses_where_an_interval_is_short(int centiseconds, int expected)
    {
        using var engine = new FakeEngine();
        await engine.StartAsync(Make.Instance("slow"), TestContext.Current.CancellationToken);
        await engine.StartAsync(Make.Instance("fast") with { AdvertisementInterval = new Interval(centiseconds) }, TestContext.Current.CancellationToken);
        using var keeper = Keep(engine);
        _allocated += Much;
        keeper.Look();
        keeper.Look();
        Assert.Equal(expected, _collections);
    }

    private static void Raise(FakeEngine engine, int transitions)
    {
        for (int i = 0; i < transitions; i++)
        {
            engine.Raise(Make.Transition("web"));
        }
    }

    /// <summary>One that has looked once; that its own timer never wakes.</summary>
    private HeapKeeper Keep(FakeEngine engine)
    {
        var keeper = new HeapKeeper(engine, () => _allocated, () => _collections++);
        keeper.Look();
        return keeper;
    }
}
