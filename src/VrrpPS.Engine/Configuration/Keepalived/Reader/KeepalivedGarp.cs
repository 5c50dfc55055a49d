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

    /// <summary>How often every refresh is announced; keepalived's default is 1.</summary>
    public int? RefreshRepeat { get; init; }

    /// <summary>How many are sent after a lower priority was heard; keepalived's default is 5.</summary>
    public int? LowerPriorityRepeat { get; init; }

    /// <summary>When they are sent again after that; keepalived's default is 5 s.</summary>
    public TimeSpan? LowerPriorityDelay { get; init; }

    /// <summary>How often the addresses on other interfaces are announced; zero for never.</summary>
    public TimeSpan? OtherInterfaces { get; init; }

    /// <summary>The gap between two announcements.</summary>
    public TimeSpan? Spacing { get; init; }

    /// <summary>
    /// As many announcements as keepalived sends, as soon as one of the two is set; what is not set keeps this product's default,
    /// not keepalived's.
    /// </summary>
    /// <param name="usesOtherInterfaces">Whether any address is on another interface than the instance's own.</param>
    /// <param name="diagnostics">Takes what is changed.</param>
    /// <param name="at">Where to point.</param>
    public AnnouncementOptions ToOptions(bool usesOtherInterfaces, DiagnosticBag diagnostics, SourcePosition at)
    {
        const int usualRepeat = 5;
        var usualDelay = TimeSpan.FromSeconds(5);
        var options = AnnouncementOptions.Default;
        if (Delay is not null || Repeat is not null)
        {
            var second = Limit(Delay ?? usualDelay, TimeSpan.FromHours(1), "garp_master_delay", diagnostics, at);
            options = options with
            {
                Copies = Copies(Repeat ?? usualRepeat, "garp_master_repeat", diagnostics, at),
                RepeatAfter = second > TimeSpan.Zero ? [second] : [],
            };
        }

        if ((LowerPriorityDelay ?? Delay) is not null || (LowerPriorityRepeat ?? Repeat) is not null)
        {
            options = options with
            {
                LowerPriorityCopies = Copies(LowerPriorityRepeat ?? usualRepeat, "garp_lower_prio_repeat", diagnostics, at),
                LowerPriorityDelay = Limit(LowerPriorityDelay ?? usualDelay, TimeSpan.FromHours(1), "garp_lower_prio_delay", diagnostics, at),
            };
        }

        if (Refresh is { } refresh)
        {
            options = options with { RefreshInterval = Limit(refresh, TimeSpan.FromDays(1), "garp_master_refresh", diagnostics, at) };
        }

        if (RefreshRepeat is { } repeat)
        {
            const int most = 10;
            if (repeat > most)
            {
                diagnostics.Warning(at, ConfigurationCodes.Adjusted, $"'garp_master_refresh_repeat' of {repeat} is more than {most}, which is used instead.");
            }

            options = options with { RefreshRepeat = Math.Min(repeat, most) };
        }

        if (OtherInterfaces is { } others && others > TimeSpan.Zero && usesOtherInterfaces
            && (options.RefreshInterval == TimeSpan.Zero || options.RefreshInterval > others))
        {
            diagnostics.Information(at, ConfigurationCodes.Adjusted, $"'garp_extra_if' of {DurationText.Format(others)} becomes the refresh of all addresses: each is announced where it is bound.");
            options = options with { RefreshInterval = Limit(others, TimeSpan.FromDays(1), "garp_extra_if", diagnostics, at) };
        }

        return Spacing is { } spacing
            ? options with { Spacing = Limit(spacing, TimeSpan.FromSeconds(1), "garp_interval", diagnostics, at) }
            : options;
    }

    /// <summary>Takes <c>garp_extra_if [all] SECONDS</c>; without <c>all</c> it is about virtual MAC interfaces of addresses elsewhere.</summary>
    public static KeepalivedGarp TakeOtherInterfaces(KeepalivedGarp garp, KeepalivedStatement s, DiagnosticBag diagnostics)
    {
        var words = s.Words.Skip(1).ToArray();
        bool all = words.Any(static word => word.Text == "all");
        TimeSpan? interval = null;
        foreach (var word in words.Where(static word => word.Text != "all"))
        {
            if (!int.TryParse(word.Text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int seconds) || seconds > 86400)
            {
                diagnostics.Error(word.At, ConfigurationCodes.InvalidValue, $"'{s.Keyword}' cannot be '{word.Text}': write whole seconds from 0 to 86400.");
                return garp;
            }

            interval = TimeSpan.FromSeconds(seconds);
        }

        if (interval is null)
        {
            diagnostics.Error(s.At, ConfigurationCodes.MissingValue, $"'{s.Keyword}' needs a time: write whole seconds behind it.");
        }
        else if (!all)
        {
            diagnostics.Warning(s.At, ConfigurationCodes.NotCarriedOver,
                $"'{s.Keyword}' without 'all' concerns virtual MAC interfaces of addresses on other interfaces; it changes neither election nor addresses nor authentication.");
        }

        return all && interval is { } given ? garp with { OtherInterfaces = given } : garp;
    }

    private static int Copies(int count, string keyword, DiagnosticBag diagnostics, SourcePosition at)
    {
        const int most = 100;
        if (count > most)
        {
            diagnostics.Warning(at, ConfigurationCodes.Adjusted, $"'{keyword}' of {count} is more than {most}, which is used instead.");
        }

        return Math.Min(count, most);
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
