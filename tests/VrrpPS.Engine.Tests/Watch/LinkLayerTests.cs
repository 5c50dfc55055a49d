using VrrpPS.Engine.Watch.Capture;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Watch;

public sealed class LinkLayerTests
{
    [Theory]
    [InlineData(CaptureLinkType.Ethernet, "01005e000012 02000000000a 0800", 14, null, AdvertDirection.Unknown)]
    [InlineData(CaptureLinkType.Ethernet, "01005e000012 02000000000a 8100 000a 0800", 18, 10, AdvertDirection.Unknown)]
    [InlineData(CaptureLinkType.Ethernet, "01005e000012 02000000000a 88a8 0014 8100 000a 0800", 22, 20, AdvertDirection.Unknown)]
    [InlineData(CaptureLinkType.LinuxSll, "0002 0001 0006 02000000000a 0000 0800", 16, null, AdvertDirection.Received)]
    [InlineData(CaptureLinkType.LinuxSll, "0004 0001 0006 02000000000a 0000 0800", 16, null, AdvertDirection.Sent)]
    [InlineData(CaptureLinkType.LinuxSll2, "0800 0000 00000003 0001 03 06 02000000000a 0000", 20, null, AdvertDirection.Overheard)]
    public void The_payload_is_found_behind_every_link_header(
        CaptureLinkType type, string hex, int offset, int? vlan, AdvertDirection direction)
    {
        Assert.True(LinkLayer.TryRead(type, Bytes(hex), out var link));

        Assert.Equal(offset, link.PayloadOffset);
        Assert.Equal(vlan, link.VlanId);
        Assert.Equal(direction, link.Direction);
        Assert.Equal(AddressFamily.IPv4, link.Family);
        Assert.Equal("02:00:00:00:00:0a", link.Source?.ToString());
        Assert.Equal(type == CaptureLinkType.LinuxSll2 ? 3 : null, link.InterfaceIndex);
    }

    [Theory]
    [InlineData("45", AddressFamily.IPv4)]
    [InlineData("60", AddressFamily.IPv6)]
    public void Raw_packets_tell_their_family_themselves(string hex, AddressFamily family)
    {
        Assert.True(LinkLayer.TryRead(CaptureLinkType.RawIP, Bytes(hex), out var link));
        Assert.Equal(family, link.Family);
        Assert.Null(link.Source);
    }

    [Theory]
    [InlineData(CaptureLinkType.Ethernet, "01005e000012 02000000000a 08")]
    [InlineData(CaptureLinkType.Ethernet, "01005e000012 02000000000a 0806")]
    [InlineData(CaptureLinkType.Ethernet, "01005e000012 02000000000a 8100 000a")]
    [InlineData(CaptureLinkType.Ethernet, "01005e000012 02000000000a 8100 0001 8100 0001 8100 0001 0800")]
    [InlineData(CaptureLinkType.LinuxSll, "0002 0001 0006")]
    [InlineData(CaptureLinkType.LinuxSll2, "0800 0000 0000")]
    [InlineData(CaptureLinkType.RawIP, "")]
    [InlineData(CaptureLinkType.RawIP, "50")]
    public void What_is_no_IP_packet_is_passed_over(CaptureLinkType type, string hex)
        => Assert.False(LinkLayer.TryRead(type, Bytes(hex), out _));

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal));
}
