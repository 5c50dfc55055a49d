using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Protocol.Tests.Wire;

public class AdvertisementWriterTests
{
    private static readonly AdvertisementHeader V3 = new(VrrpVersion.V3, 41, 100, Interval.OneSecond);
    private static readonly AdvertisementHeader V2 = new(VrrpVersion.V2, 41, 200, Interval.OneSecond);
    private static readonly AdvertisementHeader V6 = new(VrrpVersion.V3, 45, 100, Interval.OneSecond);

    [Fact]
    [Conformance("9568-7.2-1", Polarity.Required)]
    [Conformance("9568-7.2-2", Polarity.Required)]
    [Conformance("9568-5.2.8-1", Polarity.Required)]
    [Conformance("9568-5.2.6-1", Polarity.Required)]
    public void Version_3_over_IPv4_is_as_worked_by_hand()
    {
        Assert.Equal(Samples.V3Rfc9568, Write(V3, [Samples.Virtual], ChecksumStyle.Rfc9568));
        Assert.Equal(Samples.V3PseudoHeader, Write(V3, [Samples.Virtual], ChecksumStyle.PseudoHeader));
        Assert.Equal(Samples.V3PseudoHeader, Write(V3, [Samples.Virtual], ChecksumStyle.Auto));
    }

    [Fact]
    [Conformance("3768-5.3", Polarity.Required)]
    public void Version_2_is_as_worked_by_hand_and_knows_no_checksum_style()
    {
        Assert.Equal(Samples.V2, Write(V2, [Samples.Virtual], ChecksumStyle.PseudoHeader));
        Assert.Equal(Samples.V2, Write(V2, [Samples.Virtual], ChecksumStyle.Rfc9568));
        Assert.True(AuthenticationData.TryCreate("s3cret", out var password));
        var header = V2 with { AuthenticationType = AuthenticationType.SimpleText, AuthenticationData = password };
        Assert.Equal(Samples.V2Password, Write(header, [Samples.Virtual], ChecksumStyle.Auto));
    }

    [Fact]
    [Conformance("9568-5.2.9-1", Polarity.Required)]
    public void IPv6_is_as_worked_by_hand_and_knows_no_checksum_style()
    {
        Assert.Equal(Samples.V6, Write(V6, [Samples.Virtual6], ChecksumStyle.PseudoHeader));
        Assert.Equal(Samples.V6, Write(V6, [Samples.Virtual6], ChecksumStyle.Rfc9568));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4096)]
    [InlineData(-1)]
    [Conformance("9568-5.2.7-1", Polarity.Refused)]
    [Conformance("9568-5.2.6-1", Polarity.Refused)]
    public void An_interval_that_would_reach_the_reserved_bits_is_refused(int centiseconds)
        => Assert.Equal(EncodeError.Interval, Error(V3 with { Interval = new Interval(centiseconds) }, [Samples.Virtual]));

    [Theory]
    [InlineData(50)]
    [InlineData(150)]
    [InlineData(25600)]
    [Conformance("3768-5.3", Polarity.Refused)]
    public void A_version_2_interval_is_whole_seconds_in_a_byte(int centiseconds)
        => Assert.Equal(EncodeError.Interval, Error(V2 with { Interval = new Interval(centiseconds) }, [Samples.Virtual]));

    [Fact]
    public void Fields_that_have_no_place_on_the_wire_are_refused()
    {
        Assert.Equal(EncodeError.Version, Error(V3 with { Version = (VrrpVersion)4 }, [Samples.Virtual]));
        Assert.Equal(EncodeError.VirtualRouterId, Error(V3 with { VirtualRouterId = 0 }, [Samples.Virtual]));
        Assert.Equal(EncodeError.Authentication, Error(V3 with { AuthenticationType = AuthenticationType.SimpleText }, [Samples.Virtual]));
        Assert.Equal(
            EncodeError.Authentication,
            Error(V3 with { AuthenticationType = AuthenticationType.AuthenticationHeader }, [Samples.Virtual]));
        Assert.True(AuthenticationData.TryCreate("x", out var password));
        Assert.Equal(
            EncodeError.Authentication,
            Error(V2 with { AuthenticationType = AuthenticationType.AuthenticationHeader, AuthenticationData = password }, [Samples.Virtual]));
        Assert.Equal(EncodeError.Authentication, Error(V2 with { AuthenticationData = password }, [Samples.Virtual]));
        Assert.Equal(EncodeError.ChecksumStyle, Error(V3, [Samples.Virtual], ChecksumStyle.Both));
        Assert.Equal(EncodeError.VersionForFamily, Error(V2, [Samples.Virtual6], family: AddressFamily.IPv6));
    }

    [Fact]
    [Conformance("9568-5.2.9-2", Polarity.Refused)]
    public void Mixed_families_are_refused()
    {
        Assert.Equal(EncodeError.MixedFamilies, Error(V3, [Samples.Virtual, Samples.Virtual6]));
        Assert.Equal(EncodeError.MixedFamilies, Error(V3, [Samples.Virtual6, Samples.Virtual], family: AddressFamily.IPv6));
        Assert.Equal(
            EncodeError.MixedFamilies,
            AdvertisementWriter.TryWrite(new byte[64], V3, [Samples.Virtual], Samples.Router, InetAddress.VrrpGroupV6, default, out _));
    }

    [Fact]
    [Conformance("9568-5.2.9-2", Polarity.Required)]
    public void Addresses_of_the_packets_family_are_written()
    {
        Assert.Equal(EncodeError.None, Error(V3, [Samples.Virtual]));
        Assert.Equal(EncodeError.None, Error(V6, [Samples.Virtual6, Samples.Global6], family: AddressFamily.IPv6));
    }

    [Fact]
    [Conformance("9568-5.2.9-1", Polarity.Refused)]
    public void An_IPv6_list_that_begins_with_a_global_address_is_refused_unless_allowed()
    {
        Assert.Equal(EncodeError.FirstAddressNotLinkLocal, Error(V6, [Samples.Global6, Samples.Virtual6], family: AddressFamily.IPv6));
        Assert.Equal(EncodeError.None, AdvertisementWriter.CheckAddresses(AddressFamily.IPv6, [Samples.Global6], allowGlobalFirst: true));
    }

    [Fact]
    [Conformance("9568-5.2.5-1", Polarity.Refused)]
    public void An_empty_list_is_refused() => Assert.Equal(EncodeError.NoAddresses, Error(V3, []));

    [Fact]
    public void The_count_is_one_byte()
    {
        var addresses = Enumerable.Range(0, 256).Select(i => InetAddress.FromIPv4(0x0A000000u + (uint)i)).ToArray();
        Assert.Equal(EncodeError.TooManyAddresses, Error(V3, addresses));
        byte[] message = Write(V3, addresses[..255], ChecksumStyle.Rfc9568);
        Assert.Equal(8 + (4 * 255), message.Length);
        Assert.Equal(DecodeError.None, AdvertisementReader.TryRead(message, Samples.Metadata4, out var advertisement));
        Assert.Equal(255, advertisement.AddressCount);
        Assert.Equal(addresses[254], advertisement.GetAddress(254));
    }

    [Fact]
    public void A_buffer_that_is_too_small_is_refused_and_left_alone()
    {
        byte[] buffer = Bytes.Poisoned(11);
        var error = AdvertisementWriter.TryWrite(
            buffer, V3, [Samples.Virtual], Samples.Router, InetAddress.VrrpGroupV4, default, out int written);
        Assert.Equal(EncodeError.BufferTooSmall, error);
        Assert.Equal(0, written);
        Assert.Equal(Bytes.Poisoned(11), buffer);
    }

    [Theory]
    [InlineData(VrrpVersion.V3, AddressFamily.IPv4, 1500, 255)]
    [InlineData(VrrpVersion.V3, AddressFamily.IPv6, 1500, 90)]
    [InlineData(VrrpVersion.V2, AddressFamily.IPv4, 576, 135)]
    [InlineData(VrrpVersion.V3, AddressFamily.IPv4, 27, 0)]
    public void The_MTU_bounds_the_list(VrrpVersion version, AddressFamily family, int mtu, int expected)
        => Assert.Equal(expected, AdvertisementWriter.GetMaxAddresses(version, family, mtu));

    /// <summary>Writes into a poisoned buffer and checks that nothing behind the message was touched.</summary>
    private static byte[] Write(AdvertisementHeader header, InetAddress[] addresses, ChecksumStyle style)
    {
        bool v4 = addresses[0].Family == AddressFamily.IPv4;
        var metadata = v4 ? Samples.Metadata4 : Samples.Metadata6;
        byte[] buffer = Bytes.Poisoned(2000);
        var error = AdvertisementWriter.TryWrite(buffer, header, addresses, metadata.Source, metadata.Destination, style, out int written);
        Assert.Equal(EncodeError.None, error);
        Assert.Equal(AdvertisementWriter.GetLength(header.Version, metadata.Family, addresses.Length), written);
        Assert.Equal(Bytes.Poisoned(2000 - written), buffer[written..]);
        return buffer[..written];
    }

    private static EncodeError Error(
        AdvertisementHeader header,
        InetAddress[] addresses,
        ChecksumStyle style = ChecksumStyle.Auto,
        AddressFamily family = AddressFamily.IPv4)
    {
        var metadata = family == AddressFamily.IPv4 ? Samples.Metadata4 : Samples.Metadata6;
        return AdvertisementWriter.TryWrite(
            new byte[2000], header, addresses, metadata.Source, metadata.Destination, style, out _);
    }
}
