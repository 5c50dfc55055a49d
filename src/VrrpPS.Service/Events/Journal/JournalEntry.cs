using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace VrrpPS.Service.Events.Journal;

/// <summary>
/// One entry in the journal's native form: a field per line, <c>NAME=value</c>; a value with line ends is preceded by its length as
/// a little-endian 64-bit number instead.
/// </summary>
internal sealed class JournalEntry
{
    private readonly ArrayBufferWriter<byte> _bytes = new(512);

    /// <summary>The entry so far.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    /// <summary>Adds a field; one without a value is left out.</summary>
    /// <param name="name">Upper-case letters, digits and underscores.</param>
    /// <param name="value">Any text.</param>
    public JournalEntry Add(string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return this;
        }

        byte[] data = Encoding.UTF8.GetBytes(value);
        _bytes.Write(Encoding.ASCII.GetBytes(name));
        if (data.AsSpan().Contains((byte)'\n'))
        {
            Span<byte> length = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(length, data.Length);
            _bytes.Write("\n"u8);
            _bytes.Write(length);
        }
        else
        {
            _bytes.Write("="u8);
        }

        _bytes.Write(data);
        _bytes.Write("\n"u8);
        return this;
    }
}
