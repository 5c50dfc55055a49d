using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Protocol.Tests.Wire;

public class AdvertisementFrameTests
{
    private static readonly AdvertisementFrameOptions V4 = new()
    {
        Header = new AdvertisementHeader(VrrpVersion.V3, 41, 100, Interval.OneSecond),
        Source = Samples.Router,
        SourceMac = Samples.Mac,
        ChecksumStyle = ChecksumStyle.Rfc9568,
    };

    private static readonly AdvertisementFrameOptions V6 = new()
    {
        Header = new AdvertisementHeader(VrrpVersion.V3, 45, 100, Interval.OneSecond),
        Source = Samples.Router6,
        SourceMac = Samples.Mac,
    };

    [Fact]
    [Conformance("9568-5.1.1.3-1", Polarity.Required)]
    [Conformance("9568-5.1-1", Polarity.Required)]
    public void The_IPv4_frame_is_as_worked_by_hand()
    {
        var frame = Create(V4, Samples.Virtual);
        Assert.Equal([.. Bytes.Hex("01005e000012 020000000001 0800"), .. Samples.V3Packet], frame.Frame.ToArray());
        Assert.Equal(Samples.V3Packet, frame.Packet.ToArray());
        Assert.Equal(Samples.V3Rfc9568, frame.Message.ToArray());
    }

    [Fact]
    [Conformance("9568-5.1.2.3-1", Polarity.Required)]
    [Conformance("9568-5.1-1", Polarity.Required)]
    public void The_IPv6_frame_is_as_worked_by_hand()
    {
        var frame = Create(V6, Samples.Virtual6);
        Assert.Equal([.. Bytes.Hex("333300000012 020000000001 86dd"), .. Samples.V6Packet], frame.Frame.ToArray());
    }

    [Fact]
    [Conformance("9568-5.1.1.3-1", Polarity.Refused)]
    [Conformance("9568-5.1.2.3-1", Polarity.Refused)]
    public void No_patch_changes_the_TTL()
    {
        var v4 = Create(V4, Samples.Virtual);
        Assert.Equal(EncodeError.None, v4.TrySetDestination(InetAddress.Parse("198.51.100.1"), Samples.Mac));
        Assert.Equal(EncodeError.None, v4.TrySetSource(InetAddress.Parse("198.51.100.2")));
        Assert.Equal(255, v4.Packet[8]);
        var v6 = Create(V6, Samples.Virtual6);
        Assert.Equal(EncodeError.None, v6.TrySetDestination(Samples.Global6, Samples.Mac));
        Assert.Equal(EncodeError.None, v6.TrySetSource(InetAddress.Parse("fe80::2")));
        Assert.Equal(255, v6.Packet[7]);
    }

    [Fact]
    [Conformance("9568-7.2-1", Polarity.Required)]
    [Conformance("9568-7.2-2", Polarity.Required)]
    public void A_patched_frame_equals_one_built_anew()
    {
        foreach (var style in new[] { ChecksumStyle.PseudoHeader, ChecksumStyle.Rfc9568 })
        {
            var frame = Create(V4, Samples.Virtual);
            var source = InetAddress.Parse("192.0.2.77");
            var peer = InetAddress.Parse("192.0.2.9");
            var peerMac = new MacAddress(0x0200_0000_0009);
            frame.SetPriority(0);
            frame.SetSourceMac(MacAddress.VirtualRouter(AddressFamily.IPv4, 41));
            Assert.Equal(EncodeError.None, frame.TrySetInterval(new Interval(4095)));
            Assert.Equal(EncodeError.None, frame.TrySetSource(source));
            Assert.Equal(EncodeError.None, frame.TrySetDestination(peer, peerMac));
            Assert.Equal(EncodeError.None, frame.TrySetChecksumStyle(style));
            var expected = V4 with
            {
                Header = V4.Header with { Priority = 0, Interval = new Interval(4095) },
                Source = source,
                SourceMac = MacAddress.VirtualRouter(AddressFamily.IPv4, 41),
                Destination = peer,
                DestinationMac = peerMac,
                ChecksumStyle = style,
            };
            Assert.Equal(Create(expected, Samples.Virtual).Frame.ToArray(), frame.Frame.ToArray());
            Assert.Equal(expected.Header, frame.Header);
            Assert.Equal(source, frame.Source);
            Assert.Equal(peer, frame.Destination);
            Assert.Equal(style, frame.ChecksumStyle);

            Assert.Equal(EncodeError.None, frame.TrySetDestination(InetAddress.VrrpGroupV4));
            Assert.Equal(Bytes.Hex("01005e000012"), frame.Frame[..6].ToArray());
        }
    }

    [Fact]
    [Conformance("9568-7.2-2", Polarity.Required)]
    public void Every_priority_can_be_patched_over_every_other()
    {
        foreach (var options in new[] { V4, V6, V4 with { ChecksumStyle = ChecksumStyle.PseudoHeader } })
        {
            var address = options.Source.Family == AddressFamily.IPv4 ? Samples.Virtual : Samples.Virtual6;
            var frame = Create(options, address);
            for (int step = 0; step < 512; step++)
            {
                byte priority = (byte)(step * 101);
                frame.SetPriority(priority);
                var anew = Create(options with { Header = options.Header with { Priority = priority } }, address);
                Assert.Equal(anew.Frame.ToArray(), frame.Frame.ToArray());
            }
        }
    }

    [Fact]
    [Conformance("9568-7.2-1", Polarity.Refused)]
    public void A_patch_that_does_not_fit_changes_nothing()
    {
        var frame = Create(V4, Samples.Virtual);
        byte[] before = frame.Frame.ToArray();
        Assert.Equal(EncodeError.Interval, frame.TrySetInterval(new Interval(4096)));
        Assert.Equal(EncodeError.MixedFamilies, frame.TrySetSource(Samples.Router6));
        Assert.Equal(EncodeError.MixedFamilies, frame.TrySetDestination(InetAddress.VrrpGroupV6));
        Assert.Equal(EncodeError.MixedFamilies, frame.TrySetSource(default));
        Assert.Equal(EncodeError.ChecksumStyle, frame.TrySetChecksumStyle(ChecksumStyle.Both));
        Assert.Equal(before, frame.Frame.ToArray());
        Assert.Equal(V4.Header, frame.Header);
    }

    [Fact]
    public void Patching_allocates_nothing()
    {
        var frame = Create(V4, Samples.Virtual);
        Patch(frame);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            Patch(frame);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        static void Patch(AdvertisementFrame frame)
        {
            frame.SetPriority((byte)(frame.Header.Priority + 1));
            frame.TrySetInterval(new Interval(frame.Header.Priority + 1));
            frame.TrySetSource(InetAddress.FromIPv4(0xC0000200u + frame.Header.Priority));
            frame.TrySetDestination(Samples.Virtual, Samples.Mac);
            frame.TrySetChecksumStyle(ChecksumStyle.PseudoHeader);
        }
    }

    [Fact]
    public void A_packet_larger_than_the_MTU_is_refused()
    {
        var addresses = Enumerable.Range(0, 91).Select(i => InetAddress.Parse($"fe80::{i + 1:x}")).ToArray();
        Assert.Equal(EncodeError.ExceedsMtu, AdvertisementFrame.TryCreate(V6, addresses, out var frame));
        Assert.Null(frame);
        Assert.Equal(EncodeError.None, AdvertisementFrame.TryCreate(V6, addresses.AsSpan(0, 90), out frame));
        Assert.Equal(14 + 40 + 8 + (90 * 16), frame!.Frame.Length);
        Assert.Equal(EncodeError.None, AdvertisementFrame.TryCreate(V6 with { Mtu = 9000 }, addresses, out _));
    }

    [Fact]
    public void What_the_writer_refuses_makes_no_frame()
    {
        Assert.Equal(EncodeError.NoAddresses, AdvertisementFrame.TryCreate(V4, [], out var frame));
        Assert.Null(frame);
        Assert.Equal(EncodeError.MixedFamilies, AdvertisementFrame.TryCreate(V4, [Samples.Virtual6], out frame));
        Assert.Null(frame);
        Assert.Equal(EncodeError.FirstAddressNotLinkLocal, AdvertisementFrame.TryCreate(V6, [Samples.Global6], out frame));
        Assert.Null(frame);
        Assert.Equal(EncodeError.None, AdvertisementFrame.TryCreate(V6 with { AllowGlobalFirstAddress = true }, [Samples.Global6], out _));
    }

    internal static AdvertisementFrame Create(AdvertisementFrameOptions options, params InetAddress[] addresses)
    {
        Assert.Equal(EncodeError.None, AdvertisementFrame.TryCreate(options, addresses, out var frame));
        return frame!;
    }
}
