using VrrpPS.Protocol.Election;

namespace VrrpPS.Protocol.Tests.Simulation;

/// <summary>A router as the simulator sees it: ours, ours with an injected fault, or a foreign implementation.</summary>
internal interface IRouterModel
{
    RouterState State { get; }

    LastEvent LastEvent { get; }

    /// <summary>Whether it may have addresses bound in its state.</summary>
    bool Serves { get; }

    Instant NextDeadline { get; }

    void Step(in Input input, Instant now, EffectBuffer effects);
}
