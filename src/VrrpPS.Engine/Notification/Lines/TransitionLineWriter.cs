using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace VrrpPS.Engine.Notification.Lines;

/// <summary>
/// Writes <see cref="TransitionLine"/>s, again and again into the same memory: many instances may change their state at once, and what
/// telling of it leaves behind is collected while they advertise. For one thread.
/// </summary>
#pragma warning disable CA1001 // It writes into memory only: nothing to release, and a line that comes late must not find it closed.
public sealed class TransitionLineWriter
#pragma warning restore CA1001
{
    private readonly ArrayBufferWriter<byte> _bytes = new(512);
    private readonly Utf8JsonWriter _json;
    private char[] _text = [];

    /// <summary>Makes a writer; its memory grows with the longest line.</summary>
    public TransitionLineWriter()
    {
        // Relaxed: the lines go to programs and terminals, never into HTML, and "->" should stay readable.
        _json = new Utf8JsonWriter(_bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>Writes a line.</summary>
    /// <returns>The line without its end, until the next one is written.</returns>
    public ReadOnlySpan<char> Write(TransitionLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        _bytes.ResetWrittenCount();
        _json.Reset();
        line.WriteTo(_json);
        _json.Flush();
        if (_text.Length < _bytes.WrittenCount)
        {
            _text = new char[_bytes.Capacity];
        }

        return _text.AsSpan(0, Encoding.UTF8.GetChars(_bytes.WrittenSpan, _text));
    }
}
