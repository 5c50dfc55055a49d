using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Protocol.Tests.Wire;

public class ArpFrameTests
{
    private const string Header = "ffffffffffff 020000000001 0806 0001 0800 06 04";

    [Fact]
    public void The_announcement_is_as_RFC_5227_has_it()
    {
        byte[] frame = Written(buffer => ArpFrame.WriteAnnouncement(buffer, Samples.Mac, Samples.Virtual));
        Assert.Equal(Bytes.Hex(Header + "0001 020000000001 c00002fa 000000000000 c00002fa"), frame);
        var message = Read(frame);
        Assert.True(message.IsGratuitous);
        Assert.False(message.IsProbe);
    }

    [Fact]
    public void The_announcement_as_a_reply_names_the_address_on_both_sides()
    {
        byte[] frame = Written(buffer => ArpFrame.WriteAnnouncement(buffer, Samples.Mac, Samples.Virtual, ArpOperation.Reply));
        Assert.Equal(Bytes.Hex(Header + "0002 020000000001 c00002fa 020000000001 c00002fa"), frame);
        Assert.True(Read(frame).IsGratuitous);
    }

    [Fact]
    public void The_probe_claims_nothing()
    {
        byte[] frame = Written(buffer => ArpFrame.WriteProbe(buffer, Samples.Mac, Samples.Virtual));
        Assert.Equal(Bytes.Hex(Header + "0001 020000000001 00000000 000000000000 c00002fa"), frame);
        var message = Read(frame);
        Assert.True(message.IsProbe);
        Assert.False(message.IsGratuitous);
    }

    [Fact]
    public void A_unicast_reply_round_trips()
    {
        var peer = new MacAddress(0x0200_0000_0009);
        var message = new ArpMessage(ArpOperation.Reply, Samples.Mac, Samples.Virtual, peer, Samples.Router);
        byte[] frame = Written(buffer => ArpFrame.Write(buffer, message, peer, Samples.Mac));
        Assert.Equal(message, Read(frame));
        Assert.Equal(peer, MacAddress.Read(frame));
        Assert.False(message.IsGratuitous);
        Assert.False(message.IsProbe);
    }

    [Fact]
    public void Padding_is_ignored()
    {
        byte[] frame = Written(buffer => ArpFrame.WriteAnnouncement(buffer, Samples.Mac, Samples.Virtual));
        Assert.Equal(Read(frame), Read([.. frame, .. Bytes.Poisoned(18)]));
    }

    [Fact]
    public void Every_cut_is_refused()
    {
        byte[] packet = Written(buffer => ArpFrame.WriteAnnouncement(buffer, Samples.Mac, Samples.Virtual))[14..];
        for (int length = 0; length < packet.Length; length++)
        {
            Assert.Equal(DecodeError.ArpTooShort, ArpMessage.TryRead(packet.AsSpan(0, length), out _));
        }
    }

    [Theory]
    [InlineData(1, 6, DecodeError.ArpFormat)]
    [InlineData(2, 0x86, DecodeError.ArpFormat)]
    [InlineData(4, 8, DecodeError.ArpFormat)]
    [InlineData(5, 16, DecodeError.ArpFormat)]
    [InlineData(7, 0, DecodeError.ArpOperation)]
    [InlineData(7, 3, DecodeError.ArpOperation)]
    [InlineData(6, 1, DecodeError.ArpOperation)]
    public void Another_format_or_operation_is_refused(int offset, byte value, DecodeError expected)
    {
        byte[] packet = Written(buffer => ArpFrame.WriteAnnouncement(buffer, Samples.Mac, Samples.Virtual))[14..];
        Assert.Equal(DecodeError.None, ArpMessage.TryRead(packet, out _));
        Assert.Equal(expected, ArpMessage.TryRead(packet.With(offset, value), out var message));
        Assert.Equal(default, message);
    }

    [Fact]
    public void IPv6_has_no_place_in_ARP()
        => Assert.Throws<ArgumentException>(() => ArpFrame.WriteAnnouncement(new byte[64], Samples.Mac, Samples.Virtual6));

    private static byte[] Written(Func<byte[], int> write)
    {
        byte[] buffer = Bytes.Poisoned(64);
        int length = write(buffer);
        Assert.Equal(ArpFrame.Length, length);
        Assert.Equal(Bytes.Poisoned(64 - length), buffer[length..]);
        return buffer[..length];
    }

    private static ArpMessage Read(byte[] frame)
    {
        Assert.Equal(DecodeError.None, EthernetFrameReader.TryRead(frame, out var ethernet));
        Assert.Equal(EtherType.Arp, ethernet.EtherType);
        Assert.Equal(DecodeError.None, ArpMessage.TryRead(ethernet.Payload, out var message));
        return message;
    }
}
