using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>One frame as the switch saw it come in from a host.</summary>
/// <param name="Host">The host that sent it.</param>
/// <param name="Time">When, nanoseconds since 1970.</param>
/// <param name="Kind">What it is.</param>
/// <param name="SourceMac">The sender's Ethernet address.</param>
/// <param name="Source">The sender's IP address; of an announcement, the announced address.</param>
/// <param name="VirtualRouterId">Of an advertisement.</param>
/// <param name="Priority">Of an advertisement.</param>
/// <param name="Style">Of an advertisement.</param>
/// <param name="Addresses">Of an advertisement, its list.</param>
/// <param name="Bytes">The whole frame.</param>
internal sealed record SeenFrame(
    int Host,
    long Time,
    SeenKind Kind,
    MacAddress SourceMac,
    InetAddress Source,
    int VirtualRouterId,
    int Priority,
    ObservedChecksumStyle Style,
    InetAddress[] Addresses,
    byte[] Bytes)
{
    public static SeenFrame Read(int host, long time, ReadOnlySpan<byte> frame)
    {
        var seen = new SeenFrame(host, time, SeenKind.Other, default, default, 0, 0, default, [], frame.ToArray());
        if (EthernetFrameReader.TryRead(frame, out var ethernet) != DecodeError.None)
        {
            return seen;
        }

        seen = seen with { SourceMac = ethernet.Source };
        if (ArpMessage.TryRead(ethernet.Payload, out var arp) == DecodeError.None && ethernet.EtherType == 0x0806)
        {
            return arp.IsGratuitous ? seen with { Kind = SeenKind.GratuitousArp, Source = arp.SenderAddress } : seen;
        }

        if (NeighborAdvertisement.TryRead(ethernet.Payload, out var neighbor) == DecodeError.None)
        {
            return seen with { Kind = SeenKind.UnsolicitedNeighbor, Source = neighbor.Target };
        }

        var error = IPPacketReader.TryRead(ethernet.Payload, out var ip);
        var message = ip.Payload;
        if (error == DecodeError.AuthenticationHeader)
        {
            error = IPPacketReader.TryRead(ethernet.Payload, out ip, ProtocolNumber.AuthenticationHeader);
            message = error == DecodeError.None && AuthenticationHeader.TryRead(ip.Payload, out var header) == DecodeError.None ? header.Message : default;
        }

        int trailer = HmacTrailer.IsPresent(message, ip.Metadata.Family) ? HmacTrailer.Length : 0;
        if (error != DecodeError.None
            || AdvertisementReader.Inspect(message, ip.Metadata, out var advertisement, trailer)
                .Without(DecodeErrorSet.Empty.With(DecodeError.TimeToLive)).FirstDiscarding != DecodeError.None)
        {
            return seen;
        }

        var addresses = new InetAddress[advertisement.AddressCount];
        for (int i = 0; i < addresses.Length; i++)
        {
            addresses[i] = advertisement.GetAddress(i);
        }

        return seen with
        {
            Kind = SeenKind.Advertisement,
            Source = ip.Source,
            VirtualRouterId = advertisement.VirtualRouterId,
            Priority = advertisement.Priority,
            Style = advertisement.ChecksumStyle,
            Addresses = addresses,
        };
    }

    public override string ToString()
        => $"{TimeSpan.FromTicks(Time / 100 % TimeSpan.TicksPerHour):mm\\:ss\\.fff} host {Host} {Kind} {Source} vrid {VirtualRouterId} priority {Priority} {Style}";
}
