using System.Globalization;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Configuration;

/// <summary>
/// Durations as people write them: <c>100us</c>, <c>100ms</c>, <c>1.5s</c>, <c>2m</c>, <c>1h</c>; a bare number is
/// seconds. Invariant culture; no sign, no exponent, no space. The finest step is 100 ns.
/// </summary>
public static class DurationText
{
    private static readonly (string Suffix, decimal Ticks)[] Units =
    [
        ("us", TimeSpan.TicksPerMicrosecond),
        ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond),
        ("m", TimeSpan.TicksPerMinute),
        ("h", TimeSpan.TicksPerHour),
    ];

    /// <summary>Reads a duration of 0 to 10 years.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        var number = text.AsSpan().Trim();
        decimal ticks = TimeSpan.TicksPerSecond;
        foreach (var unit in Units)
        {
            if (number.EndsWith(unit.Suffix, StringComparison.Ordinal))
            {
                number = number[..^unit.Suffix.Length];
                ticks = unit.Ticks;
                break;
            }
        }

        return number.Length is > 0 and <= 24 && char.IsAsciiDigit(number[0])
            && decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)
            && TryFrom(value, ticks, out duration);
    }

    /// <summary>Reads a duration.</summary>
    /// <exception cref="VrrpException">InvalidDuration.</exception>
    public static TimeSpan Parse(string? text) => TryParse(text, out var duration) ? duration : throw VrrpErrors.InvalidDuration(text);

    /// <summary>Converts a number of seconds, as JSON and PowerShell have them.</summary>
    public static bool TryFromSeconds(decimal seconds, out TimeSpan duration) => TryFrom(seconds, TimeSpan.TicksPerSecond, out duration);

    /// <summary>The shortest text that reads back as the same duration: <c>1.5s</c>, <c>100ms</c>, <c>2m</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        long ticks = duration.Ticks;
        var (suffix, unit) = ticks switch
        {
            0 => Units[2],
            _ when ticks % TimeSpan.TicksPerHour == 0 => Units[4],
            _ when ticks % TimeSpan.TicksPerMinute == 0 => Units[3],
            _ when Math.Abs(ticks) >= TimeSpan.TicksPerSecond => Units[2],
            _ when Math.Abs(ticks) >= TimeSpan.TicksPerMillisecond => Units[1],
            _ => Units[0],
        };
        return (ticks / unit).ToString("0.#######", CultureInfo.InvariantCulture) + suffix;
    }

    private static bool TryFrom(decimal value, decimal ticksPerUnit, out TimeSpan duration)
    {
        const decimal limit = 3653m * TimeSpan.TicksPerDay;
        duration = default;
        if (value < 0 || value > limit / ticksPerUnit)
        {
            return false;
        }

        decimal ticks = value * ticksPerUnit;
        if (ticks != decimal.Truncate(ticks))
        {
            return false;
        }

        duration = new TimeSpan((long)ticks);
        return true;
    }
}
