using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Protocol.Tests.Election;

/// <summary>An owner that takes no notice of others, and one that does.</summary>
public sealed class OwnerTests
{
    private static readonly RouterParameters _deaf = new() { Priority = 255, OwnerIgnoresAdvertisements = true };

    [Theory]
    [InlineData(true, RouterState.Master)]
    [InlineData(false, RouterState.Backup)]
    public void A_second_owner_with_a_greater_address_wins_unless_it_is_ignored(bool ignores, RouterState state)
    {
        var harness = RouterHarness.Master(_deaf with { OwnerIgnoresAdvertisements = ignores }).Hear(255, RouterHarness.Higher);
        Assert.Equal(state, harness.Router.State);
        Assert.Contains(harness.Log, static line => line.Contains("TwoOwners", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void A_lower_Master_is_answered_unless_it_is_ignored(bool ignores, int answers)
    {
        var harness = RouterHarness.Master(_deaf with { OwnerIgnoresAdvertisements = ignores }).After(0.5).Forget().Hear(100, RouterHarness.Lower);
        Assert.Equal(answers, harness.Log.Count(static line => line == "send 255"));
    }

    [Fact]
    public void An_owner_that_a_health_check_lowered_hears_again()
    {
        var harness = RouterHarness.Master(_deaf).Do(Input.PriorityChanged(100)).Hear(200, RouterHarness.Higher);
        Assert.Equal(RouterState.Backup, harness.Router.State);
    }

    [Fact]
    public void Others_are_not_deaf()
        => Assert.Equal(RouterState.Backup, RouterHarness.Master(_deaf with { Priority = 100 }).Hear(200, RouterHarness.Higher).Router.State);
}
