namespace VrrpPS.Protocol.Wire;

/// <summary>A neighbor advertisement (RFC 4861 section 4.4) as a value.</summary>
/// <param name="Target">The address that is announced.</param>
/// <param name="TargetMac">The MAC address in the target link-layer option; null without the option.</param>
/// <param name="IsRouter">The R flag.</param>
/// <param name="IsSolicited">The S flag.</param>
/// <param name="IsOverride">The O flag.</param>
public readonly record struct NeighborAdvertisement(
    InetAddress Target,
    MacAddress? TargetMac,
    bool IsRouter,
    bool IsSolicited,
    bool IsOverride)
{
    internal const byte RouterFlag = 0x80;
    internal const byte SolicitedFlag = 0x40;
    internal const byte OverrideFlag = 0x20;

    internal byte Flags => (byte)((IsRouter ? RouterFlag : 0) | (IsSolicited ? SolicitedFlag : 0) | (IsOverride ? OverrideFlag : 0));

    /// <summary>Reads and validates a neighbor advertisement as RFC 4861 section 7.1.2 asks for.</summary>
    /// <param name="packet">The IPv6 packet from its first header byte; padding behind it is ignored.</param>
    /// <param name="advertisement">The value; empty with an error.</param>
    public static DecodeError TryRead(ReadOnlySpan<byte> packet, out NeighborAdvertisement advertisement)
    {
        advertisement = default;
        var error = IPPacketReader.TryRead(packet, out var ip, ProtocolNumber.IcmpV6);
        return error == DecodeError.None ? TryRead(ip, out advertisement) : error;
    }

    /// <summary>Reads and validates a neighbor advertisement as RFC 4861 section 7.1.2 asks for.</summary>
    /// <param name="packet">A packet with protocol <see cref="ProtocolNumber.IcmpV6"/>.</param>
    /// <param name="advertisement">The value; empty with an error.</param>
    public static DecodeError TryRead(in IPPacketReader packet, out NeighborAdvertisement advertisement)
    {
        advertisement = default;
        var message = packet.Payload;
        if (packet.Metadata.Family != AddressFamily.IPv6)
        {
            return DecodeError.AddressFamily;
        }

        if (packet.TimeToLive != NeighborLayout.HopLimit)
        {
            return DecodeError.TimeToLive;
        }

        if (message.Length < NeighborLayout.OptionHeaderLength)
        {
            return DecodeError.NeighborLength;
        }

        if (message[NeighborLayout.TypeOffset] != NeighborLayout.TypeAdvertisement || message[NeighborLayout.CodeOffset] != 0)
        {
            return DecodeError.NeighborType;
        }

        if (message.Length < NeighborLayout.OptionsOffset)
        {
            return DecodeError.NeighborLength;
        }

        ulong sum = InternetChecksum.PseudoHeader(packet.Source, packet.Destination, ProtocolNumber.IcmpV6, message.Length);
        if (!InternetChecksum.IsValid(InternetChecksum.Sum(message, sum)))
        {
            return DecodeError.NeighborChecksum;
        }

        var target = InetAddress.Read(message.Slice(NeighborLayout.TargetOffset, 16));
        if (target.IsMulticast)
        {
            return DecodeError.NeighborTarget;
        }

        byte flags = message[NeighborLayout.FlagsOffset];
        bool solicited = (flags & SolicitedFlag) != 0;
        if (solicited && packet.Destination.IsMulticast)
        {
            return DecodeError.NeighborFlags;
        }

        if (!TryReadOptions(message[NeighborLayout.OptionsOffset..], out var targetMac))
        {
            return DecodeError.NeighborOption;
        }

        advertisement = new NeighborAdvertisement(target, targetMac, (flags & RouterFlag) != 0, solicited, (flags & OverrideFlag) != 0);
        return DecodeError.None;
    }

    private static bool TryReadOptions(ReadOnlySpan<byte> options, out MacAddress? targetMac)
    {
        targetMac = null;
        while (!options.IsEmpty)
        {
            // The length counts units of eight bytes, the option's own header included.
            int length = options.Length < NeighborLayout.OptionHeaderLength ? 0 : options[1] * 8;
            if (length == 0 || length > options.Length)
            {
                return false;
            }

            if (options[0] == NeighborLayout.OptionTargetLinkLayer)
            {
                targetMac ??= MacAddress.Read(options[NeighborLayout.OptionHeaderLength..]);
            }

            options = options[length..];
        }

        return true;
    }
}
