using FsCheck;
using FsCheck.Fluent;
using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Protocol.Tests.Wire;

public class InternetChecksumTests
{
    [Fact]
    public void The_example_of_RFC_1071_section_3()
        => Assert.Equal((ushort)0x220D, InternetChecksum.Compute([0x00, 0x01, 0xF2, 0x03, 0xF4, 0xF5, 0xF6, 0xF7]));

    [Fact]
    public void Every_length_and_content_agrees_with_the_plain_definition()
        => Prop.ForAll<byte[]>(data => InternetChecksum.Compute(data) == Bytes.PlainChecksum(data)).QuickCheckThrowOnFailure();

    [Fact]
    public void Carries_out_of_32_bits_are_not_lost()
    {
        byte[] data = new byte[65536];
        Array.Fill(data, (byte)0xFF);
        data[0] = 0x12;
        Assert.Equal(Bytes.PlainChecksum(data), InternetChecksum.Compute(data));
    }

    [Fact]
    public void Pieces_of_even_length_chain()
        => Prop.ForAll<byte[], byte[]>((first, second) =>
        {
            byte[] even = first.Length % 2 == 0 ? first : first[1..];
            return InternetChecksum.Finish(InternetChecksum.Sum(second, InternetChecksum.Sum(even))) == Bytes.PlainChecksum(even, second);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_pseudo_headers_are_those_of_the_RFCs()
    {
        ulong v4 = InternetChecksum.PseudoHeader(Samples.Router, InetAddress.VrrpGroupV4, ProtocolNumber.Vrrp, 12);
        ulong v6 = InternetChecksum.PseudoHeader(Samples.Router6, InetAddress.VrrpGroupV6, ProtocolNumber.Vrrp, 24);
        Assert.Equal(Bytes.PlainChecksum(Samples.PseudoHeader4(12)), InternetChecksum.Finish(v4));
        Assert.Equal(Bytes.PlainChecksum(Samples.PseudoHeader6(24)), InternetChecksum.Finish(v6));
    }

    [Fact]
    public void Data_with_its_checksum_adds_up_and_one_flipped_bit_does_not()
    {
        Assert.True(InternetChecksum.IsValid(InternetChecksum.Sum(Samples.V3Rfc9568)));
        for (int bit = 0; bit < Samples.V3Rfc9568.Length * 8; bit++)
        {
            byte[] flipped = [.. Samples.V3Rfc9568];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(InternetChecksum.IsValid(InternetChecksum.Sum(flipped)));
        }
    }

    [Fact]
    public void An_update_equals_a_recomputation()
        => Prop.ForAll<ushort, ushort, byte[]>((before, after, rest) =>
        {
            // Real headers are never all zeros, which is the one case with two representations.
            byte[] tail = [0x31, 0x29, .. rest];
            ushort old = Bytes.PlainChecksum([(byte)(before >> 8), (byte)before], tail);
            ushort expected = Bytes.PlainChecksum([(byte)(after >> 8), (byte)after], tail);
            return InternetChecksum.Update(old, before, after) == expected;
        }).QuickCheckThrowOnFailure();
}
