using VrrpPS.Engine.Runtime.Routers;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

public sealed class MasterCensusTests
{
    private static readonly InetAddress _first = InetAddress.Parse("192.0.2.1");
    private static readonly InetAddress _second = InetAddress.Parse("192.0.2.2");
    private readonly MasterCensus _census = new();
    private Instant _now = new(1_000_000_000_000);

    [Fact]
    public void Two_that_keep_advertising_are_two_Masters()
    {
        Hear(_first, _second, _first, _second, _first);
        Assert.Equal(_first, Hear(_second));
    }

    [Fact]
    public void A_takeover_is_no_split_brain()
    {
        Hear(_first, _first, _first, _first);
        Assert.Equal(default, Hear(_second, _second, _second, _second, _second));
    }

    [Fact]
    public void An_old_Master_that_comes_back_and_preempts_is_no_split_brain()
    {
        Hear(_first, _first, _first, _first);
        Hear(_second, _second, _second, _second);
        Assert.Equal(default, Hear(_first, _first, _first, _first));
    }

    [Fact]
    public void One_that_resigned_is_forgotten()
    {
        Hear(_first, _second, _first, _second, _first);
        Assert.Equal(default, _census.Hear(_first, 0, Interval.OneSecond, _now));
        Assert.Equal(default, Hear(_second));
    }

    /// <summary>One advertisement each, half an interval apart when two alternate, an interval when one speaks alone.</summary>
    private InetAddress Hear(params InetAddress[] speakers)
    {
        var other = default(InetAddress);
        long step = speakers.Distinct().Count() > 1 ? Instant.NanosecondsPerSecond / 2 : Instant.NanosecondsPerSecond;
        foreach (var speaker in speakers)
        {
            _now += step;
            other = _census.Hear(speaker, 100, Interval.OneSecond, _now);
        }

        return other;
    }
}
