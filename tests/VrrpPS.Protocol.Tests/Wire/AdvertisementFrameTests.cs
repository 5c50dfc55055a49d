using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Protocol.Tests.Wire;

public class AdvertisementFrameTests
{
    [Fact]
    [Conformance("9568-5.1.1.3-1", Polarity.Required)]
    public void Smoke()
    {
        var options = new AdvertisementFrameOptions
        {
            Header = new AdvertisementHeader(VrrpVersion.V3, 41, 200, Interval.OneSecond),
            Source = InetAddress.Parse("192.0.2.1"),
        };
        Assert.Equal(EncodeError.None, AdvertisementFrame.TryCreate(options, [InetAddress.Parse("192.0.2.250")], out var frame));
        Assert.Equal(DecodeError.None, EthernetFrameReader.TryRead(frame!.Frame, out var ethernet));
        Assert.Equal(DecodeError.None, IPPacketReader.TryRead(ethernet.Payload, out var ip));
        Assert.Equal(255, ip.TimeToLive);
        Assert.Equal(DecodeError.None, AdvertisementReader.TryRead(ip.Payload, ip.Metadata, out var advertisement));
        Assert.Equal(ObservedChecksumStyle.PseudoHeader, advertisement.ChecksumStyle);
        Assert.Equal(200, advertisement.Priority);
    }
}
