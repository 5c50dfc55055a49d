using System.Globalization;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Report;

/// <summary>Who was in which role when: from the histories of the instances, and from what was heard on the wire.</summary>
internal static class RoleLanes
{
    /// <summary>A router is a Master as long as this many of its intervals pass without an advertisement.</summary>
    private const int Patience = 3;

    public static IReadOnlyList<Lane> Of(ReportContent content, TimeAxis axis)
        => [.. OfInstances(content, axis), .. OfSpeakers(content, axis)];

    /// <summary>All times that the report knows of.</summary>
    public static IEnumerable<DateTimeOffset> Times(ReportContent content) =>
    [
        .. content.Transitions.Select(static t => t.Time),
        .. content.Events.Select(static e => e.Time),
        .. content.Adverts.Select(static a => a.Timestamp),
        .. content.Outages.SelectMany(static o => new[] { o.Start, o.End ?? o.Start + o.Duration }),
        .. content.Measurements.SelectMany(static m => new[] { m.Start, m.End }),
        .. content.Reachability.Select(static r => r.Timestamp),
        .. content.States.Select(static s => s.CapturedAt),
    ];

    private static IEnumerable<Lane> OfInstances(ReportContent content, TimeAxis axis)
    {
        var transitions = content.Transitions.Concat(content.Events.Select(static e => e.Transition).OfType<VrrpTransition>()).Distinct();
        foreach (var instance in transitions.GroupBy(static t => Place(t.Name, t.NetworkNamespace), StringComparer.Ordinal))
        {
            VrrpTransition[] steps = [.. instance.OrderBy(static t => t.Time)];
            var segments = new List<LaneSegment>();
            Add(segments, axis.From, steps[0].Time, steps[0].FromState, string.Empty);
            for (int i = 0; i < steps.Length; i++)
            {
                Add(segments, steps[i].Time, i + 1 < steps.Length ? steps[i + 1].Time : axis.To, steps[i].ToState, steps[i].Reason);
            }

            yield return new Lane(instance.Key, segments);
        }

        // One that has not changed in the time of the report has no step in it.
        foreach (var state in content.States.Where(s => !transitions.Any(t => t.Name == s.Name && t.NetworkNamespace == s.NetworkNamespace)).DistinctBy(static s => Place(s.Name, s.NetworkNamespace)))
        {
            var segments = new List<LaneSegment>();
            var since = state.LastTransition is { } last && last > axis.From ? last : axis.From;
            Add(segments, since, axis.To, state.State, state.StatusMessage);
            yield return new Lane(Place(state.Name, state.NetworkNamespace), segments);
        }
    }

    private static IEnumerable<Lane> OfSpeakers(ReportContent content, TimeAxis axis)
    {
        var speakers = content.Adverts.Where(static a => a is { VirtualRouterId: not null, Priority: not null })
            .GroupBy(static a => (a.VirtualRouterId, a.AddressFamily, a.SourceAddress));
        foreach (var speaker in speakers.OrderBy(static s => s.Key.VirtualRouterId).ThenBy(static s => s.Key.SourceAddress, StringComparer.Ordinal))
        {
            var segments = new List<LaneSegment>();
            VrrpAdvert? first = null, last = null;
            foreach (var advert in speaker.OrderBy(static a => a.Timestamp))
            {
                bool goesOn = last is { Priority: > 0 } && advert.Timestamp - last.Timestamp <= Window(last);
                if (!goesOn)
                {
                    Close(segments, first, last, axis);
                    first = advert;
                }

                last = advert;
            }

            Close(segments, first, last, axis);
            yield return new Lane(string.Create(CultureInfo.InvariantCulture, $"{speaker.Key.SourceAddress} (VRID {speaker.Key.VirtualRouterId})"), segments);
        }
    }

    private static void Close(List<LaneSegment> segments, VrrpAdvert? first, VrrpAdvert? last, TimeAxis axis)
    {
        if (first is null || last is null || first.Priority == 0)
        {
            return;
        }

        var end = last.Priority == 0 ? last.Timestamp : last.Timestamp + (last.AdvertisementInterval ?? TimeSpan.FromSeconds(1));
        end = end > axis.To ? axis.To : end;
        string how = last.Priority == 0 ? "gave up with priority 0" : "last heard";
        segments.Add(new LaneSegment(first.Timestamp, end, LaneChart.Master, "advertises", $"Advertised from {Clock(first.Timestamp)}, {how} {Clock(last.Timestamp)}, priority {first.Priority}"));
    }

    private static TimeSpan Window(VrrpAdvert advert) => Patience * (advert.AdvertisementInterval ?? TimeSpan.FromSeconds(1));

    private static void Add(List<LaneSegment> segments, DateTimeOffset from, DateTimeOffset to, RouterState state, string reason)
    {
        if (to <= from || state == RouterState.Initialize)
        {
            return;
        }

        string style = state switch
        {
            RouterState.Master => LaneChart.Master,
            RouterState.Backup => LaneChart.Backup,
            RouterState.Fault => LaneChart.Fault,
            _ => LaneChart.Between,
        };
        segments.Add(new LaneSegment(from, to, style, $"{state}", $"{state} from {Clock(from)} to {Clock(to)}{(reason.Length == 0 ? string.Empty : ": ")}{reason}"));
    }

    public static string Place(string name, string? networkNamespace) => networkNamespace is null ? name : $"{name}@{networkNamespace}";

    public static string Clock(DateTimeOffset time) => time.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
}
