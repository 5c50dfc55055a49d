namespace VrrpPS.Protocol.Wire;

/// <summary>
/// The sequence number of an authenticated virtual router. There is one for all its nodes, as keepalived counts: who listens
/// takes over the number it hears, so that whoever becomes Master goes on with a number that the others still accept.
/// </summary>
public struct AuthenticationSequence
{
    /// <summary>Behind this number no other is sent; at one packet per second it is 136 years away.</summary>
    private const uint Last = 0xFFFF_FFFD;

    /// <summary>The last number that was sent or accepted; 0 before the first.</summary>
    public uint Current { get; private set; }

    /// <summary>
    /// The number of the next packet. After the last one it begins again, and the peers take over, because a repeated number
    /// must not be accepted (RFC 2402 section 3.3.2).
    /// </summary>
    public uint Next() => Current = Current >= Last ? 1 : Current + 1;

    /// <summary>Takes the number of a packet whose digest is right; false when it was used before: the packet is a replay.</summary>
    public bool TryAccept(uint number)
    {
        if (number <= Current)
        {
            return false;
        }

        Current = number;
        return true;
    }
}
