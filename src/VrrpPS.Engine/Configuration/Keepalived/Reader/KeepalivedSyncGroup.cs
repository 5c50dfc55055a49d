using VrrpPS.Engine.Configuration.Trackers;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>One <c>vrrp_sync_group</c> as it was read.</summary>
internal sealed record KeepalivedSyncGroup(string Name, SourcePosition At)
{
    public List<KeepalivedWord> Members { get; } = [];

    public List<string> Interfaces { get; } = [];

    public List<TrackerConfiguration> Trackers { get; } = [];
}
