using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Engine.Health;
using Xunit;

namespace VrrpPS.Engine.Tests.Health;

public sealed class TrackerHealthTests
{
    /// <summary>A history of looks (+ success, - failure) and the status after each (? U D).</summary>
    [Theory]
    [InlineData(1, 1, TrackerStatus.Unknown, "+-+-", "UDUD")]
    [InlineData(3, 2, TrackerStatus.Unknown, "+-+--+++", "UUUUDDDU")]
    [InlineData(3, 2, TrackerStatus.Unknown, "-+++", "DDDU")]
    [InlineData(2, 3, TrackerStatus.Unknown, "+--+--+---", "UUUUUUUUUD")]
    [InlineData(2, 1, TrackerStatus.Down, "+-++", "DDDU")]
    [InlineData(2, 2, TrackerStatus.Up, "-+--", "UUUD")]
    public void So_many_in_a_row_change_the_status(int rise, int fall, TrackerStatus initial, string looks, string expected)
    {
        var health = new TrackerHealth(rise, fall, initial);
        string seen = string.Empty;
        foreach (char look in looks)
        {
            var before = health.Status;
            Assert.Equal(health.Note(look == '+'), health.Status != before);
            seen += health.Status.ToString()[0];
        }

        Assert.Equal(expected, seen);
    }
}
