using System.Buffers.Binary;
using VrrpPS.Engine.Tests.Runtime;

namespace VrrpPS.Engine.Tests.Interop;

/// <summary>Writes frames as a pcap file (nanoseconds, Ethernet) for other programs to read.</summary>
internal static class CaptureFile
{
    public static void Write(string path, IEnumerable<SeenFrame> frames)
    {
        using var file = File.Create(path);
        Span<byte> header = stackalloc byte[24];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xA1B23C4D);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 65535);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], 1);
        file.Write(header);
        Span<byte> record = stackalloc byte[16];
        foreach (var frame in frames)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)(frame.Time / 1_000_000_000));
            BinaryPrimitives.WriteUInt32LittleEndian(record[4..], (uint)(frame.Time % 1_000_000_000));
            BinaryPrimitives.WriteInt32LittleEndian(record[8..], frame.Bytes.Length);
            BinaryPrimitives.WriteInt32LittleEndian(record[12..], frame.Bytes.Length);
            file.Write(record);
            file.Write(frame.Bytes);
        }
    }
}
