using System.Buffers.Binary;

namespace VrrpPS.Protocol.Wire;

/// <summary>An ARP packet for IPv4 over Ethernet (RFC 826) as a value.</summary>
/// <param name="Operation">Request or reply.</param>
/// <param name="SenderMac">The sender's MAC address.</param>
/// <param name="SenderAddress">The sender's IPv4 address; 0.0.0.0 in a probe.</param>
/// <param name="TargetMac">The target's MAC address; zero where it is asked for.</param>
/// <param name="TargetAddress">The target's IPv4 address.</param>
public readonly record struct ArpMessage(
    ArpOperation Operation,
    MacAddress SenderMac,
    InetAddress SenderAddress,
    MacAddress TargetMac,
    InetAddress TargetAddress)
{
    /// <summary>Bytes of the packet without the Ethernet header.</summary>
    public const int Length = 28;

    private const int HardwareTypeOffset = 0;
    private const int ProtocolTypeOffset = 2;
    private const int HardwareLengthOffset = 4;
    private const int ProtocolLengthOffset = 5;
    private const int OperationOffset = 6;
    private const int SenderMacOffset = 8;
    private const int SenderAddressOffset = 14;
    private const int TargetMacOffset = 18;
    private const int TargetAddressOffset = 24;
    private const ushort HardwareEthernet = 1;
    private const byte IPv4Length = 4;

    /// <summary>Whether the sender announces its own address: sender and target address are the same (RFC 5227 section 2.3).</summary>
    public bool IsGratuitous => SenderAddress == TargetAddress && !SenderAddress.IsUnspecified;

    /// <summary>Whether the sender asks, without claiming an address, whether anybody has the target (RFC 5227 section 2.1.1).</summary>
    public bool IsProbe => Operation == ArpOperation.Request && SenderAddress.IsUnspecified && !TargetAddress.IsUnspecified;

    /// <summary>
    /// The announcement of an address as RFC 9568 section 6.4.2 and RFC 5227 section 2.3 have it: a request for the own
    /// address. With <see cref="ArpOperation.Reply"/> the answer nobody asked for, which some switches take notice of only.
    /// </summary>
    public static ArpMessage Announcement(MacAddress mac, InetAddress address, ArpOperation operation = ArpOperation.Request)
        => new(operation, mac, address, operation == ArpOperation.Request ? default : mac, address);

    /// <summary>The question whether anybody has an address, without claiming one (RFC 5227 section 2.1.1).</summary>
    public static ArpMessage Probe(MacAddress mac, InetAddress address)
        => new(ArpOperation.Request, mac, InetAddress.FromIPv4(0), default, address);

    /// <summary>Reads a packet from behind the Ethernet header; padding is ignored.</summary>
    public static DecodeError TryRead(ReadOnlySpan<byte> packet, out ArpMessage message)
    {
        message = default;
        if (packet.Length < Length)
        {
            return DecodeError.ArpTooShort;
        }

        if (BinaryPrimitives.ReadUInt16BigEndian(packet[HardwareTypeOffset..]) != HardwareEthernet
            || BinaryPrimitives.ReadUInt16BigEndian(packet[ProtocolTypeOffset..]) != EtherType.IPv4
            || packet[HardwareLengthOffset] != MacAddress.Length
            || packet[ProtocolLengthOffset] != IPv4Length)
        {
            return DecodeError.ArpFormat;
        }

        var operation = (ArpOperation)BinaryPrimitives.ReadUInt16BigEndian(packet[OperationOffset..]);
        if (operation is not (ArpOperation.Request or ArpOperation.Reply))
        {
            return DecodeError.ArpOperation;
        }

        message = new ArpMessage(
            operation,
            MacAddress.Read(packet[SenderMacOffset..]),
            InetAddress.Read(packet.Slice(SenderAddressOffset, IPv4Length)),
            MacAddress.Read(packet[TargetMacOffset..]),
            InetAddress.Read(packet.Slice(TargetAddressOffset, IPv4Length)));
        return DecodeError.None;
    }

    /// <summary>Writes <see cref="Length"/> bytes.</summary>
    /// <exception cref="ArgumentException">An address is not IPv4.</exception>
    public void Write(Span<byte> packet)
    {
        if (SenderAddress.Family != AddressFamily.IPv4 || TargetAddress.Family != AddressFamily.IPv4)
        {
            throw new ArgumentException($"ARP speaks of IPv4 addresses, not of '{SenderAddress}' and '{TargetAddress}'.");
        }

        BinaryPrimitives.WriteUInt16BigEndian(packet[HardwareTypeOffset..], HardwareEthernet);
        BinaryPrimitives.WriteUInt16BigEndian(packet[ProtocolTypeOffset..], EtherType.IPv4);
        packet[HardwareLengthOffset] = MacAddress.Length;
        packet[ProtocolLengthOffset] = IPv4Length;
        BinaryPrimitives.WriteUInt16BigEndian(packet[OperationOffset..], (ushort)Operation);
        SenderMac.Write(packet[SenderMacOffset..]);
        SenderAddress.Write(packet[SenderAddressOffset..]);
        TargetMac.Write(packet[TargetMacOffset..]);
        TargetAddress.Write(packet[TargetAddressOffset..]);
    }
}
