using VrrpPS.Bench.Cases;

namespace VrrpPS.Bench.Report;

/// <summary>Everything measured in a case, and its lines of the table.</summary>
internal sealed class CaseResult(int row, string name)
{
    /// <summary>The share of samples that may be set aside in a run that passes.</summary>
    private const double GreatestShareSetAside = 0.05;

    private const string Ours = "ours", Keepalived = "keepalived", Floor = "floor";

    private readonly Dictionary<string, List<Sample>> _pairs = new(StringComparer.Ordinal);

    /// <summary>The row of the table of goals.</summary>
    public int Row => row;

    /// <summary>The arrangement.</summary>
    public string Name => name;

    /// <summary>
    /// Whether so much of what has a goal was set aside that a run does not pass. What keepalived loses alone has none; its figures
    /// are compared with all of ours.
    /// </summary>
    public static bool IsDisturbed(IReadOnlyCollection<Sample> samples, out int setAside)
    {
        var judged = samples.Where(static sample => sample.Pair.StartsWith(Ours, StringComparison.Ordinal)).ToList();
        setAside = judged.Count(static sample => sample.SetAside);
        return setAside > GreatestShareSetAside * judged.Count;
    }

    /// <summary>All samples, set aside or not, by pair.</summary>
    public IReadOnlyDictionary<string, List<Sample>> Pairs => _pairs;

    /// <summary>Adds a run.</summary>
    public void Add(IEnumerable<Sample> samples)
    {
        foreach (var sample in samples)
        {
            if (!_pairs.TryGetValue(sample.Pair, out var list))
            {
                _pairs.Add(sample.Pair, list = []);
            }

            list.Add(sample);
        }
    }

    /// <summary>The lines.</summary>
    public IEnumerable<ResultLine> Lines()
    {
        var reference = _pairs.GetValueOrDefault($"{Keepalived}->{Keepalived}") ?? _pairs.GetValueOrDefault(Keepalived) ?? [];
        var bare = _pairs.GetValueOrDefault(Floor) ?? [];
        foreach (var (pair, samples) in _pairs.Where(static pair => pair.Key.Contains(Ours, StringComparison.Ordinal)))
        {
            var kept = samples.Where(static sample => !sample.SetAside).ToList();
            int aside = samples.Count - kept.Count;
            foreach (var metric in Metrics.Of(row, name, pair).Where(metric => samples.Any(sample => sample.Values.ContainsKey(metric.Key))))
            {
                double value = Value(metric, kept), all = Value(metric, samples), keepalived = Value(metric, reference), floor = Value(metric, bare);
                yield return new ResultLine(
                    row, name, pair, metric.Title, value, all, keepalived, floor,
                    metric.Goals.Length > 0 ? string.Join(' ', metric.Goals) : null,
                    Verdict(metric.Goals, goal => goal.IsMet(value, all, keepalived, floor), aside > GreatestShareSetAside * samples.Count, kept.Count > 0),
                    kept.Count, aside);
            }
        }
    }

    private static string Verdict(Goal[] goals, Func<Goal, bool?> isMet, bool disturbed, bool any)
    {
        if (goals.Length == 0)
        {
            return string.Empty;
        }

        bool?[] met = [.. goals.Select(isMet)];
        string text = met.Contains(false) ? "NO" : met.Contains(null) ? "-" : "yes";

        // A ratio needs no sample that was kept; a number does.
        bool counts = any || goals.All(static goal => goal.Kind is GoalKind.OfKeepalived or GoalKind.OfFloor);
        return !counts ? "-?" : disturbed ? text + "?" : text;
    }

    private static double Value(Metric metric, IReadOnlyList<Sample> samples)
        => metric.Statistic([.. samples.Where(sample => sample.Values.ContainsKey(metric.Key)).Select(sample => sample.Values[metric.Key])]);
}
