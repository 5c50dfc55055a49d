using System.Buffers.Binary;
using System.Runtime.InteropServices;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.Native;

/// <summary>struct sockaddr_ll (packet(7)).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SockAddrLl
{
    public const uint Size = 20;

    public ushort Family;

    /// <summary>Network byte order.</summary>
    public ushort Protocol;

    public int InterfaceIndex;
    public ushort HardwareType;
    public byte PacketType;
    public byte AddressLength;
    public fixed byte Address[8];

    public static SockAddrLl To(int interfaceIndex, ushort etherType) => new()
    {
        Family = SocketConstants.AF_PACKET,
        Protocol = BinaryPrimitives.ReverseEndianness(etherType),
        InterfaceIndex = interfaceIndex,
    };

    public readonly MacAddress ReadAddress()
    {
        fixed (byte* address = Address)
        {
            return AddressLength == MacAddress.Length ? MacAddress.Read(new ReadOnlySpan<byte>(address, MacAddress.Length)) : default;
        }
    }
}
