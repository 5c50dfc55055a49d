namespace VrrpPS.Engine.Watch.Capture;

/// <summary>Numbers of the pcapng format.</summary>
internal static class PcapngBlock
{
    public const uint SectionHeader = 0x0A0D0D0A;
    public const uint InterfaceDescription = 1;
    public const uint ObsoletePacket = 2;
    public const uint SimplePacket = 3;
    public const uint EnhancedPacket = 6;

    public const uint ByteOrderMagic = 0x1A2B3C4D;

    public const int OptionEnd = 0;
    public const int OptionInterfaceName = 2;
    public const int OptionTimeResolution = 9;
    public const int OptionTimeOffset = 14;
    public const int OptionPacketFlags = 2;
}
