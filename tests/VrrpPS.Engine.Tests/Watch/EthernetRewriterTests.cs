using VrrpPS.Engine.Watch.Capture;
using Xunit;

namespace VrrpPS.Engine.Tests.Watch;

public sealed class EthernetRewriterTests
{
    private static readonly byte[] s_frame = AdvertPacket.Frame();

    [Fact]
    public void An_Ethernet_frame_stays_as_it_is()
        => Assert.Equal(s_frame, Rewrite(new CapturePacket { UnixNanoseconds = 0, LinkType = CaptureLinkType.Ethernet, Data = s_frame }));

    [Fact]
    public void A_tag_that_the_kernel_took_off_is_put_back()
    {
        byte[] written = Rewrite(new CapturePacket { UnixNanoseconds = 0, LinkType = CaptureLinkType.Ethernet, Data = s_frame, VlanId = 10 });

        Assert.Equal([.. s_frame[..12], 0x81, 0, 0, 10, .. s_frame[12..]], written);
        Assert.True(LinkLayer.TryRead(CaptureLinkType.Ethernet, written, out var link));
        Assert.Equal(10, link.VlanId);
    }

    [Fact]
    public void A_raw_packet_gets_a_header_with_what_is_known()
    {
        byte[] written = Rewrite(new CapturePacket { UnixNanoseconds = 0, LinkType = CaptureLinkType.RawIP, Data = s_frame.AsMemory(14), VlanId = 10 });

        Assert.Equal([.. s_frame[..6], 0, 0, 0, 0, 0, 0, 0x81, 0, 0, 10, .. s_frame[12..]], written);
    }

    private static byte[] Rewrite(CapturePacket packet)
    {
        Assert.True(LinkLayer.TryRead(packet.LinkType, packet.Data.Span, out var link));
        return EthernetRewriter.ToEthernet(packet, link).ToArray();
    }
}
