using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using Xunit;

namespace VrrpPS.Engine.Tests.Configuration;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("100us", 1_000)]
    [InlineData("100ms", 1_000_000)]
    [InlineData("1.5s", 15_000_000)]
    [InlineData("2m", 1_200_000_000)]
    [InlineData("1h", 36_000_000_000)]
    [InlineData("1", 10_000_000)]
    [InlineData("0.25", 2_500_000)]
    [InlineData("0", 0)]
    [InlineData(" 5s ", 50_000_000)]
    [InlineData("0.1us", 1)]
    public void Reads_units_and_bare_seconds(string text, long ticks) => Assert.Equal(ticks, DurationText.Parse(text).Ticks);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("+1s")]
    [InlineData("1,5s")]
    [InlineData("1e3")]
    [InlineData(".5s")]
    [InlineData("1 s")]
    [InlineData("1d")]
    [InlineData("1S")]
    [InlineData("0.01us")]
    [InlineData("99999999999h")]
    [InlineData("1s2m")]
    public void Refuses_everything_else(string? text)
    {
        Assert.False(DurationText.TryParse(text, out _));
        var error = Assert.Throws<VrrpException>(() => DurationText.Parse(text));
        Assert.Equal(ErrorIds.InvalidDuration, error.ErrorId);
        Assert.Contains("100ms", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(1_000, "100us")]
    [InlineData(1, "0.1us")]
    [InlineData(1_000_000, "100ms")]
    [InlineData(15_000_000, "1.5s")]
    [InlineData(1_200_000_000, "2m")]
    [InlineData(900_000_000, "90s")]
    [InlineData(36_000_000_000, "1h")]
    public void Formats_so_that_it_reads_back(long ticks, string text)
    {
        Assert.Equal(text, DurationText.Format(new TimeSpan(ticks)));
        Assert.Equal(ticks, DurationText.Parse(text).Ticks);
    }
}
