using System.Globalization;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Parameters;

/// <summary>Turns what was typed or passed into a duration. Knows nothing of PowerShell, so that every case is a plain test.</summary>
internal static class DurationReader
{
    /// <summary>Reads a value.</summary>
    /// <param name="value">The value as PowerShell converted it.</param>
    /// <param name="typed">The text that was typed for it, where PowerShell kept it.</param>
    internal static VrrpDuration Read(object? value, string? typed) => value switch
    {
        VrrpDuration duration => duration,
        TimeSpan span => Checked(span, value),
        string text => FromText(text),
        _ when typed is not null && DurationText.TryParse(typed, out var span) => Checked(span, typed),
        int or long or double => FromSeconds(Convert.ToDouble(value, CultureInfo.InvariantCulture), value),
        _ when IsNumber(value) => new VrrpDuration(VrrpErrors.AmbiguousDuration(value!)),
        _ => new VrrpDuration(VrrpErrors.InvalidDuration($"{value}")),
    };

    private static VrrpDuration FromText(string text)
    {
        string trimmed = text.Trim();
        if (double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds))
        {
            return FromSeconds(seconds, text);
        }

        if (DurationText.TryParse(trimmed, out var duration)
            || (trimmed.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(trimmed, CultureInfo.InvariantCulture, out duration)))
        {
            return Checked(duration, text);
        }

        return new VrrpDuration(VrrpErrors.InvalidDuration(text));
    }

    private static VrrpDuration FromSeconds(double seconds, object value)
        => double.IsFinite(seconds) && Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds
            ? Checked(TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond)), value)
            : new VrrpDuration(VrrpErrors.InvalidDuration($"{value}"));

    private static VrrpDuration Checked(TimeSpan duration, object value)
        => duration < TimeSpan.Zero ? new VrrpDuration(VrrpErrors.InvalidDuration($"{value}")) : new VrrpDuration(duration);

    private static bool IsNumber(object? value)
        => value is sbyte or byte or short or ushort or uint or ulong or float or decimal or System.Numerics.BigInteger;
}
