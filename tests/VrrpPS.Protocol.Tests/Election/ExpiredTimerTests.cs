using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Protocol.Tests.Election;

/// <summary>A Master whose timer fired late, and that was told to yield when another router may have taken over.</summary>
public sealed class ExpiredTimerTests
{
    private static readonly RouterParameters _yielding = new() { Preempt = false, ExpiredTimerPriority = 200 };

    // The skew of priority 200 is 0.21875 s; the last advertisement left when the harness's Master took over.
    [Theory]
    [InlineData(3.2, RouterState.Master)]
    [InlineData(3.22, RouterState.Backup)]
    [InlineData(60, RouterState.Backup)]
    public void It_yields_once_a_router_with_that_priority_can_have_taken_over(double late, RouterState state)
    {
        var harness = RouterHarness.Master(_yielding).Jump(late);
        Assert.Equal(state, harness.Router.State);
        if (state == RouterState.Backup)
        {
            Assert.Equal(LastEvent.TimerExpired, harness.Router.LastEvent);
            Assert.Equal("release", harness.Log[0]);
            Assert.DoesNotContain(harness.Log, static line => line.StartsWith("send", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Version_2_has_its_own_skew()
        => Assert.Equal(
            RouterState.Backup,
            RouterHarness.Master(_yielding with { Version = VrrpVersion.V2, AdvertisementInterval = Interval.FromSeconds(2) }).Jump(6.22).Router.State);

    [Fact]
    public void Otherwise_it_goes_on_without_a_lease_and_says_that_it_was_late()
    {
        var harness = RouterHarness.Master(_yielding with { ExpiredTimerPriority = 0 }).Jump(60);
        Assert.Equal(RouterState.Master, harness.Router.State);
        Assert.Contains(harness.Log, static line => line.Contains("NearMiss", StringComparison.Ordinal));
    }
}
