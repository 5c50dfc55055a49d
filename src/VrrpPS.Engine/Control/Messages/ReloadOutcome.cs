namespace VrrpPS.Engine.Control.Messages;

/// <summary>What a reload of the configuration did.</summary>
public sealed record ReloadOutcome
{
    /// <summary>How many instances were to be started.</summary>
    public required int Started { get; init; }

    /// <summary>How many were to be changed in place.</summary>
    public required int Changed { get; init; }

    /// <summary>How many were to be stopped.</summary>
    public required int Stopped { get; init; }

    /// <summary>How many stay exactly as they are.</summary>
    public required int Unchanged { get; init; }

    /// <summary>The instances to be started that did not run before.</summary>
    public VrrpList<string> StartedNames { get; init; } = [];

    /// <summary>The instances to be changed in place.</summary>
    public VrrpList<string> ChangedNames { get; init; } = [];

    /// <summary>The instances to be stopped and started anew, because what they are has changed.</summary>
    public VrrpList<string> RestartedNames { get; init; } = [];

    /// <summary>The instances to be stopped for good.</summary>
    public VrrpList<string> StoppedNames { get; init; } = [];

    /// <summary>The steps that failed, each with its reason; empty when all went well.</summary>
    public required VrrpList<string> Failures { get; init; }
}
