namespace VrrpPS.Bench.Measure;

/// <summary>
/// What became of each ping, by its number. One writer; read after it has stopped. Kept in chunks, so that growing never copies.
/// </summary>
internal sealed class PingLog
{
    /// <summary>An answer later than this is none.</summary>
    public const long AnswerBound = 250 * Clock.Millisecond;

    private const int ChunkBits = 15;
    private const int ChunkMask = (1 << ChunkBits) - 1;

    private readonly List<long[]> _sent = [];
    private readonly List<long[]> _answered = [];
    private long _origin;

    /// <summary>How many were due.</summary>
    public long Count { get; private set; }

    /// <summary>Sets when number 0 is due; number n is due n milliseconds later.</summary>
    public void Begin(long origin) => _origin = origin;

    /// <summary>When a ping is due.</summary>
    public long Due(long number) => _origin + (number * Clock.Millisecond);

    /// <summary>Notes that a ping left.</summary>
    public void Sent(long number, long now)
    {
        while (_sent.Count <= number >> ChunkBits)
        {
            _sent.Add(new long[ChunkMask + 1]);
            _answered.Add(new long[ChunkMask + 1]);
        }

        _sent[(int)(number >> ChunkBits)][number & ChunkMask] = now;
        Count = number + 1;
    }

    /// <summary>Notes an answer.</summary>
    public void Answered(long number, long now)
    {
        if (number >= 0 && number < Count)
        {
            ref long at = ref _answered[(int)(number >> ChunkBits)][number & ChunkMask];
            at = at == 0 ? now : at;
        }
    }

    /// <summary>The times at which pings left that nobody answered, between two instants, in order.</summary>
    public List<long> Lost(long from, long to)
    {
        var lost = new List<long>();
        for (long number = Math.Max(0, (from - _origin) / Clock.Millisecond); number < Count && Due(number) < to; number++)
        {
            long sent = _sent[(int)(number >> ChunkBits)][number & ChunkMask];
            long answered = _answered[(int)(number >> ChunkBits)][number & ChunkMask];

            // 0: the client itself was too late to send it, which says nothing about the nodes.
            if (sent >= from && sent < to && sent != 0 && (answered == 0 || answered - sent > AnswerBound))
            {
                lost.Add(sent);
            }
        }

        return lost;
    }

    /// <summary>The longest run of pings one after the other that were lost, in nanoseconds.</summary>
    public static long LongestOutage(IReadOnlyList<long> lost)
    {
        long longest = 0, start = 0;
        for (int i = 0; i < lost.Count; i++)
        {
            if (i == 0 || lost[i] - lost[i - 1] > 2 * Clock.Millisecond)
            {
                start = lost[i];
            }

            longest = Math.Max(longest, lost[i] - start + Clock.Millisecond);
        }

        return longest;
    }
}
