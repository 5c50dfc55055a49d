using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Protocol.Tests.Wire;

/// <summary>The IP Authentication Header: what keepalived 2.2.7 sent, what we send, and everything that is refused.</summary>
public class AuthenticationHeaderTests
{
    private const int Start = 20;

    [Theory]
    [InlineData("keepalived-ah", false)]
    [InlineData("keepalived-ah-unicast", true)]
    public void What_keepalived_sent_is_accepted(string name, bool unicast)
    {
        byte[] packet = Packet(name);
        Assert.Equal(DecodeError.None, IPPacketReader.TryRead(packet, out var ip, ProtocolNumber.AuthenticationHeader));
        Assert.Equal(DecodeError.None, AuthenticationHeader.TryRead(ip.Payload, out var header));
        Assert.Equal(0xC000_0201, header.Spi);
        Assert.Equal(2u, header.SequenceNumber);
        Assert.Equal(DecodeError.None, AuthenticationHeader.Verify(packet, Key("s3cret"), unicast));
        Assert.Equal(DecodeError.None, AdvertisementReader.TryRead(header.Message, ip.Metadata, out var advertisement));
        Assert.Equal(AuthenticationType.AuthenticationHeader, advertisement.AuthenticationType);
        Assert.True(advertisement.AuthenticationData.IsEmpty);
        Assert.Equal(47, advertisement.VirtualRouterId);
    }

    // The digests were computed with Python: hmac.new(b's3cret', packet, 'md5').digest()[:12], where the packet has zeros for type of
    // service, fragment field, checksum and digest, and for the unicast peer the TTL as well.
    [Theory]
    [InlineData("224.0.0.18", "0783290d3705f99894986233")]
    [InlineData("192.0.2.2", "1849cca815f4df62dfa72a49")]
    public void What_we_send_carries_the_right_digest(string destination, string digest)
    {
        var frame = Create(destination, Key("s3cret"));
        frame.Authenticate(7);
        byte[] packet = frame.Packet.ToArray();
        Assert.Equal(64, packet.Length);
        Assert.Equal(51, packet[9]);
        Assert.Equal(Bytes.Hex("7004 0000 c0000201 00000007" + digest), packet[Start..(Start + AuthenticationHeader.Length)]);
        Assert.Equal(DecodeError.None, IPPacketReader.TryRead(packet, out _, ProtocolNumber.AuthenticationHeader));
        Assert.Equal(Packet("keepalived-ah")[44..], frame.Message.ToArray());
    }

    [Fact]
    public void A_changed_frame_needs_a_new_digest_and_gets_it()
    {
        var frame = Create("224.0.0.18", Key("s3cret"));
        frame.Authenticate(1);
        frame.SetPriority(0);
        Assert.Equal(DecodeError.AuthenticationHeaderDigest, AuthenticationHeader.Verify(frame.Packet, Key("s3cret"), unicast: false));
        frame.Authenticate(2);
        Assert.Equal(DecodeError.None, AuthenticationHeader.Verify(frame.Packet, Key("s3cret"), unicast: false));
        Assert.Equal(EncodeError.None, frame.TrySetDestination(InetAddress.Parse("192.0.2.2")));
        Assert.Equal(EncodeError.None, frame.TrySetSource(InetAddress.Parse("192.0.2.9")));
        frame.Authenticate(3);
        Assert.Equal(DecodeError.None, AuthenticationHeader.Verify(frame.Packet, Key("s3cret"), unicast: true));
    }

    [Fact]
    public void Routers_may_change_the_mutable_fields_and_nothing_else()
    {
        byte[] packet = Packet("keepalived-ah");
        byte[] fields = [1, 6, 7, 10, 11];
        for (int offset = 0; offset < packet.Length; offset++)
        {
            byte[] changed = packet.With(offset, (byte)(packet[offset] ^ 1));
            bool mutable = fields.AsSpan().Contains((byte)offset);
            var error = AuthenticationHeader.Verify(changed, Key("s3cret"), unicast: false);
            Assert.Equal(mutable, error == DecodeError.None);
        }

        byte[] unicast = Packet("keepalived-ah-unicast");
        Assert.Equal(DecodeError.None, AuthenticationHeader.Verify(unicast.With(8, 64), Key("s3cret"), unicast: true));
        Assert.Equal(DecodeError.AuthenticationHeaderDigest, AuthenticationHeader.Verify(packet.With(8, 64), Key("s3cret"), unicast: false));
    }

    [Theory]
    [InlineData("s3cres")]
    [InlineData("s3cret1")]
    [InlineData("")]
    public void Another_password_is_refused(string password)
        => Assert.Equal(DecodeError.AuthenticationHeaderDigest, AuthenticationHeader.Verify(Packet("keepalived-ah"), Key(password), unicast: false));

    [Fact]
    public void An_SPI_that_is_not_the_sender_is_refused_although_its_digest_is_right()
    {
        byte[] packet = ForeignSpi();
        Assert.Equal(DecodeError.AuthenticationHeaderSpi, AuthenticationHeader.Verify(packet, Key("s3cret"), unicast: false));
    }

    [Fact]
    public void Malformed_headers_are_refused()
    {
        byte[] payload = Packet("keepalived-ah")[Start..];
        Assert.Equal(DecodeError.None, AuthenticationHeader.TryRead(payload, out _));
        Assert.Equal(DecodeError.AuthenticationHeaderFormat, AuthenticationHeader.TryRead(payload.With(0, 17), out _));
        Assert.Equal(DecodeError.AuthenticationHeaderFormat, AuthenticationHeader.TryRead(payload.With(1, 5), out _));
        Assert.Equal(DecodeError.AuthenticationHeaderFormat, AuthenticationHeader.TryRead(payload.AsSpan(0, 23), out _));
        Assert.Equal(DecodeError.AuthenticationHeaderFormat, AuthenticationHeader.TryRead([], out _));
        Assert.Equal(DecodeError.AuthenticationHeaderFormat, AuthenticationHeader.Verify(Packet("keepalived-ah").AsSpan(0, 43), Key("s3cret"), unicast: false));
        Assert.Equal(DecodeError.AuthenticationHeaderFormat, AuthenticationHeader.Verify([0x45, .. new byte[2100]], Key("s3cret"), unicast: false));
    }

    [Fact]
    public void A_frame_is_refused_without_key_in_version_3_and_beyond_the_MTU()
    {
        Assert.Equal(EncodeError.Authentication, AdvertisementFrame.TryCreate(Options("224.0.0.18", default), [Samples.Virtual], out _));
        var options = Options("224.0.0.18", Key("s3cret"));
        Assert.Equal(
            EncodeError.Authentication,
            AdvertisementFrame.TryCreate(options with { Header = options.Header with { Version = VrrpVersion.V3 } }, [Samples.Virtual], out _));
        Assert.Equal(EncodeError.None, AdvertisementFrame.TryCreate(options with { Mtu = 64 }, [Samples.Virtual], out _));
        Assert.Equal(EncodeError.ExceedsMtu, AdvertisementFrame.TryCreate(options with { Mtu = 63 }, [Samples.Virtual], out _));
    }

    [Fact]
    public void Sequence_numbers_grow_and_are_taken_once()
    {
        var sequence = new AuthenticationSequence();
        Assert.False(sequence.TryAccept(0));
        Assert.Equal(1u, sequence.Next());
        Assert.True(sequence.TryAccept(41));
        Assert.False(sequence.TryAccept(41));
        Assert.False(sequence.TryAccept(7));
        Assert.Equal(42u, sequence.Next());
        Assert.False(sequence.TryAccept(42));
    }

    [Fact]
    public void The_last_sequence_number_is_followed_by_the_first()
    {
        var sequence = new AuthenticationSequence();
        Assert.True(sequence.TryAccept(0xFFFF_FFFC));
        Assert.Equal(0xFFFF_FFFDu, sequence.Next());
        Assert.Equal(1u, sequence.Next());
        Assert.True(sequence.TryAccept(uint.MaxValue));
        Assert.Equal(1u, sequence.Next());
    }

    [Fact]
    public void Neither_sending_nor_checking_allocates()
    {
        var frame = Create("224.0.0.18", Key("s3cret"));
        Cycle(frame, 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (uint i = 2; i < 500; i++)
        {
            Cycle(frame, i);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Cycle(AdvertisementFrame frame, uint number)
        {
            frame.SetPriority((byte)number);
            frame.Authenticate(number);
            if (AuthenticationHeader.Verify(frame.Packet, Key("s3cret"), unicast: false) != DecodeError.None)
            {
                throw new InvalidOperationException("The digest is wrong.");
            }
        }
    }

    /// <summary>The captured packet with the SPI 0a000001 and the digest that Python computes for it.</summary>
    internal static byte[] ForeignSpi()
    {
        byte[] packet = Packet("keepalived-ah");
        Bytes.Hex("0a000001").CopyTo(packet, Start + 4);
        Bytes.Hex("6492cf2b15cccfaeb0b4752d").CopyTo(packet, Start + 12);
        return packet;
    }

    private static byte[] Packet(string name) => Bytes.Vector(name)[14..];

    private static AuthenticationData Key(string password)
        => AuthenticationData.TryCreate(password, out var key) ? key : throw new ArgumentException("It is too long.", nameof(password));

    private static AdvertisementFrameOptions Options(string destination, AuthenticationData key) => new()
    {
        Header = new AdvertisementHeader(VrrpVersion.V2, 47, 194, Interval.OneSecond) { AuthenticationType = AuthenticationType.AuthenticationHeader },
        Source = Samples.Router,
        SourceMac = Samples.Mac,
        Destination = InetAddress.Parse(destination),
        AuthenticationKey = key,
    };

    private static AdvertisementFrame Create(string destination, AuthenticationData key)
        => AdvertisementFrameTests.Create(Options(destination, key), [InetAddress.Parse("192.0.2.252")]);
}
