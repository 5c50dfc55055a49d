using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Engine.Tests.Watch;

/// <summary>Whole Ethernet frames, right and wrong.</summary>
internal static class AdvertPacket
{
    public const int IPOffset = 14;
    public const int MessageOffset = IPOffset + 20;

    public static byte[] Frame(
        VrrpVersion version = VrrpVersion.V3,
        string source = "10.0.0.1",
        byte vrid = 51,
        byte priority = 100,
        string[]? addresses = null,
        ChecksumStyle style = ChecksumStyle.PseudoHeader,
        ulong mac = 0x0200_0000_000A,
        int centiseconds = 100)
    {
        var options = new AdvertisementFrameOptions
        {
            Header = new AdvertisementHeader(version, vrid, priority, new Interval(centiseconds)),
            Source = InetAddress.Parse(source),
            SourceMac = new MacAddress(mac),
            ChecksumStyle = style,
            AllowGlobalFirstAddress = true,
        };
        string[] list = addresses ?? (source.Contains(':', StringComparison.Ordinal) ? ["fe80::100"] : ["10.0.0.100"]);
        Assert.Equal(EncodeError.None, AdvertisementFrame.TryCreate(options, [.. list.Select(InetAddress.Parse)], out var frame));
        return frame!.Frame.ToArray();
    }

    /// <summary>The frame with one byte changed, and the IPv4 header checksum put right again.</summary>
    public static byte[] With(this byte[] frame, int offset, byte value)
    {
        byte[] changed = [.. frame];
        changed[offset] = value;
        changed[IPOffset + 10] = changed[IPOffset + 11] = 0;
        uint sum = 0;
        for (int i = 0; i < 20; i += 2)
        {
            sum += (uint)((changed[IPOffset + i] << 8) | changed[IPOffset + i + 1]);
        }

        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = ~((sum & 0xFFFF) + (sum >> 16));
        changed[IPOffset + 10] = (byte)(sum >> 8);
        changed[IPOffset + 11] = (byte)sum;
        return changed;
    }
}
