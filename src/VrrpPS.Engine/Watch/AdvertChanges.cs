using System.Globalization;

namespace VrrpPS.Engine.Watch;

/// <summary>
/// Says what an advertisement brings that the one before of the same virtual router did not: a Master that says the same again says
/// nothing new. Its memory is bounded: of more than 512 virtual routers the one silent for longest is forgotten.
/// </summary>
internal sealed class AdvertChanges
{
    private const int MostRouters = 512;
    private const string GivesUp = "gives up";

    private readonly Dictionary<AdvertGroupKey, AdvertObservation> _last = [];

    /// <summary>Takes the next packet; what receivers would discard changes nothing.</summary>
    public IReadOnlyList<string> Observe(AdvertObservation heard)
    {
        if (heard is not { VirtualRouterId: { } vrid, Version: not null, Priority: not null, Malformed: null, ChecksumValid: not false })
        {
            return [];
        }

        var key = new AdvertGroupKey(heard.InterfaceName, heard.VlanId ?? 0, vrid, heard.Source.Family);
        if (!_last.TryGetValue(key, out var before))
        {
            if (_last.Count == MostRouters)
            {
                _ = _last.Remove(_last.MinBy(static entry => entry.Value.Time).Key);
            }

            _last.Add(key, heard);
            return [heard.Priority == 0 ? GivesUp : "new"];
        }

        _last[key] = heard;
        return Compare(heard, before);
    }

    private static List<string> Compare(AdvertObservation heard, AdvertObservation before)
    {
        var changes = new List<string>();
        string silence = ((heard.Time - before.Time) / 1e9).ToString("0.###", CultureInfo.InvariantCulture);
        if (heard.Priority == 0)
        {
            if (before.Priority != 0 || before.Source != heard.Source)
            {
                changes.Add(GivesUp);
            }

            return changes;
        }

        if (heard.Source != before.Source)
        {
            changes.Add($"new Master, {silence} s after {before.Source}{(before.Priority == 0 ? " gave up" : string.Empty)}");
        }
        else if (before.Priority == 0)
        {
            changes.Add($"Master again after {silence} s");
        }
        else
        {
            Add(changes, "priority", before.Priority, heard.Priority);
        }

        Add(changes, "version", before.Version, heard.Version);
        Add(changes, "interval", before.Interval, heard.Interval);
        if (heard.Source == before.Source && !heard.Addresses.SequenceEqual(before.Addresses))
        {
            changes.Add($"addresses {string.Join(", ", before.Addresses)} -> {string.Join(", ", heard.Addresses)}");
        }

        return changes;
    }

    private static void Add<T>(List<string> changes, string what, T? before, T? now)
        where T : struct
    {
        if (!EqualityComparer<T?>.Default.Equals(before, now))
        {
            changes.Add($"{what} {before} -> {now}");
        }
    }
}
