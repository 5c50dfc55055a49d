namespace VrrpPS;

/// <summary>What a service did with its configuration when it read it again. Names carry their network namespace.</summary>
public sealed record VrrpServiceChange
{
    /// <summary>The service's control socket.</summary>
    public required string SocketPath { get; init; }

    /// <summary>Instances that run from now on.</summary>
    public required VrrpList<string> Started { get; init; }

    /// <summary>Instances that were changed in place: none of them has left its role, or given up an address that stays.</summary>
    public required VrrpList<string> Changed { get; init; }

    /// <summary>Instances that handed over, ended and run anew: their interface, VRID, family, version or virtual MAC address is another one.</summary>
    public required VrrpList<string> Restarted { get; init; }

    /// <summary>Instances that handed over and are gone.</summary>
    public required VrrpList<string> Stopped { get; init; }

    /// <summary>How many have not noticed.</summary>
    public required int Unchanged { get; init; }

    /// <summary>Steps that failed, each with its reason.</summary>
    public required VrrpList<string> Failure { get; init; }
}
