namespace VrrpPS.Protocol.Election;

/// <summary>What the election needs of a received advertisement. Everything else has been judged before it gets here.</summary>
/// <param name="Priority">0..255.</param>
/// <param name="Source">The sender's address, which breaks ties.</param>
/// <param name="Interval">The advertised interval; version 3 Backups adopt it.</param>
/// <param name="SharesAddress">Whether its list has an address in common with ours; if not, it is a foreign cluster on our VRID.</param>
/// <param name="Version">The version it was sent in; matters to a router that hears both.</param>
public readonly record struct AdvertisementInfo(
    byte Priority, InetAddress Source, Interval Interval, bool SharesAddress = true, VrrpVersion Version = VrrpVersion.V3);
