using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Watch.Capture;

/// <summary>A stream that knows its position, its name and one reused buffer.</summary>
internal sealed class CaptureSource(Stream stream, string name) : IDisposable
{
    private byte[] _buffer = new byte[4096];

    /// <summary>The number of bytes read so far.</summary>
    public long Offset { get; private set; }

    /// <summary>Reads as much as there is, up to the length of <paramref name="destination"/>.</summary>
    public int Fill(Span<byte> destination)
    {
        try
        {
            int read = stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
            Offset += read;
            return read;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw Damaged(Offset, e.Message);
        }
    }

    /// <summary>Reads all of <paramref name="destination"/> or reports what is cut short.</summary>
    public void ReadExact(Span<byte> destination, string what)
    {
        long start = Offset;
        int read = Fill(destination);
        if (read < destination.Length)
        {
            throw Damaged(start, $"the file ends within {what}: {destination.Length} bytes are announced, {read} are there");
        }
    }

    /// <summary>
    /// Reads into the reused buffer; the result is valid until the next call. The caller has bounded
    /// <paramref name="length"/>; the buffer grows only as bytes really arrive, so an announced length costs nothing.
    /// </summary>
    public ReadOnlyMemory<byte> ReadBuffer(int length, string what)
    {
        long start = Offset;
        int have = 0;
        while (have < length)
        {
            if (have == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            int want = Math.Min(length, _buffer.Length) - have;
            int read = Fill(_buffer.AsSpan(have, want));
            have += read;
            if (read < want)
            {
                throw Damaged(start, $"the file ends within {what}: {length} bytes are announced, {have} are there");
            }
        }

        return _buffer.AsMemory(0, length);
    }

    /// <summary>Reads and forgets.</summary>
    public void Skip(long length, string what)
    {
        Span<byte> chunk = stackalloc byte[1024];
        while (length > 0)
        {
            int take = (int)Math.Min(length, chunk.Length);
            ReadExact(chunk[..take], what);
            length -= take;
        }
    }

    /// <summary>The error for this file.</summary>
    public VrrpException Damaged(long offset, string reason) => VrrpErrors.CaptureUnreadable(name, offset, reason);

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
