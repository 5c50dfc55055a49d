namespace VrrpPS.Protocol.Wire;

/// <summary>Where the fields of an advertisement are (RFC 9568 section 5.1, RFC 3768 section 5.1).</summary>
internal static class AdvertisementLayout
{
    public const int VersionAndTypeOffset = 0;
    public const int VirtualRouterIdOffset = 1;
    public const int PriorityOffset = 2;
    public const int CountOffset = 3;

    /// <summary>Version 3: four reserved bits and twelve bits of centiseconds.</summary>
    public const int MaxAdvertiseIntervalOffset = 4;

    /// <summary>Version 2 only.</summary>
    public const int AuthenticationTypeOffset = 4;

    /// <summary>Version 2: whole seconds.</summary>
    public const int AdvertisementIntervalOffset = 5;

    public const int ChecksumOffset = 6;
    public const int AddressesOffset = 8;

    /// <summary>Bytes before the address list.</summary>
    public const int FixedLength = 8;

    public const ushort IntervalMask = 0x0FFF;
    public const byte TypeAdvertisement = 1;

    /// <summary>The time to live of every advertisement (RFC 9568 section 5.1.1.3).</summary>
    public const byte TimeToLive = 255;

    /// <summary>The length of a whole message.</summary>
    public static int MessageLength(bool isVersion2, int addressLength, int count)
        => FixedLength + (addressLength * count) + (isVersion2 ? AuthenticationData.Length : 0);
}
