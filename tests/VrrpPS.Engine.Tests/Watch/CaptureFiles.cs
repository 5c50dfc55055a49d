using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Watch.Capture;
using Xunit;

namespace VrrpPS.Engine.Tests.Watch;

/// <summary>Reads a whole capture from bytes, keeping copies.</summary>
internal static class CaptureFiles
{
    public static List<CapturePacket> ReadAll(byte[] bytes)
    {
        var (packets, error) = ReadUntilDamage(bytes);
        return error is null ? packets : throw error;
    }

    public static (List<CapturePacket> Packets, VrrpException? Error) ReadUntilDamage(byte[] bytes, string name = "test.pcap")
    {
        var packets = new List<CapturePacket>();
        try
        {
            using var reader = CaptureReader.Open(new MemoryStream(bytes, writable: false), name);
            try
            {
                while (reader.TryRead(out var packet))
                {
                    packets.Add(packet with { Data = packet.Data.ToArray() });
                }
            }
            catch (VrrpException e)
            {
                Assert.False(reader.TryRead(out _), "a damaged file must stay ended");
                return (packets, e);
            }
        }
        catch (VrrpException e)
        {
            return (packets, e);
        }

        return (packets, null);
    }
}
