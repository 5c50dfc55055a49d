using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime;

/// <summary>
/// The counters of one instance: plain fields, written by the loop alone, read by anyone (64-bit reads are atomic). Setting
/// them to zero happens on the loop, too.
/// </summary>
internal sealed class RouterCounters
{
    // These three at every advertisement sent: next to each other, and so in the processor's cache together.
    public long AdvertisementSent;
    public long LateWakeups;
    public long MaxLateness;

    public long MasterTransitions;
    public long AdvertisementReceived;
    public long Version2Received;
    public long Version2Sent;
    public long IntervalErrors;
    public long PriorityZeroReceived;
    public long PriorityZeroSent;
    public long InvalidTypePackets;
    public long AddressListErrors;
    public long PacketLengthErrors;
    public long ChecksumErrors;
    public long VersionErrors;
    public long TimeToLiveErrors;
    public long AuthenticationErrors;
    public long AuthenticationReplays;
    public long HmacMissing;
    public long HmacMalformed;
    public long HmacUnknownKey;
    public long HmacInvalid;
    public long HmacStale;
    public long HmacReplay;
    public long HmacUnexpected;
    public long UnknownPeerPackets;
    public long OwnSourceReceived;
    public long LegacyChecksumReceived;
    public long FirstAddressNotLinkLocal;
    public long AdvertisementsLost;
    public long AnnouncementsSent;
    public long SendErrors;
    public long AddressesRestored;
    public long LeasesLost;
    public long SplitBrains;

    /// <summary>Nanoseconds, as RFC 3550 section 6.4.1 estimates it: J += (|D| - J) / 16.</summary>
    public long Jitter;

    private Instant _lastArrival;
    private InetAddress _lastMaster;

    /// <summary>Measures the Master's regularity: gaps of more than one and a half intervals are lost advertisements.</summary>
    /// <returns>How many advertisements were lost since the one before.</returns>
    public long NoteArrival(InetAddress master, Interval interval, Instant now)
    {
        long lost = 0;
        if (master == _lastMaster && _lastArrival != default)
        {
            long gap = now - _lastArrival;
            if (gap > interval.Nanoseconds * 3 / 2)
            {
                lost = ((gap + (interval.Nanoseconds / 2)) / interval.Nanoseconds) - 1;
                AdvertisementsLost += lost;
            }
            else
            {
                Jitter += (Math.Abs(gap - interval.Nanoseconds) - Jitter) / 16;
            }
        }

        _lastMaster = master;
        _lastArrival = now;
        return lost;
    }

    /// <summary>Forgets the last arrival: the next gap is no loss.</summary>
    public void RestartArrivals() => _lastArrival = default;

    /// <summary>Counts a wake-up that came late.</summary>
    public void NoteLateness(long late, long threshold)
    {
        MaxLateness = Math.Max(MaxLateness, late);
        if (late > threshold)
        {
            LateWakeups++;
        }
    }
}
