using VrrpPS.Protocol.Wire;

namespace VrrpPS.Protocol.Tests.Wire;

/// <summary>Messages worked out by hand from the layouts of RFC 9568 section 5.1 and RFC 3768 section 5.1.</summary>
internal static class Samples
{
    public static readonly InetAddress Router = InetAddress.Parse("192.0.2.1");
    public static readonly InetAddress Virtual = InetAddress.Parse("192.0.2.250");
    public static readonly InetAddress Router6 = InetAddress.Parse("fe80::1");
    public static readonly InetAddress Virtual6 = InetAddress.Parse("fe80::45");
    public static readonly InetAddress Global6 = InetAddress.Parse("2001:db8::45");
    public static readonly MacAddress Mac = new(0x0200_0000_0001);

    // 3129 + 6401 + 0064 + c000 + 02fa = 1 5888 -> 5889, complement a776.
    public static readonly byte[] V3Rfc9568 = Bytes.Hex("31 29 64 01 0064 a776 c00002fa");

    // The above and c000 + 0201 + e000 + 0012 + 0070 + 000c = 1 a28f: 2 fb17 -> fb19, complement 04e6.
    public static readonly byte[] V3PseudoHeader = Bytes.Hex("31 29 64 01 0064 04e6 c00002fa");

    // 2129 + c801 + 0001 + c000 + 02fa = 1 ac25 -> ac26, complement 53d9.
    public static readonly byte[] V2 = Bytes.Hex("21 29 c8 01 00 01 53d9 c00002fa 0000000000000000");

    // 2129 + c801 + 0101 + c000 + 02fa = 1 ad25; + 7333 + 6372 + 6574 ("s3cret") = 2 e93e -> e940, complement 16bf.
    public static readonly byte[] V2Password = Bytes.Hex("21 29 c8 01 01 01 16bf c00002fa 7333637265740000");

    // 312d + 6401 + 0064 + fe80 + 0045 = 1 9457; pseudo-header fe80 + 0001 + ff02 + 0012 + 0018 + 0070 = 1 fe1d;
    // together 3 9274 -> 9277, complement 6d88.
    public static readonly byte[] V6 = Bytes.Hex("31 2d 64 01 0064 6d88 fe800000000000000000000000000045");

    // 45c0 + 0020 + 0000 + 4000 + ff70 + c000 + 0201 + e000 + 0012 = 3 2763 -> 2766, complement d899.
    public static readonly byte[] V3Packet = [.. Bytes.Hex("45c0 0020 0000 4000 ff70 d899 c0000201 e0000012"), .. V3Rfc9568];

    public static readonly byte[] V6Packet =
        [.. Bytes.Hex("6c000000 0018 70 ff fe800000000000000000000000000001 ff020000000000000000000000000012"), .. V6];

    public static PacketMetadata Metadata4 => new(Router, InetAddress.VrrpGroupV4, 255);

    public static PacketMetadata Metadata6 => new(Router6, InetAddress.VrrpGroupV6, 255);

    /// <summary>The IPv4 pseudo-header of <see cref="Metadata4"/>.</summary>
    public static byte[] PseudoHeader4(int length) => [.. Bytes.Hex("c0000201 e0000012 0070"), 0, (byte)length];

    /// <summary>The IPv6 pseudo-header of <see cref="Metadata6"/>.</summary>
    public static byte[] PseudoHeader6(int length)
        => [.. Bytes.Hex("fe800000000000000000000000000001 ff020000000000000000000000000012 000000"), (byte)length, 0, 0, 0, 0x70];

    /// <summary>A message with its RFC 9568 (or version 2) checksum made right.</summary>
    public static byte[] Sealed(byte[] message) => Bytes.WithChecksum(message, 6);

    /// <summary>An IPv6 message with its checksum made right.</summary>
    public static byte[] Sealed6(byte[] message) => Bytes.WithChecksum(message, 6, PseudoHeader6(message.Length));

    public static DecodeError Read(byte[] message, PacketMetadata metadata)
        => AdvertisementReader.TryRead(message, metadata, out _);

    public static DecodeErrorSet Inspect(byte[] message, PacketMetadata metadata)
        => AdvertisementReader.Inspect(message, metadata, out _);
}
