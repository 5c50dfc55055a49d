using System.Buffers.Binary;
using VrrpPS.Engine.Linux.Native;

namespace VrrpPS.Engine.Linux.Sockets;

/// <summary>Reads the control messages of a received packet.</summary>
internal static unsafe class PacketControl
{
    private const int HeaderSize = 16;
    private const uint StatusVlanValid = 0x10;
    private const long NanosecondsPerSecond = 1_000_000_000;

    public static PacketMetadata Read(in MsgHdr message, in SockAddrLl address, int length)
    {
        int vlan = -1;
        int original = length;
        long timestamp = 0;
        byte* at = (byte*)message.Control;
        byte* end = at + message.ControlLength;
        while (end - at >= HeaderSize)
        {
            // struct cmsghdr: length (8), level (4), type (4); the next one is aligned to 8.
            long size = *(long*)at;
            int level = *(int*)(at + 8);
            int type = *(int*)(at + 12);
            if (size < HeaderSize || size > end - at)
            {
                break;
            }

            byte* data = at + HeaderSize;
            if (level == SocketConstants.SOL_PACKET && type == SocketConstants.PACKET_AUXDATA)
            {
                // struct tpacket_auxdata: status (4), length (4), captured length (4), mac, net, vlan tci (2), vlan tpid (2).
                original = *(int*)(data + 4);
                vlan = (*(uint*)data & StatusVlanValid) != 0 ? *(ushort*)(data + 16) & 0xFFF : -1;
            }
            else if (level == SocketConstants.SOL_SOCKET && type == SocketConstants.SO_TIMESTAMPNS)
            {
                var time = *(TimeSpec*)data;
                timestamp = (time.Seconds * NanosecondsPerSecond) + time.Nanoseconds;
            }

            at += (size + 7) & ~7L;
        }

        return new PacketMetadata(
            address.InterfaceIndex,
            (PacketType)address.PacketType,
            BinaryPrimitives.ReverseEndianness(address.Protocol),
            address.ReadAddress(),
            vlan,
            original,
            timestamp);
    }
}
