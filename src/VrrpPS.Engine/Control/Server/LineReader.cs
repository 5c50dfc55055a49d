using System.Net.Sockets;

namespace VrrpPS.Engine.Control.Server;

/// <summary>Cuts what comes over a socket into lines, in a buffer that grows with a line and only as far as allowed.</summary>
/// <param name="socket">Not owned.</param>
/// <param name="limit">The longest line without its end, in bytes.</param>
internal sealed class LineReader(Socket socket, int limit)
{
    private const int UsualSize = 4096;

    private byte[] _buffer = new byte[Math.Min(UsualSize, limit + 1)];
    private int _start;
    private int _scanned;
    private int _end;

    /// <summary>Whether a line has begun and not ended.</summary>
    public bool HasPartialLine => _end > _start;

    /// <summary>Takes the next line without its end, if it is there; valid until the next call of any member.</summary>
    public bool TryTake(out ReadOnlyMemory<byte> line)
    {
        int at = _buffer.AsSpan(_scanned, _end - _scanned).IndexOf((byte)'\n');
        if (at < 0)
        {
            _scanned = _end;
            line = default;
            return false;
        }

        int end = _scanned + at;
        line = _buffer.AsMemory(_start, end - _start);
        _start = _scanned = end + 1;
        return true;
    }

    /// <summary>Waits for more; false at the end of the stream.</summary>
    /// <exception cref="LineTooLongException">There is no room for more.</exception>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        int read = await socket.ReceiveAsync(_buffer.AsMemory(_end), SocketFlags.None, cancellationToken).ConfigureAwait(false);
        _end += read;
        return read > 0;
    }

    private void MakeRoom()
    {
        int length = _end - _start;
        if (length == 0 && _buffer.Length > UsualSize)
        {
            // A long line has passed; most are short.
            _buffer = new byte[UsualSize];
            _start = _scanned = _end = 0;
        }
        else if (_start > 0)
        {
            _buffer.AsSpan(_start, length).CopyTo(_buffer);
            _scanned -= _start;
            _start = 0;
            _end = length;
        }

        if (_end == _buffer.Length)
        {
            if (length > limit)
            {
                throw new LineTooLongException(limit);
            }

            Array.Resize(ref _buffer, (int)Math.Min((long)_buffer.Length * 2, limit + 1L));
        }
    }
}
