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

    /// <summary>The steps that failed, each with its reason; empty when all went well.</summary>
    public required VrrpList<string> Failures { get; init; }
}
