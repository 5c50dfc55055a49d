using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Protocol.Tests.Wire;

public class PacketMetadataTests
{
    private static readonly InetAddress Own = InetAddress.Parse("192.0.2.9");
    private static readonly InetAddress Own6 = InetAddress.Parse("fe80::9");

    [Theory]
    [InlineData("192.0.2.1", "224.0.0.18")]
    [InlineData("192.0.2.1", "192.0.2.9")]
    [InlineData("fe80::1", "ff02::12")]
    [InlineData("fe80::1", "fe80::9")]
    [Conformance("RX-6", Polarity.Required)]
    [Conformance("RX-7", Polarity.Required)]
    public void A_neighbor_may_send_to_the_group_or_to_us(string source, string destination)
        => Assert.Equal(DecodeError.None, Check(source, destination));

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.8")]
    [InlineData("192.0.2.1", "224.0.0.1")]
    [InlineData("192.0.2.1", "255.255.255.255")]
    [InlineData("fe80::1", "ff02::1")]
    [InlineData("fe80::1", "fe80::8")]
    [Conformance("RX-6", Polarity.Refused)]
    [Conformance("9568-5.1-1", Polarity.Refused)]
    public void Another_destination_is_refused(string source, string destination)
        => Assert.Equal(DecodeError.ForeignDestination, Check(source, destination));

    [Theory]
    [InlineData("0.0.0.0", "224.0.0.18", DecodeError.SourceUnspecified)]
    [InlineData("224.0.0.18", "224.0.0.18", DecodeError.SourceMulticast)]
    [InlineData("192.0.2.9", "224.0.0.18", DecodeError.SourceOwn)]
    [InlineData("::", "ff02::12", DecodeError.SourceUnspecified)]
    [InlineData("ff02::12", "ff02::12", DecodeError.SourceMulticast)]
    [InlineData("fe80::9", "ff02::12", DecodeError.SourceOwn)]
    [Conformance("RX-7", Polarity.Refused)]
    public void An_impossible_or_own_source_is_refused(string source, string destination, DecodeError expected)
        => Assert.Equal(expected, Check(source, destination));

    [Fact]
    public void Two_families_in_one_packet_are_refused()
    {
        Assert.Equal(DecodeError.AddressFamily, Check("192.0.2.1", "ff02::12"));
        Assert.Equal(DecodeError.AddressFamily, default(PacketMetadata).CheckAddresses([]));
    }

    [Fact]
    public void A_configured_group_takes_the_place_of_the_default()
    {
        var group = InetAddress.Parse("224.0.0.200");
        var toGroup = new PacketMetadata(Samples.Router, group, 255);
        Assert.Equal(DecodeError.None, toGroup.CheckAddresses([Own], group));
        Assert.Equal(DecodeError.ForeignDestination, Samples.Metadata4.CheckAddresses([Own], group));
    }

    private static DecodeError Check(string source, string destination)
        => new PacketMetadata(InetAddress.Parse(source), InetAddress.Parse(destination), 255).CheckAddresses([Own, Own6]);
}
