using System.Buffers.Binary;
using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Protocol.Tests.Wire;

/// <summary>
/// The HMAC trailer, against the packets in the appendix of draft-cassen-vrrp-auth-hmac and one that was worked out by hand. All
/// three HMACs were computed once more with Python:
/// <c>hmac.new(bytes(range(32)), bytes([family, version, vrid, 0]) + source + padding + packet, 'sha256').digest()[:16]</c>, where
/// the source is padded to 16 bytes and the packet has zeros for its checksum and its HMAC.
/// </summary>
public class HmacTrailerTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(static i => (byte)i)];

    private static readonly byte[] V4 = Bytes.Hex("3133c80100644402 c0000264 01010000 6800000080000000 1b84bc4e8e43892dc6d98448f8ee2265");

    private static readonly byte[] V6 = Bytes.Hex(
        "3133c8010064a2e9 fe800000000000000000000000000100 01010000 6800000080000000 c8c56146ebfd66ee10ec4d8186461b78");

    private static readonly byte[] V2 = Bytes.Hex("212964010001b7d9c00002fa0000000000000000 01070000 6800000140000000 82034807654d05ace575880bb32cc419");

    private static readonly InetAddress Sender4 = InetAddress.Parse("198.51.100.10");

    /// <summary>The instant in the appendix: sequence 6800000080000000.</summary>
    private static long Then => (0x6800_0000L * Instant.NanosecondsPerSecond) + (Instant.NanosecondsPerSecond / 2);

    public static TheoryData<string, string, string, int> Vectors => new()
    {
        { Convert.ToHexString(V4), "198.51.100.10", "224.0.0.18", 1 },
        { Convert.ToHexString(V6), "fe80::10", "fe80::20", 1 },
        { Convert.ToHexString(V2), "192.0.2.1", "224.0.0.18", 7 },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Known_packets_are_accepted(string packet, string source, string destination, int keyId)
    {
        byte[] payload = Convert.FromHexString(packet);
        var metadata = new PacketMetadata(InetAddress.Parse(source), InetAddress.Parse(destination), 255);
        Assert.True(HmacTrailer.IsPresent(payload, metadata.Family));
        Assert.Equal(DecodeError.None, Receiver(keyId: (byte)keyId).Verify(payload, metadata.Source, Then));
        Assert.True(AdvertisementReader.Inspect(payload, metadata, out var advertisement, HmacTrailer.Length).IsEmpty);
        Assert.Equal(1, advertisement.AddressCount);
        Assert.NotEqual(ObservedChecksumStyle.Invalid, advertisement.ChecksumStyle);
    }

    [Fact]
    public void We_write_the_packets_of_the_appendix_byte_by_byte()
    {
        var header = new AdvertisementHeader(VrrpVersion.V3, 51, 200, Interval.OneSecond);
        var v4 = AdvertisementFrameTests.Create(
            new AdvertisementFrameOptions { Header = header, Source = Sender4, HasTrailer = true, ChecksumStyle = ChecksumStyle.Rfc9568 },
            [InetAddress.Parse("192.0.2.100")]);
        v4.Sign(Receiver(), Then);
        Assert.Equal(V4, v4.Payload.ToArray());
        Assert.Equal(V4[..12], v4.Message.ToArray());
        Assert.Equal(20 + V4.Length, v4.Packet.Length);
        Assert.Equal(DecodeError.None, IPPacketReader.TryRead(v4.Packet, out var packet));
        Assert.Equal(V4.Length, packet.Payload.Length);

        var v6 = AdvertisementFrameTests.Create(
            new AdvertisementFrameOptions { Header = header, Source = InetAddress.Parse("fe80::10"), Destination = InetAddress.Parse("fe80::20"), HasTrailer = true },
            [InetAddress.Parse("fe80::100")]);
        v6.Sign(Receiver(), Then);
        Assert.Equal(V6, v6.Payload.ToArray());
    }

    [Fact]
    public void One_signature_serves_all_unicast_peers()
    {
        var frame = AdvertisementFrameTests.Create(
            new AdvertisementFrameOptions
            {
                Header = new AdvertisementHeader(VrrpVersion.V3, 51, 200, Interval.OneSecond),
                Source = InetAddress.Parse("fe80::10"),
                Destination = InetAddress.Parse("fe80::20"),
                HasTrailer = true,
            },
            [InetAddress.Parse("fe80::100")]);
        frame.SetPriority(0);
        frame.Sign(Receiver(), Then);
        foreach (string peer in (string[])["fe80::20", "fe80::21"])
        {
            var destination = InetAddress.Parse(peer);
            Assert.Equal(EncodeError.None, frame.TrySetDestination(destination));
            Assert.Equal(DecodeError.None, Receiver().Verify(frame.Payload, frame.Source, Then));
            var problems = AdvertisementReader.Inspect(frame.Payload, new PacketMetadata(frame.Source, destination, 255), out _, HmacTrailer.Length);
            Assert.True(problems.IsEmpty, problems.ToString());
        }
    }

    [Fact]
    public void Every_changed_byte_but_the_checksum_is_noticed()
    {
        for (int offset = 0; offset < V4.Length; offset++)
        {
            var error = Receiver().Verify(V4.With(offset, (byte)(V4[offset] ^ 1)), Sender4, Then);
            var expected = offset switch
            {
                0 or 1 or 2 or 4 or 5 => DecodeError.HmacInvalid,
                3 => DecodeError.HmacMissing,
                6 or 7 => DecodeError.None,
                12 or 14 or 15 => DecodeError.HmacMalformed,
                13 => DecodeError.HmacUnknownKey,
                16 or 17 or 18 => DecodeError.HmacStale,
                _ => DecodeError.HmacInvalid,
            };
            Assert.Equal((offset, expected), (offset, error));
        }

        Assert.Equal(DecodeError.HmacInvalid, Receiver().Verify(V4, InetAddress.Parse("198.51.100.11"), Then));
        Assert.Equal(DecodeError.HmacInvalid, Receiver(key: Key.With(0, 99)).Verify(V4, Sender4, Then));
    }

    [Theory]
    [InlineData(0, DecodeError.None)]
    [InlineData(5, DecodeError.None)]
    [InlineData(-5, DecodeError.None)]
    [InlineData(6, DecodeError.HmacStale)]
    [InlineData(-6, DecodeError.HmacStale)]
    public void The_clocks_may_differ_within_the_window(int seconds, DecodeError expected)
    {
        long now = Then + (seconds * Instant.NanosecondsPerSecond);
        Assert.Equal(expected, Receiver().Verify(V4, Sender4, now));
        Assert.Equal(DecodeError.None, Receiver(window: 0).Verify(V4, Sender4, now + (1000 * Instant.NanosecondsPerSecond)));
    }

    [Fact]
    public void A_packet_is_accepted_once_from_each_sender()
    {
        var receiver = Receiver();
        Assert.Equal(DecodeError.None, receiver.Verify(V4, Sender4, Then));
        Assert.Equal(DecodeError.HmacReplay, receiver.Verify(V4, Sender4, Then));
        Assert.Equal(DecodeError.None, receiver.Verify(V6, InetAddress.Parse("fe80::10"), Then));
        Assert.Equal(DecodeError.HmacReplay, receiver.Verify(V6, InetAddress.Parse("fe80::10"), Then));
    }

    [Fact]
    public void A_forgery_leaves_no_trace()
    {
        // One that claims the future would lock the real sender out if it were remembered.
        var receiver = Receiver(window: 0);
        Assert.Equal(DecodeError.HmacInvalid, receiver.Verify(V4.With(16, 0x69), Sender4, Then));
        Assert.Equal(DecodeError.None, receiver.Verify(V4, Sender4, Then));
    }

    [Theory]
    [InlineData(HmacMode.Enforce, DecodeError.HmacMissing)]
    [InlineData(HmacMode.Permissive, DecodeError.None)]
    [InlineData(HmacMode.ReceiveOnly, DecodeError.None)]
    public void Only_enforce_refuses_what_is_not_signed_and_none_accepts_what_is_wrong(HmacMode mode, DecodeError unsigned)
    {
        var receiver = Receiver(mode: mode);
        Assert.Equal(unsigned, receiver.Verify(V4.AsSpan(0, 12), Sender4, Then));
        Assert.Equal(DecodeError.HmacInvalid, receiver.Verify(V4.With(39, 0), Sender4, Then));
        Assert.Equal(mode != HmacMode.ReceiveOnly, receiver.Signs);
    }

    [Fact]
    public void Any_configured_key_verifies_and_the_active_one_signs()
    {
        var rotating = Receiver();
        rotating.AddKey(7, [.. Key.Reverse()]);
        var next = new HmacAuthenticator(new HmacSettings(7, HmacMode.Enforce, 5, 0));
        next.AddKey(7, [.. Key.Reverse()]);
        byte[] payload = [.. V4];
        next.Sign(payload, Sender4, Then);
        Assert.Equal(7, payload[13]);
        Assert.Equal(DecodeError.None, rotating.Verify(payload, Sender4, Then));
        Assert.Equal(DecodeError.HmacUnknownKey, next.Verify(V4, Sender4, Then));
    }

    [Fact]
    public void Sequences_follow_the_clock_and_grow_where_it_stands_still()
    {
        var sequence = new HmacSequence();
        Assert.Equal(0x6800_0000_8000_0000UL, sequence.Next(Then, 5));
        Assert.Equal(0x6800_0000_8000_0001UL, sequence.Next(Then, 5));
        Assert.Equal(0x6800_0000_8000_0002UL, sequence.Next(Then - Instant.NanosecondsPerSecond, 5));
        Assert.Equal(0x6800_0001_8000_0000UL, sequence.Next(Then + Instant.NanosecondsPerSecond, 5));

        // Set back by more than the window: receivers would not accept what is so far ahead. Without a window growing is all there is.
        Assert.Equal(0x67FF_FFF0_8000_0000UL, sequence.Next(Then - (16 * Instant.NanosecondsPerSecond), 5));
        Assert.Equal(0x67FF_FFF0_8000_0001UL, sequence.Next(Then - (100 * Instant.NanosecondsPerSecond), 0));
    }

    [Fact]
    public void Sequences_survive_the_year_2106()
    {
        Assert.True(HmacSequence.IsAfter(0, ulong.MaxValue));
        Assert.False(HmacSequence.IsAfter(ulong.MaxValue, 0));
        var sequence = new HmacSequence();
        Assert.Equal(0xFFFF_FFFF_0000_0000UL, sequence.Next(0xFFFF_FFFFL * Instant.NanosecondsPerSecond, 5));
        Assert.Equal(0UL, sequence.Next(0x1_0000_0000L * Instant.NanosecondsPerSecond, 5));
        Assert.Equal(-1, HmacSequence.Age(0, 0xFFFF_FFFFL * Instant.NanosecondsPerSecond));
    }

    [Fact]
    public void A_sender_whose_clock_was_corrected_comes_back()
    {
        var sender = Receiver();
        var receiver = Receiver();
        byte[] payload = [.. V4];
        sender.Sign(payload, Sender4, Then);
        Assert.Equal(DecodeError.None, receiver.Verify(payload, Sender4, Then));
        long corrected = Then - (60 * Instant.NanosecondsPerSecond);
        sender.Sign(payload, Sender4, corrected);
        Assert.Equal(DecodeError.None, receiver.Verify(payload, Sender4, corrected));
    }

    [Fact]
    public void A_changed_configuration_goes_on_counting()
    {
        var before = Receiver();
        Assert.Equal(DecodeError.None, before.Verify(V4, Sender4, Then));
        byte[] first = [.. V4];
        before.Sign(first, Samples.Router, Then);
        var after = Receiver(mode: HmacMode.Permissive);
        after.Continue(before);
        Assert.Equal(DecodeError.HmacReplay, after.Verify(V4, Sender4, Then));
        byte[] second = [.. V4];
        after.Sign(second, Samples.Router, Then);
        Assert.True(HmacSequence.IsAfter(BinaryPrimitives.ReadUInt64BigEndian(second.AsSpan(16)), BinaryPrimitives.ReadUInt64BigEndian(first.AsSpan(16))));
    }

    [Fact]
    public void Keys_out_of_range_are_refused()
    {
        var authenticator = new HmacAuthenticator(new HmacSettings(1, HmacMode.Enforce, 5, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => authenticator.AddKey(0, Key));
        Assert.Throws<ArgumentException>(() => authenticator.AddKey(1, Key.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => authenticator.AddKey(1, new byte[65]));
        Assert.Throws<InvalidOperationException>(() => authenticator.Sign([.. V4], Sender4, Then));
    }

    [Fact]
    public void Neither_signing_nor_verifying_allocates()
    {
        var (sender, receiver) = (Receiver(), Receiver());
        byte[] payload = [.. V4];
        Cycle();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 500; i++)
        {
            Cycle();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Cycle()
        {
            sender.Sign(payload, Sender4, Then);
            if (receiver.Verify(payload, Sender4, Then) != DecodeError.None)
            {
                throw new InvalidOperationException("The signature is wrong.");
            }
        }
    }

    internal static byte[] SignedPacket()
    {
        byte[] packet = [.. Bytes.Hex("45c0 003c 0000 4000 ff70 0000 c633640a e0000012"), .. V4];
        return [.. Bytes.WithChecksum(packet[..20], 10), .. V4];
    }

    internal static HmacAuthenticator Receiver(HmacMode mode = HmacMode.Enforce, int window = 5, byte keyId = 1, byte[]? key = null)
    {
        var authenticator = new HmacAuthenticator(new HmacSettings(keyId, mode, window, 0));
        authenticator.AddKey(keyId, key ?? Key);
        return authenticator;
    }
}
