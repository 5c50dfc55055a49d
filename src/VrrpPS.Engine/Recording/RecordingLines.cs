using System.Buffers;
using System.Text.Json;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Recording;

/// <summary>Lines on their way to the file: one JSON object each, put into one buffer that is used again and again.</summary>
internal sealed class RecordingLines : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(RecordingFormat.UsualBlock);
    private readonly Utf8JsonWriter _writer;
    private Effect[] _effects = new Effect[16];

    public RecordingLines() => _writer = new Utf8JsonWriter(_buffer, RecordingFormat.WriterOptions);

    public int Length => _buffer.WrittenCount;

    public ReadOnlySpan<byte> Bytes => _buffer.WrittenSpan;

    /// <summary>How many steps there are in the lines.</summary>
    public long Steps { get; private set; }

    public void Clear()
    {
        _buffer.ResetWrittenCount();
        Steps = 0;
    }

    /// <summary>Adds the oldest thing in a ring, a header or a whole step; how many entries that were.</summary>
    public int Add(RecordingRing ring)
    {
        ref readonly var entry = ref ring.Peek(0);
        if (entry.Kind == RecordingEntryKind.Header)
        {
            Add(entry.Header!);
            return 1;
        }

        int count = entry.EffectCount;
        if (_effects.Length < count)
        {
            _effects = new Effect[count * 2];
        }

        for (int i = 0; i < count; i++)
        {
            _effects[i] = ring.Peek(1 + i).Effect;
        }

        Add(new RecordedStep(string.Empty, 0, entry.Router, entry.At, entry.Input, new ArraySegment<Effect>(_effects, 0, count)));
        return 1 + count;
    }

    /// <summary>Adds a header.</summary>
    public void Add(RecordingHeader header)
    {
        RecordingFormat.Write(_writer, header);
        End();
    }

    /// <summary>Adds a step: its input, then its effects.</summary>
    public void Add(RecordedStep step)
    {
        RecordingFormat.WriteInput(_writer, step);
        End();
        RecordingFormat.WriteEffects(_writer, step);
        End();
        Steps++;
    }

    /// <summary>Adds a mark.</summary>
    public void Add(RecordedMark mark)
    {
        RecordingFormat.Write(_writer, mark);
        End();
    }

    public void Dispose() => _writer.Dispose();

    private void End()
    {
        _writer.Flush();
        _writer.Reset();
        _buffer.GetSpan(1)[0] = (byte)'\n';
        _buffer.Advance(1);
    }
}
