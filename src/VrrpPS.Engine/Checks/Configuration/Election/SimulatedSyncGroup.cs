using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Checks.Configuration.Election;

/// <summary>A sync group of one node of an <see cref="ElectionSegment"/>: the rules that also run in earnest, and their members.</summary>
internal sealed class SimulatedSyncGroup(IReadOnlyList<SimulatedRouter> routers)
{
    /// <summary>More steps than any change needs.</summary>
    private const int GreatestSteps = 16;

    private SyncGroup _group = new();

    public IReadOnlyList<SimulatedRouter> Routers { get; } = routers;

    /// <summary>Takes the members' machines in, which are new after a start.</summary>
    public void Renew()
    {
        _group = new SyncGroup();
        foreach (var router in Routers)
        {
            _group.Add(router.Machine);
        }
    }

    /// <summary>Tells the members what the group wants of them, until there is nothing left to tell.</summary>
    public void Settle(Instant now, Action<SimulatedRouter, Input> step)
    {
        for (int steps = GreatestSteps * Routers.Count; steps > 0 && _group.TryNext(now, out var advice); steps--)
        {
            step(Routers[advice.Member], advice.Input);
        }
    }
}
