using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Engine.Watch;

/// <summary>What a sender last said for one virtual router in one version, and when.</summary>
internal sealed class AdvertSpeaker(InetAddress source, int version)
{
    private IReadOnlyList<InetAddress> _addresses = [];

    public InetAddress Source { get; } = source;

    public int Version { get; } = version;

    /// <summary>When it was last heard.</summary>
    public Instant Last { get; private set; }

    /// <summary>When this host last sent as this speaker; null when it did not.</summary>
    public Instant? LastSent { get; private set; }

    /// <summary>Whether the last advertisement had priority 0, or nothing was heard yet.</summary>
    public bool Leaving { get; private set; } = true;

    public byte Priority { get; private set; }

    public Interval Interval { get; private set; }

    public InetAddress[] SortedAddresses { get; private set; } = [];

    public AdvertAuthentication Authentication { get; private set; }

    public AuthenticationData AuthenticationData { get; private set; }

    /// <summary>The checksum readings heard from it, those that prove something.</summary>
    public AdvertChecksums Checksums { get; private set; }

    public MacAddress? Mac { get; private set; }

    /// <summary>Another MAC address seen with the same source address, and when.</summary>
    public (MacAddress Mac, Instant Time)? OtherMac { get; private set; }

    /// <summary>How long a Master may be silent and still be one.</summary>
    public long Window => 3 * Interval.Nanoseconds;

    /// <summary>Whether it acts as Master at that time.</summary>
    public bool SpeaksAt(Instant now) => !Leaving && now - Last <= Window;

    /// <summary>Whether it wins the election against another (RFC 9568 section 6.4.3).</summary>
    public bool Beats(AdvertSpeaker other) => Beats(Priority, Source, other);

    /// <summary>Whether a sender wins the election against another.</summary>
    public static bool Beats(byte priority, InetAddress source, AdvertSpeaker other)
        => priority > other.Priority || (priority == other.Priority && source > other.Source);

    /// <summary>The reading that a packet proves its sender to use.</summary>
    public static AdvertChecksums Proves(ObservedChecksumStyle style) => style switch
    {
        ObservedChecksumStyle.PseudoHeader => AdvertChecksums.PseudoHeader,
        ObservedChecksumStyle.Rfc9568 => AdvertChecksums.MessageOnly,
        _ => AdvertChecksums.None,
    };

    /// <summary>Takes over what a valid advertisement says.</summary>
    public void Update(AdvertObservation heard)
    {
        if (heard.SourceMac is { } mac && mac != Mac)
        {
            OtherMac = Mac is { } previous ? (previous, Last) : null;
            Mac = mac;
        }

        Last = heard.Time;
        LastSent = heard.Direction == AdvertDirection.Sent ? heard.Time : LastSent;
        Leaving = heard.Priority == 0;
        Priority = heard.Priority ?? 0;
        Interval = heard.Interval ?? Interval.OneSecond;
        Authentication = heard.Authentication;
        AuthenticationData = heard.AuthenticationData;
        Checksums |= Proves(heard.ChecksumStyle);

        if (!heard.Addresses.SequenceEqual(_addresses))
        {
            _addresses = heard.Addresses;
            SortedAddresses = [.. heard.Addresses.Distinct().Order()];
        }
    }
}
