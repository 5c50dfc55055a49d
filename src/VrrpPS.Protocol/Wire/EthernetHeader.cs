using System.Buffers.Binary;

namespace VrrpPS.Protocol.Wire;

/// <summary>Writes the Ethernet header of our frames.</summary>
internal static class EthernetHeader
{
    public static void Write(Span<byte> frame, MacAddress destination, MacAddress source, ushort etherType)
    {
        destination.Write(frame[EthernetFrameReader.DestinationOffset..]);
        source.Write(frame[EthernetFrameReader.SourceOffset..]);
        BinaryPrimitives.WriteUInt16BigEndian(frame[EthernetFrameReader.TypeOffset..], etherType);
    }
}
