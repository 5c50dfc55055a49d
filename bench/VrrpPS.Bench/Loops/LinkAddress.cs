using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace VrrpPS.Bench.Loops;

/// <summary>struct sockaddr_ll (packet(7)) without an address: the frame carries its own.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LinkAddress
{
    public const uint Size = 20;

    private const ushort PacketFamily = 17;

    public ushort Family;
    public ushort Protocol;
    public int InterfaceIndex;
    public ushort HardwareType;
    public byte PacketType;
    public byte AddressLength;
    public long Address;

    public static LinkAddress Of(int interfaceIndex, ushort etherType) => new()
    {
        Family = PacketFamily,
        Protocol = BinaryPrimitives.ReverseEndianness(etherType),
        InterfaceIndex = interfaceIndex,
    };
}
