namespace VrrpPS.Bench.Measure;

/// <summary>When what happened in a takeover; 0 for what did not.</summary>
internal readonly record struct TakeoverTimes
{
    /// <summary>The last advertisement of the peer that fell silent.</summary>
    public long PeerLast { get; init; }

    /// <summary>When the observer had heard of the last address that was bound.</summary>
    public long AllBound { get; init; }

    /// <summary>The node's first advertisement.</summary>
    public long Advertisement { get; init; }

    /// <summary>
    /// Whether an address was missing when the observer had read the advertisement and then the kernel's events: then it was bound after the
    /// advertisement. The kernel gives its events no time, so it can be said for certain only so.
    /// </summary>
    public bool AdvertisedUnbound { get; init; }

    /// <summary>Its first announcement.</summary>
    public long FirstAnnouncement { get; init; }

    /// <summary>Its announcement of the last address.</summary>
    public long LastAnnouncement { get; init; }

    /// <summary>How many addresses were announced.</summary>
    public int Announcements { get; init; }

    /// <summary>When the observer had seen the announcement of the first address and asked for it.</summary>
    public long Asked { get; init; }

    /// <summary>The answer to the question that was asked when the first address was announced.</summary>
    public long Answer { get; init; }
}
