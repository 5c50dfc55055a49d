using VrrpPS.Protocol;

namespace VrrpPS.Engine.Watch;

/// <summary>The speakers of one virtual router on one link.</summary>
internal sealed class AdvertGroup
{
    private const int MaxSpeakers = 8;

    private readonly List<AdvertSpeaker> _speakers = new(2);

    /// <summary>When anyone was last heard.</summary>
    public Instant Last { get; set; }

    /// <summary>How many speakers are remembered.</summary>
    public int Count => _speakers.Count;

    /// <summary>The sender's record, if there is one.</summary>
    public AdvertSpeaker? Find(InetAddress source, int version)
    {
        foreach (var speaker in _speakers)
        {
            if (speaker.Source == source && speaker.Version == version)
            {
                return speaker;
            }
        }

        return null;
    }

    /// <summary>Adds a sender; among too many the one silent for longest is forgotten.</summary>
    public AdvertSpeaker Add(InetAddress source, int version)
    {
        if (_speakers.Count == MaxSpeakers)
        {
            _ = _speakers.Remove(_speakers.MinBy(static speaker => speaker.Last)!);
        }

        var added = new AdvertSpeaker(source, version);
        _speakers.Add(added);
        return added;
    }

    /// <summary>
    /// The other senders, last heard first. One that speaks both versions (RFC 9568 section 8.4) stands for itself with the
    /// record of <paramref name="version"/> only.
    /// </summary>
    public IEnumerable<AdvertSpeaker> Others(InetAddress source, int version) => _speakers
        .Where(other => other.Source != source && (other.Version == version || Find(other.Source, version) is null))
        .OrderByDescending(static other => other.Last);

    /// <summary>Whether the sender also speaks another version.</summary>
    public bool Speaks(InetAddress source, int version) => Find(source, version) is not null;
}
