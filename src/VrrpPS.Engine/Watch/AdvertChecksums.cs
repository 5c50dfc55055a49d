namespace VrrpPS.Engine.Watch;

/// <summary>In which readings of the RFC a sender was heard to compute the checksum of version 3 over IPv4.</summary>
[Flags]
internal enum AdvertChecksums
{
    /// <summary>None heard that proves something.</summary>
    None = 0,

    /// <summary>With the IPv4 pseudo-header.</summary>
    PseudoHeader = 1,

    /// <summary>Over the message alone.</summary>
    MessageOnly = 2,
}
