using System.Buffers.Binary;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Engine.Watch.Capture;

/// <summary>Makes Ethernet frames of captured packets, so that one output file can hold all of them.</summary>
internal static class EthernetRewriter
{
    private const int AddressesLength = 2 * MacAddress.Length;
    private const int TypeLength = 2;
    private const int TagLength = 4;

    /// <summary>
    /// The frame as it was on the wire. A VLAN tag that the kernel took off is put back; where the link header was of another
    /// kind, what it does not tell is zero.
    /// </summary>
    public static ReadOnlySpan<byte> ToEthernet(in CapturePacket packet, in LinkLayer link)
    {
        var data = packet.Data.Span;
        bool ethernet = packet.LinkType == CaptureLinkType.Ethernet;
        if (ethernet && packet.VlanId is null)
        {
            return data;
        }

        // What follows the addresses: of an Ethernet frame all as it is, of another the IP packet behind a type of our own.
        var rest = ethernet ? data[AddressesLength..] : data[link.PayloadOffset..];
        byte[] frame = new byte[AddressesLength + (packet.VlanId is null ? 0 : TagLength) + (ethernet ? 0 : TypeLength) + rest.Length];
        var at = frame.AsSpan();
        if (ethernet)
        {
            data[..AddressesLength].CopyTo(at);
        }
        else
        {
            _ = IPPacketReader.Inspect(rest, out var ip);
            var destination = ip.Destination is { IsNone: false, IsMulticast: true } group ? group.ToMulticastMac() : default;
            destination.Write(at);
            link.Source.GetValueOrDefault().Write(at[MacAddress.Length..]);
        }

        at = at[AddressesLength..];
        if (packet.VlanId is { } vlan)
        {
            BinaryPrimitives.WriteUInt16BigEndian(at, EtherType.Vlan);
            BinaryPrimitives.WriteUInt16BigEndian(at[2..], (ushort)vlan);
            at = at[TagLength..];
        }

        if (!ethernet)
        {
            BinaryPrimitives.WriteUInt16BigEndian(at, EtherType.For(link.Family));
            at = at[TypeLength..];
        }

        rest.CopyTo(at);
        return frame;
    }
}
