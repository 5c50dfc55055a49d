using System.Buffers.Binary;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Watch.Capture;

/// <summary>Writes Ethernet frames to a pcap file with nanoseconds, which tcpdump and Wireshark read.</summary>
public sealed class PcapWriter : IDisposable
{
    private readonly Stream _stream;
    private readonly string _name;

    /// <summary>Writes the file header. The writer owns the stream.</summary>
    public PcapWriter(Stream stream, string name)
    {
        _stream = stream;
        _name = name;
        Span<byte> header = stackalloc byte[24];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, PcapReader.MagicNanoseconds);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], CaptureReader.MaxPacketLength);
        BinaryPrimitives.WriteInt32LittleEndian(header[20..], (int)CaptureLinkType.Ethernet);
        Write(header);
        Flush();
    }

    /// <summary>Makes a file, replacing one that exists.</summary>
    /// <exception cref="VrrpException">The file cannot be made.</exception>
    public static PcapWriter Create(string path)
    {
        try
        {
            return new PcapWriter(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw VrrpErrors.CaptureNotWritten(path, e);
        }
    }

    /// <summary>Appends a frame and hands it to the operating system, so that a reader can follow.</summary>
    /// <param name="unixNanoseconds">Nanoseconds since 1970-01-01 UTC; the format ends in 2106.</param>
    /// <param name="frame">From the destination MAC address on; longer ones than the format allows are cut.</param>
    /// <exception cref="VrrpException">The file cannot be written, for example because the disk is full.</exception>
    public void WriteFrame(long unixNanoseconds, ReadOnlySpan<byte> frame)
    {
        var kept = frame[..Math.Min(frame.Length, CaptureReader.MaxPacketLength)];
        Span<byte> header = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)Math.Clamp(unixNanoseconds / 1_000_000_000, 0, uint.MaxValue));
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)(Math.Max(unixNanoseconds, 0) % 1_000_000_000));
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], kept.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], frame.Length);
        Write(header);
        Write(kept);
        Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _stream.Write(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw VrrpErrors.CaptureNotWritten(_name, e);
        }
    }

    private void Flush()
    {
        try
        {
            _stream.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw VrrpErrors.CaptureNotWritten(_name, e);
        }
    }
}
