namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>keepalived's announcement knobs and what they become.</summary>
internal sealed record KeepalivedGarp
{
    /// <summary>When announcements are repeated after becoming Master; zero means never. keepalived's default is 5 s.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>How many announcements are sent at a time; keepalived's default is 5.</summary>
    public int? Repeat { get; init; }

    /// <summary>How often a Master announces again; zero means never.</summary>
    public TimeSpan? Refresh { get; init; }

    /// <summary>The gap between two announcements.</summary>
    public TimeSpan? Spacing { get; init; }

    /// <summary>
    /// The nearest thing here: a repetition after 1 s stands for several announcements at a time, the delay for the second
    /// round. What is not set keeps this product's default, not keepalived's.
    /// </summary>
    public AnnouncementOptions ToOptions(DiagnosticBag diagnostics, SourcePosition at)
    {
        var options = AnnouncementOptions.Default;
        if (Delay is not null || Repeat is not null)
        {
            var second = Limit(Delay ?? TimeSpan.FromSeconds(5), TimeSpan.FromHours(1), "garp_master_delay", diagnostics, at);
            var rounds = new SortedSet<TimeSpan>();
            if ((Repeat ?? 5) > 1)
            {
                rounds.Add(TimeSpan.FromSeconds(1));
            }

            if (second > TimeSpan.Zero)
            {
                rounds.Add(second);
            }

            options = options with { RepeatAfter = rounds.ToVrrpList() };
        }

        if (Refresh is { } refresh)
        {
            options = options with { RefreshInterval = Limit(refresh, TimeSpan.FromDays(1), "garp_master_refresh", diagnostics, at) };
        }

        return Spacing is { } spacing
            ? options with { Spacing = Limit(spacing, TimeSpan.FromSeconds(1), "garp_interval", diagnostics, at) }
            : options;
    }

    private static TimeSpan Limit(TimeSpan value, TimeSpan most, string keyword, DiagnosticBag diagnostics, SourcePosition at)
    {
        if (value <= most)
        {
            return value;
        }

        diagnostics.Warning(at, ConfigurationCodes.Adjusted, $"'{keyword}' of {DurationText.Format(value)} is more than {DurationText.Format(most)}, which is used instead.");
        return most;
    }
}
