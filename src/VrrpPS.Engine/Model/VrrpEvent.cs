using System.Diagnostics.CodeAnalysis;
using VrrpPS.Protocol.Election;

namespace VrrpPS;

/// <summary>Something an instance reports, in order, while it runs.</summary>
public sealed record VrrpEvent
{
    /// <summary>An event to be described by its members.</summary>
    public VrrpEvent()
    {
    }

    /// <summary>The event of a transition, whose message is made when somebody asks for it: most are told in another form.</summary>
    [SetsRequiredMembers]
    internal VrrpEvent(VrrpTransition transition)
    {
        Time = transition.Time;
        Name = transition.Name;
        NetworkNamespace = transition.NetworkNamespace;
        Kind = VrrpEventKind.Transition;
        Transition = transition;
        IsWarning = transition.ToState == RouterState.Fault;
    }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The instance.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of event this is.</summary>
    public required VrrpEventKind Kind { get; init; }

    /// <summary>What happened, in a sentence. Of a transition it is made when somebody asks.</summary>
    public required string Message
    {
        get => field ?? $"{Transition?.Change}: {Transition?.Reason}";
        init;
    }

    /// <summary>The transition, when this is one.</summary>
    public VrrpTransition? Transition { get; init; }

    /// <summary>Whether somebody should look at it.</summary>
    public bool IsWarning { get; init; }

    /// <summary>The named network namespace; null for the process's own.</summary>
    public string? NetworkNamespace { get; init; }

    /// <summary>The message with its time and instance.</summary>
    public override string ToString() => $"{Time:HH:mm:ss.fff} {Name}: {Message}";
}
