using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Protocol.Tests.Wire;

public class AdvertisementReaderTests
{
    [Fact]
    [Conformance("9568-5.1.1.3-2", Polarity.Required)]
    [Conformance("9568-5.2.2-1", Polarity.Required)]
    [Conformance("9568-5.2.5-1", Polarity.Required)]
    [Conformance("9568-7.1-1", Polarity.Required)]
    [Conformance("9568-7.1-2", Polarity.Required)]
    [Conformance("9568-7.1-3", Polarity.Required)]
    [Conformance("9568-7.1-4", Polarity.Required)]
    [Conformance("9568-7.1-6", Polarity.Required)]
    public void A_version_3_message_over_IPv4_is_read()
    {
        Assert.Equal(DecodeError.None, AdvertisementReader.TryRead(Samples.V3Rfc9568, Samples.Metadata4, out var advertisement));
        Assert.Equal(VrrpVersion.V3, advertisement.Version);
        Assert.Equal(1, advertisement.Type);
        Assert.Equal(41, advertisement.VirtualRouterId);
        Assert.Equal(100, advertisement.Priority);
        Assert.Equal(1, advertisement.AddressCount);
        Assert.Equal(Samples.Virtual, advertisement.GetAddress(0));
        Assert.Equal(Interval.OneSecond, advertisement.Interval);
        Assert.Equal(AuthenticationType.None, advertisement.AuthenticationType);
        Assert.Equal(0xA776, advertisement.Checksum);
        Assert.True(advertisement.Findings.IsEmpty);
    }

    [Fact]
    [Conformance("9568-5.1.2.3-2", Polarity.Required)]
    public void A_version_3_message_over_IPv6_is_read()
    {
        Assert.Equal(DecodeError.None, AdvertisementReader.TryRead(Samples.V6, Samples.Metadata6, out var advertisement));
        Assert.Equal(45, advertisement.VirtualRouterId);
        Assert.Equal(Samples.Virtual6, advertisement.GetAddress(0));
        Assert.Equal(ObservedChecksumStyle.Single, advertisement.ChecksumStyle);
    }

    [Fact]
    [Conformance("3768-5.3", Polarity.Required)]
    [Conformance("3768-7.1", Polarity.Required)]
    public void A_version_2_message_is_read()
    {
        Assert.Equal(DecodeError.None, AdvertisementReader.TryRead(Samples.V2Password, Samples.Metadata4, out var advertisement));
        Assert.Equal(VrrpVersion.V2, advertisement.Version);
        Assert.Equal(200, advertisement.Priority);
        Assert.Equal(Interval.OneSecond, advertisement.Interval);
        Assert.Equal(AuthenticationType.SimpleText, advertisement.AuthenticationType);
        Assert.True(AuthenticationData.TryCreate("s3cret", out var password));
        Assert.Equal(password, advertisement.AuthenticationData);
        Assert.Equal(ObservedChecksumStyle.Single, advertisement.ChecksumStyle);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(254)]
    [Conformance("9568-5.1.1.3-2", Polarity.Refused)]
    [Conformance("9568-5.1.2.3-2", Polarity.Refused)]
    [Conformance("9568-7.1-1", Polarity.Refused)]
    public void Another_TTL_is_refused(byte ttl)
    {
        Assert.Equal(DecodeError.TimeToLive, Samples.Read(Samples.V3Rfc9568, Samples.Metadata4 with { TimeToLive = ttl }));
        Assert.Equal(DecodeError.TimeToLive, Samples.Read(Samples.V2, Samples.Metadata4 with { TimeToLive = ttl }));
        Assert.Equal(DecodeError.TimeToLive, Samples.Read(Samples.V6, Samples.Metadata6 with { TimeToLive = ttl }));
    }

    [Theory]
    [InlineData(0x01)]
    [InlineData(0x11)]
    [InlineData(0x41)]
    [InlineData(0xF1)]
    [Conformance("9568-7.1-2", Polarity.Refused)]
    public void Another_version_is_refused(byte first)
        => Assert.Equal(DecodeError.Version, Samples.Read(Samples.Sealed(Samples.V3Rfc9568.With(0, first)), Samples.Metadata4));

    [Fact]
    public void Version_2_over_IPv6_is_refused()
        => Assert.Equal(DecodeError.VersionForFamily, Samples.Read(Samples.Sealed(Samples.V6.With(0, 0x21)), Samples.Metadata6));

    [Theory]
    [InlineData(0x30)]
    [InlineData(0x32)]
    [InlineData(0x3F)]
    [InlineData(0x22)]
    [Conformance("9568-5.2.2-1", Polarity.Refused)]
    [Conformance("9568-7.1-2", Polarity.Refused)]
    public void Another_type_is_refused(byte first)
        => Assert.Equal(DecodeError.Type, Samples.Read(Samples.Sealed(Samples.V3Rfc9568.With(0, first)), Samples.Metadata4));

    [Fact]
    [Conformance("9568-7.1-3", Polarity.Refused)]
    public void Every_cut_is_refused()
    {
        foreach (byte[] message in new[] { Samples.V3Rfc9568, Samples.V2, Samples.V2Password })
        {
            for (int length = 0; length < message.Length; length++)
            {
                Assert.Equal(DecodeError.Length, Samples.Read(message[..length], Samples.Metadata4));
            }
        }

        for (int length = 0; length < Samples.V6.Length; length++)
        {
            Assert.Equal(DecodeError.Length, Samples.Read(Samples.V6[..length], Samples.Metadata6));
        }
    }

    [Fact]
    [Conformance("3768-5.3", Polarity.Refused)]
    public void A_version_2_message_without_authentication_data_is_too_short()
        => Assert.Equal(DecodeError.Length, Samples.Read(Samples.Sealed(Samples.V2[..12]), Samples.Metadata4));

    [Fact]
    [Conformance("9568-7.1-3", Polarity.Refused)]
    public void A_count_beyond_the_list_is_refused()
    {
        Assert.Equal(DecodeError.Length, Samples.Read(Samples.Sealed(Samples.V3Rfc9568.With(3, 2)), Samples.Metadata4));
        Assert.Equal(DecodeError.Length, Samples.Read(Samples.Sealed(Samples.V3Rfc9568.With(3, 255)), Samples.Metadata4));
    }

    [Fact]
    [Conformance("9568-5.2.5-1", Polarity.Refused)]
    public void An_empty_list_is_refused()
    {
        Assert.Equal(DecodeError.AddressCountZero, Samples.Read(Samples.Sealed(Samples.V3Rfc9568[..8].With(3, 0)), Samples.Metadata4));
        Assert.Equal(DecodeError.AddressCountZero, Samples.Read(Samples.Sealed6(Samples.V6[..8].With(3, 0)), Samples.Metadata6));
    }

    [Fact]
    [Conformance("9568-5.2.7-1", Polarity.Refused)]
    [Conformance("9568-7.1-6", Polarity.Refused)]
    public void A_zero_interval_is_refused()
    {
        Assert.Equal(DecodeError.IntervalZero, Samples.Read(Samples.Sealed(Samples.V3Rfc9568.With(5, 0)), Samples.Metadata4));
        Assert.Equal(DecodeError.IntervalZero, Samples.Read(Samples.Sealed(Samples.V2.With(5, 0)), Samples.Metadata4));

        // The reserved bits do not make it an interval.
        Assert.Equal(DecodeError.IntervalZero, Samples.Read(Samples.Sealed(Samples.V3Rfc9568.With(4, 0xF0).With(5, 0)), Samples.Metadata4));
    }

    [Theory]
    [InlineData("0001", 1)]
    [InlineData("0100", 256)]
    [InlineData("0fff", 4095)]
    [InlineData("f064", 100)]
    [Conformance("9568-5.2.7-1", Polarity.Required)]
    [Conformance("9568-5.2.6-1", Polarity.Required)]
    public void The_interval_has_twelve_bits_and_reserved_ones_are_ignored(string field, int centiseconds)
    {
        byte[] bytes = Bytes.Hex(field);
        byte[] message = Samples.Sealed(Samples.V3Rfc9568.With(4, bytes[0]).With(5, bytes[1]));
        Assert.Equal(DecodeError.None, AdvertisementReader.TryRead(message, Samples.Metadata4, out var advertisement));
        Assert.Equal(new Interval(centiseconds), advertisement.Interval);
    }

    [Fact]
    public void VRID_zero_is_refused()
        => Assert.Equal(DecodeError.VirtualRouterIdZero, Samples.Read(Samples.Sealed(Samples.V3Rfc9568.With(1, 0)), Samples.Metadata4));

    [Theory]
    [InlineData(0, DecodeError.None)]
    [InlineData(1, DecodeError.None)]
    [InlineData(2, DecodeError.None)]
    [InlineData(3, DecodeError.AuthenticationTypeUnknown)]
    [InlineData(255, DecodeError.AuthenticationTypeUnknown)]
    [Conformance("3768-7.1", Polarity.Refused)]
    public void An_unknown_authentication_type_is_refused(byte type, DecodeError expected)
        => Assert.Equal(expected, Samples.Read(Samples.Sealed(Samples.V2.With(4, type)), Samples.Metadata4));

    [Fact]
    [Conformance("9568-5.2.9-2", Polarity.Refused)]
    public void Source_and_destination_of_two_families_are_refused()
        => Assert.Equal(
            DecodeError.AddressFamily,
            Samples.Read(Samples.V3Rfc9568, new PacketMetadata(Samples.Router, InetAddress.VrrpGroupV6, 255)));

    [Fact]
    public void An_address_beyond_the_list_is_an_argument_error()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => GetAddress(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => GetAddress(-1));
        Assert.Equal(Samples.Virtual, GetAddress(0));

        static InetAddress GetAddress(int index)
        {
            AdvertisementReader.TryRead(Samples.V3Rfc9568, Samples.Metadata4, out var advertisement);
            return advertisement.GetAddress(index);
        }
    }
}
