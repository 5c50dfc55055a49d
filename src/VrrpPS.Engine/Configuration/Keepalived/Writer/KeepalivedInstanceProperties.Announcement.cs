namespace VrrpPS.Engine.Configuration.Keepalived;

internal static partial class KeepalivedInstanceProperties
{
    /// <summary>
    /// The inverse of <see cref="KeepalivedGarp.ToOptions"/>: so many announcements at a time, and one delay for the second round. The gap
    /// between two is shared by all instances.
    /// </summary>
    private static void Announcement(KeepalivedInstanceWriter w, InstanceConfiguration c)
    {
        var options = c.Announcement;
        var usual = AnnouncementOptions.Default;
        bool isTuned = options.Copies != usual.Copies || !options.RepeatAfter.Equals(usual.RepeatAfter);
        if (isTuned)
        {
            Repetitions(w, options);
        }

        // Without a word about these, keepalived has defaults of its own.
        if (isTuned || options.LowerPriorityCopies != usual.LowerPriorityCopies || options.LowerPriorityDelay != usual.LowerPriorityDelay)
        {
            var delay = WholeSeconds(options.LowerPriorityDelay);
            w.Body.Line("garp_lower_prio_repeat", KeepalivedNumbers.Whole(options.LowerPriorityCopies));
            w.Body.Line("garp_lower_prio_delay", KeepalivedNumbers.Seconds(delay));
            if (delay != options.LowerPriorityDelay)
            {
                w.Omit($"announcement.lowerPriorityDelay of {DurationText.Format(options.LowerPriorityDelay)} is written as {DurationText.Format(delay)}: keepalived takes whole seconds.");
            }
        }

        // Written always: keepalived's own default is never.
        var refresh = WholeSeconds(options.RefreshInterval);
        w.Body.Line("garp_master_refresh", KeepalivedNumbers.Seconds(refresh));
        if (options.RefreshRepeat != 1)
        {
            w.Body.Line("garp_master_refresh_repeat", KeepalivedNumbers.Whole(options.RefreshRepeat));
        }

        if (refresh != options.RefreshInterval)
        {
            w.Omit($"announcement.refreshInterval of {DurationText.Format(options.RefreshInterval)} is written as {DurationText.Format(refresh)}: keepalived takes whole seconds.");
        }
    }

    private static void Repetitions(KeepalivedInstanceWriter w, AnnouncementOptions options)
    {
        var later = options.RepeatAfter.Select(WholeSeconds).FirstOrDefault(t => t > TimeSpan.Zero);
        w.Body.Line("garp_master_repeat", KeepalivedNumbers.Whole(options.Copies));
        w.Body.Line("garp_master_delay", KeepalivedNumbers.Seconds(later));
        VrrpList<TimeSpan> written = later > TimeSpan.Zero ? [later] : [];
        if (!written.Equals(options.RepeatAfter))
        {
            string all = string.Join(", ", options.RepeatAfter.Select(DurationText.Format));
            string rest = written.Count == 0 ? "none" : string.Join(", ", written.Select(DurationText.Format));
            w.Omit($"announcement.repeatAfter {all} is written as {rest}: keepalived repeats once, after whole seconds.");
        }
    }

    private static TimeSpan WholeSeconds(TimeSpan value) => TimeSpan.FromSeconds(Math.Ceiling(value.TotalSeconds));
}
