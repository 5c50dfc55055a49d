using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Protocol.Tests.Wire;

public class IPPacketReaderTests
{
    [Fact]
    [Conformance("RX-3", Polarity.Required)]
    [Conformance("RX-4", Polarity.Required)]
    public void A_whole_IPv4_packet_is_read()
    {
        Assert.Equal(DecodeError.None, IPPacketReader.TryRead(Samples.V3Packet, out var packet));
        Assert.Equal(Samples.Metadata4, packet.Metadata);
        Assert.Equal(ProtocolNumber.Vrrp, packet.Protocol);
        Assert.Equal(0xC0, packet.TrafficClass);
        Assert.Equal(Samples.V3Rfc9568, packet.Payload.ToArray());
    }

    [Fact]
    public void A_whole_IPv6_packet_is_read()
    {
        Assert.Equal(DecodeError.None, IPPacketReader.TryRead(Samples.V6Packet, out var packet));
        Assert.Equal(Samples.Metadata6, packet.Metadata);
        Assert.Equal(0xC0, packet.TrafficClass);
        Assert.Equal(Samples.V6, packet.Payload.ToArray());
    }

    [Fact]
    [Conformance("RX-3", Polarity.Refused)]
    public void A_wrong_header_checksum_is_refused()
    {
        Assert.Equal(DecodeError.IPHeaderChecksum, Read(Samples.V3Packet.With(10, 0xD9)));
        Assert.Equal(DecodeError.IPHeaderChecksum, Read(Samples.V3Packet.With(15, 2)));
    }

    [Theory]
    [InlineData("2000")]
    [InlineData("6000")]
    [InlineData("0001")]
    [InlineData("1fff")]
    [Conformance("RX-4", Polarity.Refused)]
    public void A_fragment_is_refused(string field)
    {
        byte[] bits = Bytes.Hex(field);
        Assert.Equal(DecodeError.Fragment, Read(Sealed(Samples.V3Packet.With(6, bits[0]).With(7, bits[1]))));
    }

    [Theory]
    [InlineData("0000")]
    [InlineData("4000")]
    [InlineData("8000")]
    public void Only_offset_and_more_fragments_make_a_fragment(string field)
    {
        byte[] bits = Bytes.Hex(field);
        Assert.Equal(DecodeError.None, Read(Sealed(Samples.V3Packet.With(6, bits[0]).With(7, bits[1]))));
    }

    [Fact]
    [Conformance("RX-4", Polarity.Refused)]
    public void An_IPv6_fragment_is_refused()
        => Assert.Equal(DecodeError.Fragment, Read(Samples.V6Packet.With(6, 44)));

    [Fact]
    [Conformance("RX-5", Polarity.Required)]
    public void Padding_is_no_part_of_the_payload()
    {
        Assert.Equal(DecodeError.None, IPPacketReader.TryRead([.. Samples.V3Packet, .. Bytes.Poisoned(14)], out var packet));
        Assert.Equal(Samples.V3Rfc9568, packet.Payload.ToArray());
        Assert.Equal(DecodeError.None, AdvertisementReader.TryRead(packet.Payload, packet.Metadata, out _));
        Assert.Equal(DecodeError.None, IPPacketReader.TryRead([.. Samples.V6Packet, .. Bytes.Poisoned(9)], out packet));
        Assert.Equal(Samples.V6, packet.Payload.ToArray());
    }

    [Fact]
    [Conformance("RX-5", Polarity.Refused)]
    public void Padding_does_not_complete_a_message_that_is_cut_short()
    {
        byte[] cut = Sealed(Samples.V3Packet.With(3, 28));
        Assert.Equal(DecodeError.None, IPPacketReader.TryRead(cut, out var packet));
        Assert.Equal(8, packet.Payload.Length);
        Assert.Equal(DecodeError.Length, AdvertisementReader.TryRead(packet.Payload, packet.Metadata, out _));
    }

    [Fact]
    public void Options_are_skipped()
    {
        byte[] withOptions = [.. Samples.V3Packet[..20], 1, 1, 1, 1, .. Samples.V3Rfc9568];
        byte[] fixedUp = Bytes.WithChecksum(withOptions[..24].With(0, 0x46).With(3, 36), 10);
        Assert.Equal(DecodeError.None, IPPacketReader.TryRead([.. fixedUp, .. Samples.V3Rfc9568], out var packet));
        Assert.Equal(Samples.V3Rfc9568, packet.Payload.ToArray());
    }

    [Fact]
    public void A_packet_that_ends_in_its_header_is_refused()
    {
        for (int length = 0; length < 20; length++)
        {
            Assert.Equal(DecodeError.PacketTooShort, Read(Samples.V3Packet[..length]));
        }

        for (int length = 0; length < 40; length++)
        {
            Assert.Equal(DecodeError.PacketTooShort, Read(Samples.V6Packet[..length]));
        }
    }

    [Theory]
    [InlineData(0x05)]
    [InlineData(0x55)]
    [InlineData(0xF5)]
    public void Another_IP_version_is_refused(byte first) => Assert.Equal(DecodeError.IPVersion, Read(Samples.V3Packet.With(0, first)));

    [Fact]
    public void An_impossible_header_length_is_refused()
    {
        Assert.Equal(DecodeError.IPHeaderLength, Read(Samples.V3Packet.With(0, 0x44)));
        Assert.Equal(DecodeError.IPHeaderLength, Read(Samples.V3Packet.With(0, 0x4F)));
    }

    [Fact]
    public void A_length_that_does_not_fit_is_refused()
    {
        Assert.Equal(DecodeError.IPTotalLength, Read(Sealed(Samples.V3Packet.With(3, 33))));
        Assert.Equal(DecodeError.IPTotalLength, Read(Sealed(Samples.V3Packet.With(3, 19))));
        Assert.Equal(DecodeError.IPTotalLength, Read(Samples.V6Packet.With(5, 25)));
        Assert.Equal(DecodeError.None, Read(Sealed(Samples.V3Packet.With(3, 20))));
    }

    [Fact]
    [Conformance("9568-5.1-1", Polarity.Refused)]
    public void Another_protocol_is_refused_by_name()
    {
        Assert.Equal(DecodeError.IPProtocol, Read(Sealed(Samples.V3Packet.With(9, 17))));
        Assert.Equal(DecodeError.IPProtocol, Read(Samples.V6Packet.With(6, 59)));
        Assert.Equal(DecodeError.AuthenticationHeader, Read(Sealed(Samples.V3Packet.With(9, 51))));
        Assert.Equal(DecodeError.AuthenticationHeader, Read(Samples.V6Packet.With(6, 51)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(43)]
    [InlineData(50)]
    [InlineData(60)]
    [InlineData(135)]
    [InlineData(139)]
    [InlineData(140)]
    public void An_extension_header_is_refused_by_name(byte nextHeader)
        => Assert.Equal(DecodeError.ExtensionHeader, Read(Samples.V6Packet.With(6, nextHeader)));

    [Fact]
    public void An_observer_learns_everything_that_is_wrong_at_once()
    {
        var problems = IPPacketReader.Inspect(Samples.V3Packet.With(3, 200).With(6, 0x20).With(9, 17), out var packet);
        var expected = DecodeErrorSet.Empty.With(DecodeError.IPTotalLength).With(DecodeError.IPHeaderChecksum)
            .With(DecodeError.Fragment).With(DecodeError.IPProtocol);
        Assert.Equal(expected, problems);
        Assert.Equal("IPTotalLength, IPHeaderChecksum, Fragment, IPProtocol", problems.ToString());
        Assert.Equal(Samples.V3Rfc9568, packet.Payload.ToArray());
    }

    private static DecodeError Read(byte[] packet) => IPPacketReader.TryRead(packet, out _);

    private static byte[] Sealed(byte[] packet) => [.. Bytes.WithChecksum(packet[..20], 10), .. packet[20..]];
}
