using FsCheck;
using FsCheck.Fluent;
using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Protocol.Tests.Wire;

/// <summary>Whatever can be written is read back as it was.</summary>
public class RoundTripTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(1000);

    private static readonly Gen<InetAddress> IPv4 =
        from high in Gen.Choose(1, 223)
        from low in Gen.Choose(1, 0xFFFFFF)
        select InetAddress.FromIPv4(((uint)high << 24) | (uint)low);

    private static readonly Gen<InetAddress> LinkLocal =
        from low in Gen.Choose(1, int.MaxValue)
        select InetAddress.Parse($"fe80::{low >> 16:x}:{low & 0xFFFF:x}");

    private static readonly Gen<MacAddress> Mac =
        from low in Gen.Choose(0, int.MaxValue)
        select new MacAddress(0x0200_0000_0000UL | (uint)low);

    private static readonly Gen<Sample> V3 = Sampled(VrrpVersion.V3, IPv4, Gen.Choose(1, 4095), 255);
    private static readonly Gen<Sample> V3IPv6 = Sampled(VrrpVersion.V3, LinkLocal, Gen.Choose(1, 4095), 90);
    private static readonly Gen<Sample> V2 = Sampled(VrrpVersion.V2, IPv4, Gen.Choose(1, 255).Select(seconds => seconds * 100), 255);

    [Fact]
    public void Advertisements_survive()
        => Check.One(Config, Prop.ForAll(Gen.OneOf(V3, V3IPv6, V2).ToArbitrary(), Survives));

    [Fact]
    public void Arp_survives()
    {
        var messages =
            from operation in Gen.Elements(ArpOperation.Request, ArpOperation.Reply)
            from sender in Mac
            from senderAddress in IPv4
            from target in Mac
            from targetAddress in IPv4
            select new ArpMessage(operation, sender, senderAddress, target, targetAddress);
        Check.One(Config, Prop.ForAll(messages.ToArbitrary(), message =>
        {
            byte[] buffer = Bytes.Poisoned(64);
            int length = ArpFrame.Write(buffer, message);
            return ArpMessage.TryRead(buffer.AsSpan(14, length - 14), out var read) == DecodeError.None && read == message;
        }));
    }

    [Fact]
    public void Neighbor_advertisements_survive()
    {
        var messages =
            from target in LinkLocal
            from mac in Mac
            from flags in Gen.Choose(0, 15)
            select new NeighborAdvertisement(target, (flags & 8) != 0 ? mac : null, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0);
        Check.One(Config, Prop.ForAll(messages.ToArbitrary(), message =>
        {
            byte[] buffer = Bytes.Poisoned(100);
            int length = NeighborAdvertisementFrame.Write(buffer, Samples.Mac, Samples.Mac, message.Target, Samples.Router6, message);
            return NeighborAdvertisement.TryRead(buffer.AsSpan(14, length - 14), out var read) == DecodeError.None && read == message;
        }));
    }

    private static Gen<Sample> Sampled(VrrpVersion version, Gen<InetAddress> addresses, Gen<int> intervals, int most)
        => from vrid in Gen.Choose(1, 255)
           from priority in Gen.Choose(0, 255)
           from interval in intervals
           from source in addresses
           from count in Gen.Choose(1, most)
           from list in addresses.ArrayOf(count)
           from style in Gen.Elements(ChecksumStyle.PseudoHeader, ChecksumStyle.Rfc9568)
           select new Sample(new AdvertisementHeader(version, (byte)vrid, (byte)priority, new Interval(interval)), source, list, style);

    private static bool Survives(Sample sample)
    {
        var options = new AdvertisementFrameOptions { Header = sample.Header, Source = sample.Source, ChecksumStyle = sample.Style };
        Assert.Equal(EncodeError.None, AdvertisementFrame.TryCreate(options, sample.Addresses, out var frame));
        Assert.Equal(DecodeError.None, EthernetFrameReader.TryRead(frame!.Frame, out var ethernet));
        Assert.Equal(DecodeError.None, IPPacketReader.TryRead(ethernet.Payload, out var packet));
        Assert.Equal(DecodeError.None, AdvertisementReader.TryRead(packet.Payload, packet.Metadata, out var read));
        Assert.Equal(new PacketMetadata(sample.Source, InetAddress.VrrpGroup(sample.Source.Family), 255), packet.Metadata);
        bool onlyOneStyle = sample.Header.Version == VrrpVersion.V2 || sample.Source.Family == AddressFamily.IPv6;
        bool styleSeen = read.ChecksumStyle == ObservedChecksumStyle.Either
            || read.ChecksumStyle == (onlyOneStyle ? ObservedChecksumStyle.Single
                : sample.Style == ChecksumStyle.PseudoHeader ? ObservedChecksumStyle.PseudoHeader : ObservedChecksumStyle.Rfc9568);
        var header = new AdvertisementHeader(read.Version, read.VirtualRouterId, read.Priority, read.Interval);
        return header == sample.Header && read.HasSameAddresses(sample.Addresses) && styleSeen;
    }

    private sealed record Sample(AdvertisementHeader Header, InetAddress Source, InetAddress[] Addresses, ChecksumStyle Style);
}
