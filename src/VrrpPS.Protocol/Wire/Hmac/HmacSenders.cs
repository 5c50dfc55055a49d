namespace VrrpPS.Protocol.Wire;

/// <summary>
/// The last sequence of each sender. A small table: only whoever has the key gets into it, and few nodes advertise at a time. Where
/// it is full, the sender not heard for longest is forgotten.
/// </summary>
internal sealed class HmacSenders(int capacity)
{
    private readonly InetAddress[] _addresses = new InetAddress[capacity];
    private readonly ulong[] _sequences = new ulong[capacity];
    private readonly long[] _heard = new long[capacity];
    private long _clock;

    /// <summary>Takes the sequence of a sender whose HMAC is right; false when it does not come after the last one.</summary>
    /// <param name="source">The sender.</param>
    /// <param name="sequence">Its sequence.</param>
    /// <param name="unixNanoseconds">UTC since 1970 in nanoseconds.</param>
    /// <param name="windowSeconds">Beyond which a remembered sequence no longer counts; 0 when clocks are not compared.</param>
    public bool TryAccept(InetAddress source, ulong sequence, long unixNanoseconds, int windowSeconds)
    {
        int slot = Find(source);
        bool known = _addresses[slot] == source;
        if (known && windowSeconds > 0 && Math.Abs((long)HmacSequence.Age(_sequences[slot], unixNanoseconds)) > windowSeconds)
        {
            // What the window refuses anyway; a sender whose clock was corrected comes back this way.
            known = false;
        }

        _heard[slot] = ++_clock;
        if (known && !HmacSequence.IsAfter(sequence, _sequences[slot]))
        {
            return false;
        }

        _addresses[slot] = source;
        _sequences[slot] = sequence;
        return true;
    }

    /// <summary>Remembers what another table remembers, as far as there is room.</summary>
    public void Adopt(HmacSenders other)
    {
        foreach (int slot in Enumerable.Range(0, other._addresses.Length).Where(slot => other._heard[slot] > 0).OrderBy(slot => other._heard[slot]))
        {
            int target = Find(other._addresses[slot]);
            _addresses[target] = other._addresses[slot];
            _sequences[target] = other._sequences[slot];
            _heard[target] = ++_clock;
        }
    }

    private int Find(InetAddress source)
    {
        int oldest = 0;
        for (int slot = 0; slot < _addresses.Length; slot++)
        {
            if (_addresses[slot] == source)
            {
                return slot;
            }

            oldest = _heard[slot] < _heard[oldest] ? slot : oldest;
        }

        return oldest;
    }
}
