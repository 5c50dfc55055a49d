using VrrpPS.Engine.Runtime.Routers;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Runtime.Groups;

/// <summary>A sync group that runs: its rules, and its members in the same order.</summary>
internal sealed class SyncGroupEntry(string name)
{
    public string Name { get; } = name;

    public SyncGroup Group { get; } = new();

    public List<RouterHost> Hosts { get; } = [];
}
