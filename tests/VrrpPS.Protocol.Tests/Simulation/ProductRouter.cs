using VrrpPS.Protocol.Election;

namespace VrrpPS.Protocol.Tests.Simulation;

/// <summary>The product's machine, unaltered.</summary>
internal class ProductRouter(RouterParameters parameters) : IRouterModel
{
    public VirtualRouter Machine { get; } = new(parameters);

    public RouterState State => Machine.State;

    public LastEvent LastEvent => Machine.LastEvent;

    public bool Serves => Machine.Serves;

    public virtual Instant NextDeadline => Machine.NextDeadline;

    public virtual void Step(in Input input, Instant now, EffectBuffer effects) => Machine.Step(input, now, effects);
}
