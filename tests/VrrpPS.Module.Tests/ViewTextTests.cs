using VrrpPS.Engine.Measure;
using VrrpPS.Formatting;

namespace VrrpPS.Module.Tests;

public sealed class ViewTextTests
{
    [Theory]
    [InlineData(0.5, "now")]
    [InlineData(-3, "now")]
    [InlineData(1, "1s")]
    [InlineData(119, "119s")]
    [InlineData(120, "2m")]
    [InlineData(7199, "119m")]
    [InlineData(7200, "2h")]
    [InlineData(172799, "47h")]
    [InlineData(172800, "2d")]
    public void Ages(double seconds, string text) => Assert.Equal(text, ViewText.Age(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(seconds)));

    [Fact]
    public void An_age_of_nothing_is_empty() => Assert.Empty(ViewText.Age(null));

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(0.0001234, "123us")]
    [InlineData(0.0123456, "12.35ms")]
    [InlineData(1, "1s")]
    [InlineData(3.21875, "3.22s")]
    [InlineData(120, "2m")]
    public void Durations(double seconds, string text) => Assert.Equal(text, ViewText.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void The_progress_of_a_measurement_is_a_line()
    {
        var now = new MeterProgress(TimeSpan.FromSeconds(5), Sent: 500, Lost: 0, Outages: 0, Longest: default, DownFor: null, "192.0.2.1");
        Assert.Equal("192.0.2.1 answers; 500 sent, 0 lost, no outage", ViewText.Progress(now));
        Assert.Equal("NO ANSWER for 1.5s; 500 sent, 150 lost, no outage", ViewText.Progress(now with { Lost = 150, DownFor = TimeSpan.FromSeconds(1.5) }));
        Assert.Equal("it answers; 900 sent, 150 lost, 2 outages, the longest of 1.2s", ViewText.Progress(now with { Master = null, Sent = 900, Lost = 150, Outages = 2, Longest = TimeSpan.FromSeconds(1.2) }));
        Assert.Equal("waiting for the first answers", ViewText.Progress(now with { Sent = 0 }));
    }

    [Fact]
    public void A_namespace_stands_behind_the_name()
    {
        Assert.Equal("a", ViewText.Place("a", null));
        Assert.Equal("a@web", ViewText.Place("a", "web"));
    }
}
