using VrrpPS.Engine.Report;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Report;

public sealed class StateBoardTests
{
    private static readonly DateTimeOffset s_now = Samples.Noon.AddSeconds(10);

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void Every_instance_has_a_row_that_fits(int width)
    {
        var lines = Draw([Samples.State(), Samples.State("a-name-that-is-longer-than-all-the-others", RouterState.Backup)], width);

        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        Assert.Equal("12:00:10  2 instances: 1 Master, 1 Backup", lines[0]);
        Assert.Matches(@"^web\s+MASTER\s+3s\s+100 192\.0\.2\.2\s+192\.0\.2\.250/24$", lines[2]);
        Assert.Contains("web: Backup -> Master. The Master 192.0.2.1 was silent", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Trouble_stands_in_place_of_the_addresses()
    {
        var state = Samples.State(state: RouterState.Fault) with { FaultReason = ["eth0 has no carrier"] };

        Assert.EndsWith("eth0 has no carrier", Draw([state], 80)[2], StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_fit_the_height_is_counted()
    {
        var lines = StateBoard.Draw([.. Enumerable.Range(0, 50).Select(static i => Samples.State($"web{i}"))], [], s_now, 80, 20, colour: false);

        Assert.Equal(20, lines.Count);
        Assert.StartsWith("... and 33 more lines", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Escape_sequences_in_a_name_do_not_reach_the_terminal()
        => Assert.DoesNotContain('\e', string.Concat(Draw([Samples.State("web\e[2J")], 80)));

    [Fact]
    public void Colour_is_only_added()
    {
        VrrpState[] states = [Samples.State(), Samples.State("b", RouterState.Fault) with { FaultReason = ["no carrier"] }];
        var coloured = StateBoard.Draw(states, [Samples.Transition()], s_now, 80, 40, colour: true);

        Assert.Equal(Draw(states, 80), coloured.Select(static line => System.Text.RegularExpressions.Regex.Replace(line, @"\e\[[0-9]+m", string.Empty, System.Text.RegularExpressions.RegexOptions.NonBacktracking)));
        Assert.Contains("\e[32mMASTER", string.Concat(coloured), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_instance_it_says_so() => Assert.Equal("12:00:10  No instance runs.", Draw([], 80)[0]);

    private static IReadOnlyList<string> Draw(VrrpState[] states, int width)
        => StateBoard.Draw(states, states.Length == 0 ? [] : [Samples.Transition()], s_now, width, 40, colour: false);
}
