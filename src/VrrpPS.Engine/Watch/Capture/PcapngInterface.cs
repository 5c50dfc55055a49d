using System.Text;

namespace VrrpPS.Engine.Watch.Capture;

/// <summary>An interface that a pcapng section describes.</summary>
/// <param name="LinkType">As numbered in the file; possibly one that is not understood.</param>
/// <param name="SnapLength">The most bytes of a packet that were kept; 0 means no limit.</param>
/// <param name="Name">The name or empty.</param>
/// <param name="Resolution">The exponent of the time unit: 10^-n s, or 2^-n s with the highest bit set.</param>
/// <param name="OffsetSeconds">Seconds to add to each timestamp.</param>
internal sealed record PcapngInterface(int LinkType, uint SnapLength, string Name, byte Resolution, long OffsetSeconds)
{
    private const int MaxNameLength = 64;
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Microseconds, where an interface does not say.</summary>
    public const byte DefaultResolution = 6;

    /// <summary>Converts a timestamp in the interface's unit; hostile values saturate.</summary>
    public long ToUnixNanoseconds(ulong timestamp)
    {
        int exponent = Resolution & 0x7F;
        UInt128 nanoseconds;
        if ((Resolution & 0x80) != 0)
        {
            nanoseconds = ((UInt128)timestamp * NanosecondsPerSecond) >> exponent;
        }
        else if (exponent <= 9)
        {
            nanoseconds = (UInt128)timestamp * Power(9 - exponent);
        }
        else
        {
            // 10^19 is the largest power that fits; finer units than that leave nothing of 64 bits.
            nanoseconds = exponent - 9 > 19 ? 0 : timestamp / Power(exponent - 9);
        }

        Int128 sum = (Int128)UInt128.Min(nanoseconds, long.MaxValue) + ((Int128)OffsetSeconds * NanosecondsPerSecond);
        return (long)Int128.Clamp(sum, 0, long.MaxValue);
    }

    /// <summary>A name that is safe to print: bounded, without control characters.</summary>
    public static string CleanName(ReadOnlySpan<byte> utf8)
    {
        int end = utf8.IndexOf((byte)0);
        string text = Encoding.UTF8.GetString(end < 0 ? utf8 : utf8[..end]);
        var clean = new StringBuilder(Math.Min(text.Length, MaxNameLength));
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, MaxNameLength)))
        {
            _ = clean.Append(char.IsControl(c) || char.IsSurrogate(c) ? '?' : c);
        }

        return clean.ToString();
    }

    private static ulong Power(int exponent)
    {
        ulong value = 1;
        for (; exponent > 0; exponent--)
        {
            value *= 10;
        }

        return value;
    }
}
