using VrrpPS.Engine.Checks;
using VrrpPS.Engine.Checks.Configuration.Election;
using VrrpPS.Engine.Configuration.Trackers;
using Xunit;

namespace VrrpPS.Engine.Tests.Checks.Configuration;

/// <summary>Health checks as they are configured, in the election that is played.</summary>
public sealed class SimulatedCheckTests
{
    [Theory]
    [InlineData(0, false, 100, -1)]
    [InlineData(0, true, 100, -1)]
    [InlineData(-20, false, 100, 80)]
    [InlineData(20, false, 120, 100)]
    [InlineData(-20, true, 120, 100)]
    [InlineData(20, true, 100, 80)]
    public void Weights_and_directions(int weight, bool reverse, int healthy, int failed)
    {
        var instance = Nodes.Instance() with { Trackers = [Port(weight) with { Reverse = reverse }] };
        Assert.Equal(healthy, SimulatedCheck.HealthyPriority(instance));
        Assert.Equal(failed < 0 ? null : failed, Assert.Single(SimulatedCheck.Of(instance)).PriorityAfter);
    }

    [Fact]
    public void Each_check_fails_alone_and_the_others_go_on_counting()
    {
        var instance = Nodes.Instance() with { Trackers = [Port(20), Port(-30) with { Name = "other" }], TrackInterfaces = ["eth1"] };
        Assert.Equal(120, SimulatedCheck.HealthyPriority(instance));
        Assert.Equal(
            [("check 'other'", 90), ("check 'port'", 100), ("interface eth1", null)],
            SimulatedCheck.Of(instance).Select(static check => (check.Name, check.PriorityAfter)).OrderBy(static check => check.Name, StringComparer.Ordinal));
    }

    [Fact]
    public void A_file_fails_by_one_step()
        => Assert.Equal(90, Assert.Single(SimulatedCheck.Of(Nodes.Instance() with { Trackers = [new FileTracker { Name = "f", Path = "/run/f", Weight = 10 }] })).PriorityAfter);

    [Fact]
    public void A_weight_that_is_too_small_is_found_in_a_configuration()
    {
        var finding = Assert.Single(Nodes.Findings(Nodes.Instance(100) with { Trackers = [Port(-5)] }, Nodes.Instance(90)));
        Assert.Equal(FindingCodes.CheckWithoutFailover, finding.Code);
        Assert.Contains("with check 'port' failed, a is 95 and b is 90", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_that_is_enough_moves_the_role_and_back()
    {
        var outcomes = Nodes.Outcomes(Nodes.Instance(100) with { Trackers = [Port(-20)] }, Nodes.Instance(90));
        var outcome = Assert.Single(outcomes, static outcome => outcome.Failure == "check 'port' fails on a");
        Assert.Equal(("a", "b", "a"), (outcome.MasterBefore.ToString(), outcome.Master.ToString(), outcome.MasterAfterwards.ToString()));
    }

    [Fact]
    public void A_positive_weight_decides_who_is_Master_while_all_is_well()
    {
        var outcomes = Nodes.Outcomes(Nodes.Instance(100), Nodes.Instance(90) with { Trackers = [Port(20)] });
        Assert.Equal("b", Assert.Single(outcomes, static outcome => outcome.Failure.Length == 0).Master.ToString());
    }

    private static TcpTracker Port(int weight) => new() { Name = "port", Weight = weight, Host = "127.0.0.1", Port = 32463 };
}
