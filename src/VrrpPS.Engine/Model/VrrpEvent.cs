namespace VrrpPS;

/// <summary>Something an instance reports, in order, while it runs.</summary>
public sealed record VrrpEvent
{
    /// <summary>When it happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The instance.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of event this is.</summary>
    public required VrrpEventKind Kind { get; init; }

    /// <summary>What happened, in a sentence.</summary>
    public required string Message { get; init; }

    /// <summary>The transition, when this is one.</summary>
    public VrrpTransition? Transition { get; init; }

    /// <summary>Whether somebody should look at it.</summary>
    public bool IsWarning { get; init; }

    /// <summary>The named network namespace; null for the process's own.</summary>
    public string? NetworkNamespace { get; init; }

    /// <summary>The message with its time and instance.</summary>
    public override string ToString() => $"{Time:HH:mm:ss.fff} {Name}: {Message}";
}
