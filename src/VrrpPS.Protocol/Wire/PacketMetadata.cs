namespace VrrpPS.Protocol.Wire;

/// <summary>What the IP header says of a message: the receive checks need it beside the bytes.</summary>
/// <param name="Source">The source address.</param>
/// <param name="Destination">The destination address.</param>
/// <param name="TimeToLive">The IPv4 TTL or IPv6 hop limit.</param>
public readonly record struct PacketMetadata(InetAddress Source, InetAddress Destination, byte TimeToLive)
{
    /// <summary>The family of the packet.</summary>
    public AddressFamily Family => Source.Family;

    /// <summary>
    /// Checks the addresses as the IP stack would for an ordinary socket: the source is a host that is not this one, the
    /// destination is the group or one of this host's addresses.
    /// </summary>
    /// <param name="ownAddresses">This host's addresses on the receiving interface.</param>
    /// <param name="group">The group advertisements go to; by default the one of RFC 9568.</param>
    public DecodeError CheckAddresses(ReadOnlySpan<InetAddress> ownAddresses, InetAddress group = default)
    {
        var problem = CheckSource();
        if (problem != DecodeError.None)
        {
            return problem;
        }

        if (ownAddresses.Contains(Source))
        {
            return DecodeError.SourceOwn;
        }

        if (group.IsNone)
        {
            group = InetAddress.VrrpGroup(Family);
        }

        return Destination == group || ownAddresses.Contains(Destination) ? DecodeError.None : DecodeError.ForeignDestination;
    }

    internal DecodeError CheckSource()
    {
        if (Source.IsNone || Source.Family != Destination.Family)
        {
            return DecodeError.AddressFamily;
        }

        if (Source.IsUnspecified)
        {
            return DecodeError.SourceUnspecified;
        }

        return Source.IsMulticast ? DecodeError.SourceMulticast : DecodeError.None;
    }
}
