using VrrpPS.Protocol;

namespace VrrpPS.Engine.Watch;

/// <summary>
/// Judges advertisements, one after the other in time order, alone and against what was heard before. It has no clock: time
/// is that of the packets. Its memory is bounded whatever it is fed: 512 virtual routers with 8 speakers each, those silent
/// for longest forgotten first.
/// </summary>
public sealed class AdvertAnalyzer
{
    private const int MaxGroups = 512;

    /// <summary>How long a silent speaker is still compared with the others: a configuration may differ on the standby node.</summary>
    private const long RememberedFor = 600 * Instant.NanosecondsPerSecond;

    private readonly Dictionary<AdvertGroupKey, AdvertGroup> _groups = [];
    private readonly HashSet<int> _expected;

    /// <summary>Makes an analyzer that has heard nothing.</summary>
    /// <param name="expectedVirtualRouterIds">The VRIDs that belong here; null or empty when any may.</param>
    public AdvertAnalyzer(IEnumerable<int>? expectedVirtualRouterIds = null) => _expected = [.. expectedVirtualRouterIds ?? []];

    /// <summary>How many virtual routers are remembered.</summary>
    internal int GroupCount => _groups.Count;

    /// <summary>How many speakers are remembered, over all virtual routers.</summary>
    internal int SpeakerCount => _groups.Values.Sum(static group => group.Count);

    /// <summary>Judges the next packet and remembers it, if receivers would.</summary>
    /// <returns>What is wrong, the gravest first where several things are; empty when nothing is.</returns>
    public IReadOnlyList<AdvertProblem> Observe(AdvertObservation heard)
    {
        ArgumentNullException.ThrowIfNull(heard);
        var problems = new AdvertFindings();
        bool discarded = JudgeAlone(heard, problems);
        if (heard is not { VirtualRouterId: { } vrid, Version: { } version, Priority: { } priority })
        {
            return problems.ToList();
        }

        if (_expected.Count > 0 && !_expected.Contains(vrid))
        {
            problems.Add(
                AdvertProblemCode.ForeignVirtualRouter,
                $"VRID {vrid} is none of those expected here ({string.Join(", ", _expected.Order())}); another cluster shares this link.");
        }

        // Receivers discard such a packet, so it neither makes nor unmakes a Master.
        if (discarded)
        {
            return problems.ToList();
        }

        var group = Group(new AdvertGroupKey(heard.InterfaceName, heard.VlanId ?? 0, vrid, heard.Source.Family), heard.Time);
        var speaker = group.Find(heard.Source, version);
        if (speaker is not null && AdvertElectionRules.JudgeSender(heard, speaker, problems))
        {
            return problems.ToList();
        }

        var others = group.Others(heard.Source, version).Where(other => heard.Time - other.Last <= RememberedFor).ToArray();
        if (priority == 0)
        {
            problems.Add(AdvertProblemCode.PriorityZero, $"{heard.Source} gives up the Master role of VRID {vrid} (priority 0).");
        }
        else
        {
            AdvertElectionRules.JudgeRole(heard, speaker, others, problems);
        }

        foreach (var other in others)
        {
            // One that speaks both versions on purpose says so with its next packet: the first one in a version proves nothing.
            bool bilingual = speaker is null && other.Version != version || group.Speaks(heard.Source, other.Version);
            AdvertComparisonRules.Compare(heard, speaker, other, bilingual, problems);
        }

        speaker ??= group.Add(heard.Source, version);
        speaker.Update(heard);
        return problems.ToList();
    }

    private static bool JudgeAlone(AdvertObservation heard, AdvertFindings problems)
    {
        if (heard.Malformed is not null)
        {
            problems.Add(AdvertProblemCode.Malformed, $"The packet from {heard.Source} is unusable: {heard.Malformed}.");
        }

        if (heard.ChecksumValid == false)
        {
            problems.Add(
                AdvertProblemCode.BadChecksum,
                heard.Version == 3 && heard.Source.Family == AddressFamily.IPv4
                    ? $"The checksum of {heard.Source} is wrong, with the pseudo-header and without it."
                    : $"The checksum of {heard.Source} is wrong.");
        }

        if (heard.TimeToLive != byte.MaxValue)
        {
            problems.Add(
                AdvertProblemCode.TimeToLive,
                $"The {(heard.Source.Family == AddressFamily.IPv4 ? "TTL" : "hop limit")} of {heard.Source} is {heard.TimeToLive} instead of 255: the packet was routed or its sender is wrong, and receivers discard it.");
        }

        if (heard.FirstAddressNotLinkLocal)
        {
            problems.Add(
                AdvertProblemCode.FirstAddressNotLinkLocal,
                $"The list of {heard.Source} begins with {heard.Addresses[0]}, not with a link-local address: strict receivers discard it (RFC 9568 erratum 8300).");
        }

        return heard.Malformed is not null || heard.ChecksumValid == false || heard.TimeToLive != byte.MaxValue;
    }

    private AdvertGroup Group(AdvertGroupKey key, Instant now)
    {
        if (!_groups.TryGetValue(key, out var group))
        {
            if (_groups.Count == MaxGroups)
            {
                _ = _groups.Remove(_groups.MinBy(static entry => entry.Value.Last).Key);
            }

            group = new AdvertGroup();
            _groups.Add(key, group);
        }

        group.Last = now;
        return group;
    }
}
