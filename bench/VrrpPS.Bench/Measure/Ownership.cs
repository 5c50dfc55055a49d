namespace VrrpPS.Bench.Measure;

/// <summary>Reads a list of ownership events.</summary>
internal static class Ownership
{
    /// <summary>The times in which both nodes had the same address, cut to a window.</summary>
    public static List<Overlap> Overlaps(ReadOnlySpan<OwnershipEvent> events, long from, long to)
    {
        var found = new List<Overlap>();
        var bound = new bool[2, 256];
        var since = new long[256];
        foreach (ref readonly var change in events)
        {
            bool both = bound[0, change.Address] && bound[1, change.Address];
            bound[change.Node, change.Address] = change.Bound;
            bool bothNow = bound[0, change.Address] && bound[1, change.Address];
            if (!both && bothNow)
            {
                since[change.Address] = change.Time;
            }
            else if (both && !bothNow)
            {
                Add(found, change.Address, since[change.Address], change.Time, from, to);
            }
        }

        for (int address = 0; address < 256; address++)
        {
            if (bound[0, address] && bound[1, address])
            {
                Add(found, address, since[address], long.MaxValue, from, to);
            }
        }

        return found;
    }

    /// <summary>The greatest sum of overlaps of any one address, in nanoseconds.</summary>
    public static long Worst(IEnumerable<Overlap> overlaps)
        => overlaps.GroupBy(static overlap => overlap.Address).Select(static group => group.Sum(static overlap => overlap.Length)).DefaultIfEmpty(0).Max();

    /// <summary>The first or last change of a kind at a node in a window; null when there is none.</summary>
    public static long? Find(ReadOnlySpan<OwnershipEvent> events, int node, bool bound, bool last, long from, long to)
    {
        long? found = null;
        foreach (ref readonly var change in events)
        {
            if (change.Node == node && change.Bound == bound && change.Time >= from && change.Time < to)
            {
                found = change.Time;
                if (!last)
                {
                    break;
                }
            }
        }

        return found;
    }

    /// <summary>Whether a node has any address at an instant.</summary>
    public static bool HasAny(ReadOnlySpan<OwnershipEvent> events, int node, long at)
    {
        int count = 0;
        foreach (ref readonly var change in events)
        {
            if (change.Node == node && change.Time < at)
            {
                count += change.Bound ? 1 : -1;
            }
        }

        return count > 0;
    }

    private static void Add(List<Overlap> found, int address, long since, long until, long from, long to)
    {
        var overlap = new Overlap(address, Math.Max(since, from), Math.Min(until, to));
        if (overlap.Length > 0)
        {
            found.Add(overlap);
        }
    }
}
