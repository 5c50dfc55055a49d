using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Protocol.Tests.Wire;

public class ChecksumStyleTests
{
    [Fact]
    [Conformance("9568-5.2.8-1", Polarity.Required)]
    public void Both_readings_of_the_RFC_are_accepted_and_told_apart()
    {
        Assert.Equal(ObservedChecksumStyle.Rfc9568, Style(Samples.V3Rfc9568, Samples.Metadata4));
        Assert.Equal(ObservedChecksumStyle.PseudoHeader, Style(Samples.V3PseudoHeader, Samples.Metadata4));
    }

    [Fact]
    public void A_message_right_in_both_ways_says_so()
    {
        // A pseudo-header that adds up to ffff changes nothing: e000 + 0012 + 0070 + 000c = e08e, and the source's two words
        // make up the missing 1f71.
        var metadata = new PacketMetadata(InetAddress.FromIPv4(0x0A00_1571), InetAddress.VrrpGroupV4, 255);
        Assert.Equal(ObservedChecksumStyle.Either, Style(Samples.V3Rfc9568, metadata));
    }

    [Fact]
    [Conformance("9568-5.2.8-1", Polarity.Refused)]
    [Conformance("9568-7.1-4", Polarity.Refused)]
    [Conformance("9568-7.2-2", Polarity.Refused)]
    public void A_checksum_wrong_in_both_ways_is_refused()
    {
        Assert.Equal(DecodeError.Checksum, Samples.Read(Samples.V3Rfc9568.With(2, 101), Samples.Metadata4));
        Assert.Equal(DecodeError.Checksum, Samples.Read(Samples.V3PseudoHeader.With(7, 0xE7), Samples.Metadata4));
        Assert.Equal(DecodeError.Checksum, Samples.Read(Samples.V3Rfc9568.With(6, 0).With(7, 0), Samples.Metadata4));
    }

    [Fact]
    [Conformance("9568-5.2.8-1", Polarity.Refused)]
    public void IPv6_needs_the_pseudo_header()
    {
        Assert.Equal(DecodeError.None, Samples.Read(Samples.V6, Samples.Metadata6));
        Assert.Equal(DecodeError.Checksum, Samples.Read(Samples.Sealed(Samples.V6), Samples.Metadata6));

        // The same bytes from another host: the addresses are covered.
        Assert.Equal(DecodeError.Checksum, Samples.Read(Samples.V6, Samples.Metadata6 with { Source = InetAddress.Parse("fe80::2") }));
    }

    [Fact]
    [Conformance("3768-5.3", Polarity.Refused)]
    public void Version_2_never_has_a_pseudo_header()
    {
        byte[] covered = Bytes.WithChecksum(Samples.V2, 6, Samples.PseudoHeader4(Samples.V2.Length));
        Assert.Equal(DecodeError.None, Samples.Read(Samples.V2, Samples.Metadata4));
        Assert.Equal(DecodeError.Checksum, Samples.Read(covered, Samples.Metadata4));
    }

    [Fact]
    [Conformance("3768-7.1", Polarity.Refused)]
    public void The_version_2_checksum_covers_the_authentication_data()
        => Assert.Equal(DecodeError.Checksum, Samples.Read(Samples.V2Password.With(19, 1), Samples.Metadata4));

    private static ObservedChecksumStyle Style(byte[] message, PacketMetadata metadata)
    {
        Assert.Equal(DecodeError.None, AdvertisementReader.TryRead(message, metadata, out var advertisement));
        return advertisement.ChecksumStyle;
    }
}
