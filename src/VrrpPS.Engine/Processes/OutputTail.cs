using System.Text;

namespace VrrpPS.Engine.Processes;

/// <summary>Keeps the last line of an output of any length, in a fixed space.</summary>
public sealed class OutputTail
{
    /// <summary>The most bytes of a line that are kept.</summary>
    public const int MaxLength = 400;

    private readonly byte[] _line = new byte[MaxLength];
    private readonly byte[] _last = new byte[MaxLength];
    private int _length;
    private int _lastLength;

    /// <summary>Takes the next bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int end = bytes.IndexOf((byte)'\n');
            var part = end < 0 ? bytes : bytes[..end];
            int taken = Math.Min(part.Length, MaxLength - _length);
            part[..taken].CopyTo(_line.AsSpan(_length));
            _length += taken;
            if (end < 0)
            {
                return;
            }

            EndLine();
            bytes = bytes[(end + 1)..];
        }
    }

    /// <summary>The last line that is not blank, without the characters that steer terminals.</summary>
    public string Take()
    {
        EndLine();
        return string.Concat(Encoding.UTF8.GetString(_last, 0, _lastLength).Select(static c => char.IsControl(c) ? ' ' : c));
    }

    private void EndLine()
    {
        var line = _line.AsSpan(0, _length).Trim(" \t\r"u8);
        if (!line.IsEmpty)
        {
            line.CopyTo(_last);
            _lastLength = line.Length;
        }

        _length = 0;
    }
}
