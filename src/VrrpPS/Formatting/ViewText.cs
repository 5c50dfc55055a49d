using System.Globalization;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Measure;

namespace VrrpPS.Formatting;

/// <summary>Texts of table cells, called from VrrpPS.Format.ps1xml. Colours are decided there.</summary>
public static class ViewText
{
    /// <summary>How long ago something was, from the system's clock: <c>12s</c>, <c>5m</c>, <c>3h</c>, <c>2d</c>.</summary>
    public static string Age(DateTimeOffset? time) => Age(time, TimeProvider.System.GetUtcNow());

    /// <summary>How long before <paramref name="now"/> something was; empty when it never was.</summary>
    public static string Age(DateTimeOffset? time, DateTimeOffset now)
    {
        if (time is not { } then)
        {
            return string.Empty;
        }

        var age = now - then;
        return age switch
        {
            _ when age < TimeSpan.FromSeconds(1) => "now",
            _ when age < TimeSpan.FromMinutes(2) => $"{(int)age.TotalSeconds}s",
            _ when age < TimeSpan.FromHours(2) => $"{(int)age.TotalMinutes}m",
            _ when age < TimeSpan.FromDays(2) => $"{(int)age.TotalHours}h",
            _ => $"{(int)age.TotalDays}d",
        };
    }

    /// <summary>A duration as it would be typed, rounded to what fits a cell.</summary>
    public static string Duration(TimeSpan? duration) => duration switch
    {
        null => string.Empty,
        { Ticks: 0 } => "0s",
        { } value when value < TimeSpan.FromMilliseconds(1) => DurationText.Format(TimeSpan.FromMicroseconds(Math.Round(value.TotalMicroseconds))),
        { } value when value < TimeSpan.FromSeconds(1) => DurationText.Format(TimeSpan.FromMilliseconds(Math.Round(value.TotalMilliseconds, 2))),
        { } value => DurationText.Format(TimeSpan.FromSeconds(Math.Round(value.TotalSeconds, 2))),
    };

    /// <summary>How a measurement goes, in a line.</summary>
    public static string Progress(MeterProgress now)
    {
        ArgumentNullException.ThrowIfNull(now);
        string outages = now.Outages switch
        {
            0 => "no outage",
            1 => $"1 outage of {Duration(now.Longest)}",
            var count => $"{count} outages, the longest of {Duration(now.Longest)}",
        };
        string who = now.DownFor is { } down ? $"NO ANSWER for {Duration(down)}" : now.Master is { } master ? $"{master} answers" : "it answers";
        return now.Sent == 0 ? "waiting for the first answers" : $"{who}; {now.Sent} sent, {now.Lost} lost, {outages}";
    }

    /// <summary>A text, or another where it is empty.</summary>
    public static string Or(string? text, string other) => string.IsNullOrEmpty(text) ? other : text;

    /// <summary>A time of day with milliseconds, as the clock on this wall shows it.</summary>
    public static string Clock(DateTimeOffset time) => time.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary>The name, and the network namespace behind an @ where there is one.</summary>
    public static string Place(string name, string? networkNamespace) => string.IsNullOrEmpty(networkNamespace) ? name : $"{name}@{networkNamespace}";
}
