namespace VrrpPS.Engine.Metrics;

/// <content>The kinds of definitions.</content>
public static partial class MetricCatalog
{
    private static MetricDefinition Gauge(string name, string unit, string description, Func<VrrpState, DateTimeOffset, double?> read) => new(
        name, MetricKind.Gauge, unit, description, [],
        snapshot => snapshot.States.SelectMany(state => read(state, snapshot.Time) is { } value ? [Point(state, value)] : Array.Empty<MetricPoint>()));

    private static MetricDefinition Gauge(string name, string unit, string description, Func<VrrpCounter, double> read) => new(
        name, MetricKind.Gauge, unit, description, [],
        snapshot => snapshot.Counters.Select(counter => new MetricPoint(read(counter), MetricAttributes.Of(counter), null)));

    private static MetricDefinition Counter(string name, string unit, string description, Func<VrrpCounter, long> read) => new(
        name, MetricKind.Counter, unit, description, [],
        snapshot => snapshot.Counters.Select(counter => new MetricPoint(read(counter), MetricAttributes.Of(counter), counter.DiscontinuityTime)));

    private static MetricDefinition Tracker(string name, string unit, string description, Func<VrrpTrackerState, double?> read) => new(
        name, MetricKind.Gauge, unit, description, [MetricAttributes.Tracker, MetricAttributes.TrackerKind],
        snapshot => snapshot.States.SelectMany(state => state.Tracker.SelectMany(tracker => read(tracker) is { } value
            ? [Point(state, value, new KeyValuePair<string, object?>(MetricAttributes.Tracker, tracker.Name), new KeyValuePair<string, object?>(MetricAttributes.TrackerKind, tracker.Kind.ToString().ToLowerInvariant()))]
            : Array.Empty<MetricPoint>())));

    private static MetricPoint Point(VrrpState state, double value, params KeyValuePair<string, object?>[] more)
        => new(value, [.. MetricAttributes.Of(state), .. more], null);

    private static MetricPoint Point(VrrpCounter counter, double value, params KeyValuePair<string, object?>[] more)
        => new(value, [.. MetricAttributes.Of(counter), .. more], counter.DiscontinuityTime);
}
