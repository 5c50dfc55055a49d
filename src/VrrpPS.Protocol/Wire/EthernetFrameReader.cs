using System.Buffers.Binary;

namespace VrrpPS.Protocol.Wire;

/// <summary>A checked view over an Ethernet frame, as capture files and SOCK_RAW packet sockets have it.</summary>
public readonly ref struct EthernetFrameReader
{
    internal const int DestinationOffset = 0;
    internal const int SourceOffset = 6;
    internal const int TypeOffset = 12;
    internal const int HeaderLength = 14;
    private const int VlanTagLength = 4;

    private readonly ReadOnlySpan<byte> _frame;

    private EthernetFrameReader(ReadOnlySpan<byte> frame, ushort etherType, int payloadOffset, int vlanId)
    {
        _frame = frame;
        EtherType = etherType;
        VlanId = vlanId;
        Payload = frame[payloadOffset..];
    }

    /// <summary>Where the frame goes.</summary>
    public MacAddress Destination => MacAddress.Read(_frame[DestinationOffset..]);

    /// <summary>Who sent the frame.</summary>
    public MacAddress Source => MacAddress.Read(_frame[SourceOffset..]);

    /// <summary>The type of the payload, behind any VLAN tags; a value below 0x0600 is an IEEE 802.3 length.</summary>
    public ushort EtherType { get; }

    /// <summary>Whether there is a VLAN tag. Priority tags (VLAN 0) do not count: they stay on the segment.</summary>
    public bool HasVlanTag => VlanId > 0;

    /// <summary>The outermost VLAN that is not 0, or -1 without any tag.</summary>
    public int VlanId { get; }

    /// <summary>What the frame carries, with its padding.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Reads a frame of this segment: one with a VLAN tag is refused.</summary>
    public static DecodeError TryRead(ReadOnlySpan<byte> frame, out EthernetFrameReader reader)
    {
        var error = Inspect(frame, out reader).FirstDiscarding;
        if (error != DecodeError.None)
        {
            reader = default;
        }

        return error;
    }

    /// <summary>Reads as much as there is and says what is wrong; a tagged frame is read behind its tags.</summary>
    public static DecodeErrorSet Inspect(ReadOnlySpan<byte> frame, out EthernetFrameReader reader)
    {
        reader = default;
        if (frame.Length < HeaderLength)
        {
            return DecodeErrorSet.Empty.With(DecodeError.FrameTooShort);
        }

        int payload = HeaderLength;
        int vlan = -1;
        ushort type = BinaryPrimitives.ReadUInt16BigEndian(frame[TypeOffset..]);
        while (Wire.EtherType.IsVlan(type))
        {
            if (frame.Length < payload + VlanTagLength)
            {
                return DecodeErrorSet.Empty.With(DecodeError.FrameTooShort);
            }

            int id = BinaryPrimitives.ReadUInt16BigEndian(frame[payload..]) & 0x0FFF;
            vlan = vlan > 0 ? vlan : id;
            type = BinaryPrimitives.ReadUInt16BigEndian(frame[(payload + 2)..]);
            payload += VlanTagLength;
        }

        reader = new EthernetFrameReader(frame, type, payload, vlan);
        return DecodeErrorSet.Empty.WithIf(reader.HasVlanTag, DecodeError.VlanTag);
    }

    /// <summary>
    /// Whether this host is meant: a multicast group, or one of its unicast addresses. A broadcast is not: nothing VRRP
    /// sends is broadcast except ARP.
    /// </summary>
    /// <param name="ownAddresses">The interface's MAC address and, in virtual-MAC mode, the virtual one.</param>
    public DecodeError CheckDestination(ReadOnlySpan<MacAddress> ownAddresses)
    {
        var destination = Destination;
        bool ours = destination.IsMulticast ? destination != MacAddress.Broadcast : ownAddresses.Contains(destination);
        return ours ? DecodeError.None : DecodeError.ForeignMacAddress;
    }
}
