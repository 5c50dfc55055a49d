namespace VrrpPS.Protocol.Election;

/// <summary>
/// Tells a router that hears both versions whether a version 2 advertisement only repeats what its sender says in version 3
/// (RFC 9568 section 8.4.2). The version 2 copy knows whole seconds only: believing it would slow a takeover down.
/// </summary>
internal struct BilingualEar
{
    /// <summary>Who was heard in version 3 last.</summary>
    private InetAddress _speaker;

    /// <summary>Until when it counts as speaking version 3.</summary>
    private Instant _until;

    /// <summary>Notes an advertisement; version 3 is what the next ones in version 2 are compared with.</summary>
    /// <param name="advertisement">What was heard.</param>
    /// <param name="missed">How many version 3 advertisements may be missing before version 2 counts again.</param>
    /// <param name="now">When.</param>
    public void Hear(in AdvertisementInfo advertisement, int missed, Instant now)
    {
        if (advertisement.Version == VrrpVersion.V3)
        {
            _speaker = advertisement.Source;
            _until = now + ElectionTimers.Silence(advertisement.Interval, missed);
        }
    }

    /// <summary>Whether an advertisement is the version 2 copy of what is also heard in version 3.</summary>
    public readonly bool IsCopy(in AdvertisementInfo advertisement, Instant now)
        => advertisement.Version == VrrpVersion.V2 && advertisement.Source == _speaker && now < _until;

    public void Visit(ICheckpointVisitor visitor)
    {
        visitor.Visit("bilingual.speaker", ref _speaker);
        visitor.Visit("bilingual.until", ref _until);
    }
}
