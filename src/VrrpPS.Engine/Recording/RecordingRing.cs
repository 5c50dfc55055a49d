using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Recording;

/// <summary>
/// Carries steps from one loop to the writer: one thread puts in, one takes out, neither ever waits for the other. All memory
/// is there from the beginning; what does not fit is refused, and whoever puts in counts it.
/// </summary>
internal sealed class RecordingRing
{
    /// <summary>A tenth of a second of forty thousand steps a second; a power of two.</summary>
    public const int Capacity = 4096;

    private readonly RecordingEntry[] _entries = new RecordingEntry[Capacity];
    private long _head;
    private long _tail;

    /// <summary>Whether the writer should not wait any longer. For the loop.</summary>
    public bool IsHalfFull => _head - Volatile.Read(ref _tail) >= Capacity / 2;

    /// <summary>How many entries are waiting. For the writer.</summary>
    public int Count => (int)(Volatile.Read(ref _head) - _tail);

    /// <summary>Puts a step in whole, or not at all.</summary>
    public bool TryAdd(string router, Instant at, in Input input, ReadOnlySpan<Effect> effects)
    {
        if (!HasRoom(effects.Length + 1))
        {
            return false;
        }

        ref var first = ref _entries[_head & (Capacity - 1)];
        first.Kind = RecordingEntryKind.Input;
        first.Router = router;
        first.At = at;
        first.Input = input;
        first.EffectCount = effects.Length;
        for (int i = 0; i < effects.Length; i++)
        {
            ref var next = ref _entries[(_head + 1 + i) & (Capacity - 1)];
            next.Kind = RecordingEntryKind.Effect;
            next.Effect = effects[i];
        }

        Volatile.Write(ref _head, _head + 1 + effects.Length);
        return true;
    }

    /// <summary>Puts a header in.</summary>
    public bool TryAdd(RecordingHeader header)
    {
        if (!HasRoom(1))
        {
            return false;
        }

        ref var entry = ref _entries[_head & (Capacity - 1)];
        entry.Kind = RecordingEntryKind.Header;
        entry.Header = header;
        Volatile.Write(ref _head, _head + 1);
        return true;
    }

    /// <summary>The oldest entries, by position; they stay in place until <see cref="Release"/>. For the writer.</summary>
    public ref readonly RecordingEntry Peek(int position) => ref _entries[(_tail + position) & (Capacity - 1)];

    /// <summary>Gives the places of the oldest entries back. For the writer.</summary>
    public void Release(int count) => Volatile.Write(ref _tail, _tail + count);

    private bool HasRoom(int count) => Capacity - (_head - Volatile.Read(ref _tail)) >= count;
}
