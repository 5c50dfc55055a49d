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
    public void A_namespace_stands_behind_the_name()
    {
        Assert.Equal("a", ViewText.Place("a", null));
        Assert.Equal("a@web", ViewText.Place("a", "web"));
    }
}
