using VrrpPS.Engine.Errors;
using VrrpPS.Parameters;

namespace VrrpPS.Module.Tests;

public sealed class DurationReaderTests
{
    public static TheoryData<object, string?, double> Durations => new()
    {
        { 2, "2", 2 },
        { 2, null, 2 },
        { 3L, "3l", 3 },
        { 1.5, "1.5", 1.5 },
        { 16, "0x10", 16 },
        { (short)2, "1.5s", 1.5 },
        { (ushort)100, "100us", 0.0001 },
        { "1.5s", null, 1.5 },
        { "100ms", null, 0.1 },
        { " 2m ", null, 120 },
        { "1h", null, 3600 },
        { "2", null, 2 },
        { "00:01:00", null, 60 },
        { TimeSpan.FromSeconds(9), null, 9 },
    };

    public static TheoryData<object?, string?, string> Refusals => new()
    {
        { (short)2, null, ErrorIds.AmbiguousDuration },
        { (ushort)100, null, ErrorIds.AmbiguousDuration },
        { 1m, "1d", ErrorIds.AmbiguousDuration },
        { 1m, null, ErrorIds.AmbiguousDuration },
        { (byte)1, "1uy", ErrorIds.AmbiguousDuration },
        { 1f, null, ErrorIds.AmbiguousDuration },
        { new System.Numerics.BigInteger(1), "1n", ErrorIds.AmbiguousDuration },
        { -1, null, ErrorIds.InvalidDuration },
        { "-1s", null, ErrorIds.InvalidDuration },
        { TimeSpan.FromSeconds(-1), null, ErrorIds.InvalidDuration },
        { double.NaN, null, ErrorIds.InvalidDuration },
        { double.PositiveInfinity, null, ErrorIds.InvalidDuration },
        { 1e300, null, ErrorIds.InvalidDuration },
        { "1e300", null, ErrorIds.InvalidDuration },
        { "soon", null, ErrorIds.InvalidDuration },
        { "1,5s", null, ErrorIds.InvalidDuration },
        { string.Empty, null, ErrorIds.InvalidDuration },
        { null, null, ErrorIds.InvalidDuration },
        { true, null, ErrorIds.InvalidDuration },
    };

    [Theory]
    [MemberData(nameof(Durations))]
    public void Reads(object value, string? typed, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), DurationReader.Read(value, typed).Value);

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Refuses(object? value, string? typed, string errorId)
    {
        var duration = DurationReader.Read(value, typed);
        Assert.Equal(errorId, Assert.Throws<VrrpException>(() => duration.Value).ErrorId);
    }
}
