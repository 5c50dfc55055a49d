using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Protocol.Tests.Wire;

public class NeighborFrameTests
{
    private static readonly byte[] Router = Written(buffer
        => NeighborAdvertisementFrame.WriteUnsolicited(buffer, Samples.Mac, Samples.Virtual6, Samples.Router6, isRouter: true));

    [Fact]
    public void The_unsolicited_advertisement_is_as_worked_by_hand()
    {
        // 8800 + a000 + fe80 + 0045 + 0201 + 0200 + 0000 + 0001 = 2 2ac7; pseudo-header fe80 + 0001 + ff02 + 0001 + 0020 + 003a
        // = 1 fdde; together 4 28a5 -> 28a9, complement d756.
        const string hand = "333300000001 020000000001 86dd 6c000000 0020 3a ff fe800000000000000000000000000001"
            + "ff020000000000000000000000000001 88 00 d756 a0000000 fe800000000000000000000000000045 02 01 020000000001";
        Assert.Equal(Bytes.Hex(hand), Router);
        Assert.Equal(DecodeError.None, NeighborAdvertisement.TryRead(Router.AsSpan(14), out var advertisement));
        Assert.Equal(new NeighborAdvertisement(Samples.Virtual6, Samples.Mac, true, false, true), advertisement);
    }

    [Fact]
    public void The_router_flag_is_a_choice()
    {
        byte[] frame = Written(buffer
            => NeighborAdvertisementFrame.WriteUnsolicited(buffer, Samples.Mac, Samples.Global6, Samples.Global6, isRouter: false));
        Assert.Equal(0x20, frame[58]);
        Assert.Equal(DecodeError.None, NeighborAdvertisement.TryRead(frame.AsSpan(14), out var advertisement));
        Assert.Equal(new NeighborAdvertisement(Samples.Global6, Samples.Mac, false, false, true), advertisement);
    }

    [Fact]
    public void A_solicited_answer_without_option_round_trips()
    {
        var answer = new NeighborAdvertisement(Samples.Virtual6, null, true, true, false);
        byte[] frame = Written(buffer
            => NeighborAdvertisementFrame.Write(buffer, Samples.Mac, new MacAddress(9), Samples.Virtual6, Samples.Router6, answer));
        Assert.Equal(NeighborAdvertisementFrame.Length - 8, frame.Length);
        Assert.Equal(DecodeError.None, NeighborAdvertisement.TryRead(frame.AsSpan(14), out var read));
        Assert.Equal(answer, read);
    }

    [Fact]
    public void The_solicitation_goes_to_the_solicited_node_group()
    {
        byte[] frame = Written(buffer => NeighborSolicitationFrame.Write(buffer, Samples.Mac, Samples.Router6, Samples.Global6));

        // 8700 + 2001 + 0db8 + 0045 + 0101 + 0200 + 0000 + 0001 = b800; pseudo-header fe80 + 0001 + ff02 + 0001 + ff00 + 0045 + 0020
        // + 003a = 2 fd23; together 3 b523 -> b526, complement 4ad9.
        const string hand = "3333ff000045 020000000001 86dd 6c000000 0020 3a ff fe800000000000000000000000000001"
            + "ff0200000000000000000001ff000045 87 00 4ad9 00000000 20010db8000000000000000000000045 01 01 020000000001";
        Assert.Equal(Bytes.Hex(hand), frame);
    }

    [Fact]
    public void A_probe_has_neither_source_nor_option()
    {
        byte[] frame = Written(buffer
            => NeighborSolicitationFrame.Write(buffer, Samples.Mac, InetAddress.Parse("::"), Samples.Global6));
        Assert.Equal(NeighborSolicitationFrame.Length - 8, frame.Length);
        Assert.Equal(new byte[16], frame[22..38]);
        Assert.Equal(DecodeError.NeighborType, NeighborAdvertisement.TryRead(frame.AsSpan(14), out _));
    }

    [Theory]
    [InlineData("2001:db8::12:3456", "ff02::1:ff12:3456")]
    [InlineData("fe80::45", "ff02::1:ff00:45")]
    public void The_solicited_node_group_has_the_last_three_bytes(string address, string group)
    {
        Assert.Equal(InetAddress.Parse(group), SolicitedNode.GroupOf(InetAddress.Parse(address)));
        Assert.Equal("ff02::1", SolicitedNode.AllNodes.ToString());
        Assert.Throws<ArgumentException>(() => SolicitedNode.GroupOf(Samples.Virtual));
    }

    [Fact]
    public void IPv4_has_no_place_in_neighbor_discovery()
        => Assert.Throws<ArgumentException>(
            () => NeighborAdvertisementFrame.WriteUnsolicited(new byte[100], Samples.Mac, Samples.Virtual, Samples.Router6, true));

    [Fact]
    public void Every_cut_is_refused()
    {
        byte[] message = Router[54..];
        for (int length = 0; length < 24; length++)
        {
            Assert.Equal(DecodeError.NeighborLength, Read(Packet(message[..length])));
        }

        for (int length = 25; length < 32; length++)
        {
            Assert.Equal(DecodeError.NeighborOption, Read(Packet(message[..length])));
        }

        Assert.Equal(DecodeError.None, Read(Packet(message[..24])));
    }

    [Theory]
    [InlineData(0, 135, DecodeError.NeighborType)]
    [InlineData(1, 1, DecodeError.NeighborType)]
    [InlineData(4, 0x60, DecodeError.NeighborFlags)]
    [InlineData(8, 0xFF, DecodeError.NeighborTarget)]
    [InlineData(25, 0, DecodeError.NeighborOption)]
    [InlineData(25, 2, DecodeError.NeighborOption)]
    [InlineData(24, 14, DecodeError.None)]
    public void What_RFC_4861_forbids_is_refused(int offset, byte value, DecodeError expected)
        => Assert.Equal(expected, Read(Packet(Router[54..].With(offset, value))));

    [Fact]
    public void A_wrong_checksum_or_hop_limit_is_refused()
    {
        Assert.Equal(DecodeError.NeighborChecksum, Read(Router[14..].With(42, 0)));
        Assert.Equal(DecodeError.TimeToLive, Read(Router[14..].With(7, 64)));
        Assert.Equal(DecodeError.IPProtocol, Read(Samples.V6Packet));
        byte[] v4 = [.. Bytes.WithChecksum(Samples.V3Packet[..20].With(9, 58), 10), .. Samples.V3Rfc9568];
        Assert.Equal(DecodeError.AddressFamily, Read(v4));
    }

    private static DecodeError Read(byte[] packet) => NeighborAdvertisement.TryRead(packet, out _);

    /// <summary>A packet around a message, its checksum made right.</summary>
    private static byte[] Packet(byte[] message)
    {
        byte[] pseudo = [.. Router[22..54], 0, 0, 0, (byte)message.Length, 0, 0, 0, 58];
        byte[] right = message.Length < 4 ? message : Bytes.WithChecksum(message, 2, pseudo);
        return [.. Router[14..54].With(5, (byte)message.Length), .. right];
    }

    private static byte[] Written(Func<byte[], int> write)
    {
        byte[] buffer = Bytes.Poisoned(100);
        int length = write(buffer);
        Assert.Equal(Bytes.Poisoned(100 - length), buffer[length..]);
        return buffer[..length];
    }
}
