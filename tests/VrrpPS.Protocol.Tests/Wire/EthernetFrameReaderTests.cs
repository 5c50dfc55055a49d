using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Protocol.Tests.Wire;

public class EthernetFrameReaderTests
{
    private static readonly byte[] Plain = Bytes.Hex("01005e000012 020000000001 0800 4500");
    private static readonly byte[] Tagged = Bytes.Hex("01005e000012 020000000001 8100 6064 0800 4500");

    [Fact]
    [Conformance("RX-1", Polarity.Required)]
    public void A_frame_without_tag_is_read()
    {
        Assert.Equal(DecodeError.None, EthernetFrameReader.TryRead(Plain, out var frame));
        Assert.Equal("01:00:5e:00:00:12", frame.Destination.ToString());
        Assert.Equal("02:00:00:00:00:01", frame.Source.ToString());
        Assert.Equal(EtherType.IPv4, frame.EtherType);
        Assert.False(frame.HasVlanTag);
        Assert.Equal(-1, frame.VlanId);
        Assert.Equal(new byte[] { 0x45, 0 }, frame.Payload.ToArray());
    }

    [Theory]
    [InlineData("8100")]
    [InlineData("88a8")]
    [InlineData("9100")]
    [Conformance("RX-1", Polarity.Refused)]
    public void A_frame_of_another_VLAN_is_refused(string tag)
    {
        byte[] bytes = [.. Tagged[..12], .. Bytes.Hex(tag), .. Tagged[14..]];
        Assert.Equal(DecodeError.VlanTag, EthernetFrameReader.TryRead(bytes, out var frame));
        Assert.True(frame.Payload.IsEmpty);
    }

    [Fact]
    public void A_priority_tag_stays_on_the_segment()
    {
        Assert.Equal(DecodeError.None, EthernetFrameReader.TryRead(Tagged.With(14, 0xE0).With(15, 0), out var frame));
        Assert.Equal(EtherType.IPv4, frame.EtherType);
        Assert.Equal(0, frame.VlanId);
    }

    [Fact]
    public void An_observer_reads_behind_one_and_two_tags()
    {
        byte[] doubled = [.. Plain[..12], .. Bytes.Hex("88a8 0007"), .. Tagged[12..]];
        var problems = EthernetFrameReader.Inspect(doubled, out var frame);
        Assert.Equal(DecodeErrorSet.Empty.With(DecodeError.VlanTag), problems);
        Assert.Equal(7, frame.VlanId);
        Assert.Equal(EtherType.IPv4, frame.EtherType);
        Assert.Equal(2, frame.Payload.Length);
    }

    [Fact]
    public void A_frame_that_ends_in_its_header_is_refused()
    {
        for (int length = 0; length < 14; length++)
        {
            Assert.Equal(DecodeError.FrameTooShort, EthernetFrameReader.TryRead(Plain.AsSpan(0, length), out _));
        }

        Assert.Equal(DecodeError.None, EthernetFrameReader.TryRead(Plain.AsSpan(0, 14), out var whole));
        Assert.True(whole.Payload.IsEmpty);
        Assert.Equal(DecodeError.FrameTooShort, EthernetFrameReader.TryRead(Tagged.AsSpan(0, 17), out _));
    }

    [Theory]
    [InlineData("01005e000012")]
    [InlineData("333300000012")]
    [InlineData("020000000002")]
    [InlineData("00005e000129")]
    [Conformance("RX-2", Polarity.Required)]
    public void A_frame_for_a_group_or_an_own_address_is_ours(string destination)
        => Assert.Equal(DecodeError.None, CheckDestination(destination));

    [Theory]
    [InlineData("020000000003")]
    [InlineData("00005e00012a")]
    [InlineData("ffffffffffff")]
    [Conformance("RX-2", Polarity.Refused)]
    public void A_frame_for_another_host_or_for_all_is_not(string destination)
        => Assert.Equal(DecodeError.ForeignMacAddress, CheckDestination(destination));

    private static DecodeError CheckDestination(string destination)
    {
        Assert.Equal(DecodeError.None, EthernetFrameReader.TryRead([.. Bytes.Hex(destination), .. Plain[6..]], out var frame));
        return frame.CheckDestination([new MacAddress(0x0200_0000_0002), MacAddress.VirtualRouter(AddressFamily.IPv4, 0x29)]);
    }
}
