namespace VrrpPS.Engine.Configuration.Keepalived;

internal static partial class KeepalivedInstanceProperties
{
    /// <summary>
    /// The inverse of <see cref="KeepalivedGarp.ToOptions"/>: a repetition after 1 s is several announcements at a time, another one
    /// the delay for the second round. The gap between two is shared by all instances.
    /// </summary>
    private static void Announcement(KeepalivedInstanceWriter w, InstanceConfiguration c)
    {
        var options = c.Announcement;
        if (!options.RepeatAfter.Equals(AnnouncementOptions.Default.RepeatAfter))
        {
            Repetitions(w, options);
        }

        // Written always: keepalived's own default is never.
        var refresh = WholeSeconds(options.RefreshInterval);
        w.Body.Line("garp_master_refresh", KeepalivedNumbers.Seconds(refresh));
        if (refresh != options.RefreshInterval)
        {
            w.Omit($"announcement.refreshInterval of {DurationText.Format(options.RefreshInterval)} is written as {DurationText.Format(refresh)}: keepalived takes whole seconds.");
        }
    }

    private static void Repetitions(KeepalivedInstanceWriter w, AnnouncementOptions options)
    {
        var soon = TimeSpan.FromSeconds(1);
        bool several = options.RepeatAfter.Contains(soon);
        var later = options.RepeatAfter.Where(t => t != soon).Select(WholeSeconds).FirstOrDefault(t => t > TimeSpan.Zero);
        w.Body.Line("garp_master_repeat", several ? "5" : "1");
        w.Body.Line("garp_master_delay", KeepalivedNumbers.Seconds(later));
        var written = new SortedSet<TimeSpan>(several ? [soon] : []);
        if (later > TimeSpan.Zero)
        {
            written.Add(later);
        }

        if (!written.SetEquals(options.RepeatAfter))
        {
            string all = string.Join(", ", options.RepeatAfter.Select(DurationText.Format));
            string rest = written.Count == 0 ? "none" : string.Join(", ", written.Select(DurationText.Format));
            w.Omit($"announcement.repeatAfter {all} is written as {rest}: keepalived repeats at once and after one delay of whole seconds.");
        }
    }

    private static TimeSpan WholeSeconds(TimeSpan value) => TimeSpan.FromSeconds(Math.Ceiling(value.TotalSeconds));
}
