using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS;

/// <summary>One change of state of one instance.</summary>
public sealed record VrrpTransition
{
    /// <summary>When it happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The instance.</summary>
    public required string Name { get; init; }

    /// <summary>The state before.</summary>
    public required RouterState FromState { get; init; }

    /// <summary>The state after.</summary>
    public required RouterState ToState { get; init; }

    /// <summary>What caused it.</summary>
    public required LastEvent Event { get; init; }

    /// <summary>The cause in a sentence, with the values that mattered.</summary>
    public required string Reason { get; init; }

    /// <summary>The priority in force at that moment.</summary>
    public required int Priority { get; init; }

    /// <summary>The other router involved; null when none.</summary>
    public string? Peer { get; init; }

    /// <summary>The address of the Master after it; null when unknown.</summary>
    public string? MasterAddress { get; init; }

    /// <summary>IPv4 or IPv6.</summary>
    public required AddressFamily AddressFamily { get; init; }

    /// <summary>The named network namespace; null for the process's own.</summary>
    public string? NetworkNamespace { get; init; }

    /// <summary>Whether it ran in this session or in the service.</summary>
    public VrrpHost Host { get; init; }

    /// <summary><c>Backup -> Master (MasterTimeout)</c>.</summary>
    internal string Change => $"{FromState.Name()} -> {ToState.Name()} ({Event.Name()})";

    /// <summary><c>eth0-41-v4: Backup -> Master (MasterTimeout)</c>.</summary>
    public override string ToString() => $"{Name}: {Change}";
}
