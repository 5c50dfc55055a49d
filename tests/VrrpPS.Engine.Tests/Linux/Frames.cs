using System.Buffers.Binary;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Tests.Linux;

/// <summary>Frames made by hand, so that what is sent does not depend on the product's own writers.</summary>
internal static class Frames
{
    public static readonly MacAddress Group4 = InetAddress.VrrpGroupV4.ToMulticastMac();
    public static readonly MacAddress Group6 = InetAddress.VrrpGroupV6.ToMulticastMac();

    public static byte[] Ethernet(MacAddress destination, MacAddress source, ushort etherType, ReadOnlySpan<byte> payload)
    {
        byte[] frame = new byte[14 + payload.Length];
        destination.Write(frame);
        source.Write(frame.AsSpan(6));
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), etherType);
        payload.CopyTo(frame.AsSpan(14));
        return frame;
    }

    public static byte[] Tagged(byte[] frame, ushort vlan)
        => [.. frame[..12], 0x81, 0x00, (byte)(vlan >> 8), (byte)vlan, .. frame[12..]];

    /// <summary>An IPv4 packet with as many bytes of options (no-operation) as asked.</summary>
    public static byte[] IPv4(InetAddress source, InetAddress destination, byte protocol, ReadOnlySpan<byte> payload, ushort fragment = 0, int options = 0)
    {
        int header = 20 + options;
        byte[] packet = new byte[header + payload.Length];
        packet[0] = (byte)(0x40 | (header / 4));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(6), fragment);
        packet[8] = 255;
        packet[9] = protocol;
        _ = source.Write(packet.AsSpan(12));
        _ = destination.Write(packet.AsSpan(16));
        packet.AsSpan(20, options).Fill(1);
        uint sum = 0;
        for (int i = 0; i < header; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(i));
        }

        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = (sum & 0xFFFF) + (sum >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), (ushort)~sum);
        payload.CopyTo(packet.AsSpan(header));
        return packet;
    }

    public static byte[] IPv6(InetAddress source, InetAddress destination, byte nextHeader, ReadOnlySpan<byte> payload, byte hopLimit = 255)
    {
        byte[] packet = new byte[40 + payload.Length];
        packet[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), (ushort)payload.Length);
        packet[6] = nextHeader;
        packet[7] = hopLimit;
        _ = source.Write(packet.AsSpan(8));
        _ = destination.Write(packet.AsSpan(24));
        payload.CopyTo(packet.AsSpan(40));
        return packet;
    }

    public static byte[] Arp(byte operation, MacAddress sender, InetAddress senderAddress, InetAddress targetAddress)
    {
        byte[] packet = new byte[28];
        packet[1] = 1;
        packet[2] = 0x08;
        packet[4] = 6;
        packet[5] = 4;
        packet[7] = operation;
        sender.Write(packet.AsSpan(8));
        _ = senderAddress.Write(packet.AsSpan(14));
        _ = targetAddress.Write(packet.AsSpan(24));
        return packet;
    }

    /// <summary>The first bytes of a VRRP version 3 advertisement; the filters look at nothing behind the VRID.</summary>
    public static byte[] Vrrp(byte virtualRouterId) => [0x31, virtualRouterId, 100, 1, 0, 100, 0, 0, 192, 0, 2, 100];
}
