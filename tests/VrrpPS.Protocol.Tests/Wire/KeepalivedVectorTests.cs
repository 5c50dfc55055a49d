using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Protocol.Tests.Wire;

/// <summary>
/// What keepalived 2.2.7 put on the wire: read by our readers, and written again by our writers. That version cannot send
/// version 3 over IPv4 without the pseudo-header (it does not know <c>v3_checksum_as_v2</c>), so the RFC 9568 style stands on
/// the vectors worked by hand in <see cref="Samples"/>.
/// </summary>
public class KeepalivedVectorTests
{
    [Theory]
    [InlineData("keepalived-v2", 2, 41, 200, 100, "192.0.2.250,192.0.2.251", AuthenticationType.None, ObservedChecksumStyle.Single)]
    [InlineData("keepalived-v2-leaving", 2, 41, 0, 100, "192.0.2.250,192.0.2.251", AuthenticationType.None, ObservedChecksumStyle.Single)]
    [InlineData("keepalived-pass", 2, 42, 199, 200, "192.0.2.252", AuthenticationType.SimpleText, ObservedChecksumStyle.Single)]
    [InlineData("keepalived-v3", 3, 43, 198, 25, "192.0.2.253", AuthenticationType.None, ObservedChecksumStyle.PseudoHeader)]
    [InlineData("keepalived-v6", 3, 45, 196, 100, "fe80::45,2001:db8::45", AuthenticationType.None, ObservedChecksumStyle.Single)]
    [InlineData("keepalived-v6-leaving", 3, 45, 0, 100, "fe80::45,2001:db8::45", AuthenticationType.None, ObservedChecksumStyle.Single)]
    [InlineData("keepalived-v6global", 3, 46, 195, 100, "2001:db8::46", AuthenticationType.None, ObservedChecksumStyle.Single)]
    public void Advertisements_are_read_and_written_alike(
        string name,
        int version,
        byte vrid,
        byte priority,
        int centiseconds,
        string list,
        AuthenticationType authentication,
        ObservedChecksumStyle style)
    {
        byte[] captured = Bytes.Vector(name);
        var addresses = list.Split(',').Select(InetAddress.Parse).ToArray();
        Assert.Equal(DecodeError.None, EthernetFrameReader.TryRead(captured, out var ethernet));
        Assert.Equal(DecodeError.None, IPPacketReader.TryRead(ethernet.Payload, out var packet));
        Assert.Equal(DecodeError.None, packet.Metadata.CheckAddresses([]));
        Assert.Equal(DecodeError.None, AdvertisementReader.TryRead(packet.Payload, packet.Metadata, out var advertisement));
        Assert.Equal((VrrpVersion)version, advertisement.Version);
        Assert.Equal(vrid, advertisement.VirtualRouterId);
        Assert.Equal(priority, advertisement.Priority);
        Assert.Equal(new Interval(centiseconds), advertisement.Interval);
        Assert.True(advertisement.HasSameAddresses(addresses));
        Assert.Equal(authentication, advertisement.AuthenticationType);
        Assert.Equal(style, advertisement.ChecksumStyle);
        Assert.Equal(name == "keepalived-v6global", advertisement.Findings.Contains(DecodeError.FirstAddressNotLinkLocal));

        var header = new AdvertisementHeader((VrrpVersion)version, vrid, priority, new Interval(centiseconds))
        {
            AuthenticationType = authentication,
            AuthenticationData = Password(authentication),
        };
        var frame = AdvertisementFrameTests.Create(
            new AdvertisementFrameOptions
            {
                Header = header,
                Source = packet.Source,
                SourceMac = ethernet.Source,
                ChecksumStyle = ChecksumStyle.PseudoHeader,
                AllowGlobalFirstAddress = true,
            },
            addresses);
        Assert.Equal(packet.Payload.ToArray(), frame.Message.ToArray());
        Assert.Equal(WithoutFreeFields(captured), WithoutFreeFields(frame.Frame.ToArray()));
    }

    [Fact]
    public void The_gratuitous_ARP_is_read()
    {
        Assert.Equal(DecodeError.None, EthernetFrameReader.TryRead(Bytes.Vector("keepalived-garp"), out var ethernet));
        Assert.Equal(DecodeError.None, ArpMessage.TryRead(ethernet.Payload, out var message));
        Assert.True(message.IsGratuitous);
        Assert.Equal(ArpOperation.Request, message.Operation);
        Assert.Equal(Samples.Virtual, message.SenderAddress);
        Assert.Equal(Samples.Mac, message.SenderMac);
    }

    [Fact]
    public void The_neighbor_advertisement_is_read_and_written_alike()
    {
        byte[] captured = Bytes.Vector("keepalived-na");
        Assert.Equal(DecodeError.None, NeighborAdvertisement.TryRead(captured.AsSpan(14), out var advertisement));
        Assert.Equal(new NeighborAdvertisement(Samples.Global6, Samples.Mac, false, false, true), advertisement);
        byte[] ours = new byte[NeighborAdvertisementFrame.Length];
        NeighborAdvertisementFrame.WriteUnsolicited(ours, Samples.Mac, Samples.Global6, Samples.Global6, isRouter: false);
        Assert.Equal(WithoutFreeFields(captured), WithoutFreeFields(ours));
    }

    private static AuthenticationData Password(AuthenticationType type)
    {
        Assert.True(AuthenticationData.TryCreate(type == AuthenticationType.SimpleText ? "s3cret" : "", out var data));
        return data;
    }

    /// <summary>
    /// The frame without what a sender may choose: IPv4 identification, DF and the header checksum that follows from them;
    /// IPv6 traffic class and flow label.
    /// </summary>
    private static byte[] WithoutFreeFields(byte[] frame)
    {
        byte[] copy = [.. frame];
        bool v4 = copy[14] >> 4 == 4;
        copy.AsSpan(v4 ? 18 : 14, 4).Clear();
        if (v4)
        {
            copy.AsSpan(24, 2).Clear();
        }

        return copy;
    }
}
