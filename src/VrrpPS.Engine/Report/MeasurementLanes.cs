using System.Globalization;

namespace VrrpPS.Engine.Report;

/// <summary>Turns measurements into lanes: who answered, and the outages over it.</summary>
internal static class MeasurementLanes
{
    /// <summary>The drawing of measurements as a file of its own.</summary>
    public static string Svg(IReadOnlyList<VipMeasurement> measurements)
    {
        var holders = new HolderNumbers();
        return LaneChart.Draw(Title(measurements), Axis(measurements), [.. measurements.Select(measurement => Of(measurement, holders))], standalone: true);
    }

    public static TimeAxis Axis(IEnumerable<VipMeasurement> measurements) => TimeAxis.Over(measurements.SelectMany(static m => new[] { m.Start, m.End }));

    public static Lane Of(VipMeasurement measurement, HolderNumbers holders)
    {
        var segments = new List<LaneSegment>();
        var changes = measurement.MasterChange;
        if (changes.Count == 0 && measurement.Answered > 0)
        {
            segments.Add(new LaneSegment(measurement.Start, measurement.End, LaneChart.Quiet, "answered", "It answered; who did was not seen."));
        }

        for (int i = 0; i < changes.Count; i++)
        {
            string name = changes[i].MasterAfter ?? "?";
            var from = i == 0 ? measurement.Start : changes[i].Time;
            var to = i + 1 < changes.Count ? changes[i + 1].Time : measurement.End;
            string mac = changes[i].MacAddressAfter is { } address && address != name ? $" ({address})" : string.Empty;
            string style = LaneChart.Holder(holders.Of(name));
            segments.AddRange(Answering(measurement, from, to).Select(part => new LaneSegment(part.From, part.To, style, name, $"{name}{mac} answered from {RoleLanes.Clock(part.From)} to {RoleLanes.Clock(part.To)}")));
        }

        foreach (var outage in measurement.Outage)
        {
            var end = outage.End ?? measurement.End;
            segments.Add(new LaneSegment(outage.Start, end, LaneChart.Lost, Seconds(outage.Duration), $"Outage: {outage}; {outage.Symptom}"));
        }

        return new Lane(RoleLanes.Place(measurement.VirtualIPAddress, measurement.NetworkNamespace), segments);
    }

    /// <summary>What the outages leave of a time.</summary>
    private static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Answering(VipMeasurement measurement, DateTimeOffset from, DateTimeOffset to)
    {
        foreach (var outage in measurement.Outage.Where(o => o.Start < to && (o.End ?? measurement.End) > from))
        {
            if (outage.Start > from)
            {
                yield return (from, outage.Start);
            }

            from = outage.End ?? measurement.End;
        }

        if (from < to)
        {
            yield return (from, to);
        }
    }

    public static string Seconds(TimeSpan duration) => duration.TotalSeconds.ToString(duration < TimeSpan.FromSeconds(10) ? "0.###" : "0.##", CultureInfo.InvariantCulture) + " s";

    private static string Title(IReadOnlyList<VipMeasurement> measurements) => string.Join("; ", measurements);
}
