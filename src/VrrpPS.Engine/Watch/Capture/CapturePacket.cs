namespace VrrpPS.Engine.Watch.Capture;

/// <summary>One packet of a capture file or a live capture.</summary>
public readonly record struct CapturePacket
{
    /// <summary>When it was captured: nanoseconds since 1970-01-01 UTC.</summary>
    public required long UnixNanoseconds { get; init; }

    /// <summary>What the data starts with.</summary>
    public required CaptureLinkType LinkType { get; init; }

    /// <summary>The captured bytes, possibly fewer than were on the wire. Valid until the next read.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The length on the wire.</summary>
    public uint OriginalLength { get; init; }

    /// <summary>The interface's name if the file has one, else empty.</summary>
    public string InterfaceName { get; init; }

    /// <summary>The VLAN whose tag was taken off the frame; null when none was.</summary>
    public int? VlanId { get; init; }

    /// <summary>The direction, if the file has it.</summary>
    public AdvertDirection Direction { get; init; }
}
