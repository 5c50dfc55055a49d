namespace VrrpPS.Engine.Watch;

/// <summary>In which readings of the RFC the checksum of a version 3 packet over IPv4 is right.</summary>
[Flags]
public enum AdvertChecksums
{
    /// <summary>In none, or the packet has one reading only.</summary>
    None = 0,

    /// <summary>With the IPv4 pseudo-header.</summary>
    PseudoHeader = 1,

    /// <summary>Over the message alone.</summary>
    MessageOnly = 2,
}
