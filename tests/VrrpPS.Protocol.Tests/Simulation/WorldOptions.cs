namespace VrrpPS.Protocol.Tests.Simulation;

/// <summary>How to run a world.</summary>
internal sealed record WorldOptions
{
    /// <summary>What is deliberately broken in our routers.</summary>
    public InjectedFault Fault { get; init; }

    /// <summary>Puts the wrapper that injects faults around intact routers, too.</summary>
    public bool WrapIntact { get; init; }

    /// <summary>Writes every input down.</summary>
    public Recorder? Recorder { get; init; }
}
