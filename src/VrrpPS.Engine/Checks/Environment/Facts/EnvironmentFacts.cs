using VrrpPS.Engine.Checks.Environment.Firewall;
using VrrpPS.Engine.Linux;

namespace VrrpPS.Engine.Checks.Environment.Facts;

/// <summary>What a machine showed. The checks judge it; they look at nothing themselves.</summary>
internal sealed record EnvironmentFacts
{
    /// <summary>What was asked.</summary>
    public required EnvironmentOptions Options { get; init; }

    /// <summary>What the process may do.</summary>
    public Capabilities Capabilities { get; init; }

    /// <summary>The kernel's version.</summary>
    public required Version Kernel { get; init; }

    /// <summary>The interfaces asked for that exist.</summary>
    public IReadOnlyList<InterfaceFacts> Interfaces { get; init; } = [];

    /// <summary>The firewall's rules; null when they could not be looked at.</summary>
    public FirewallRuleset? Firewall { get; init; }

    /// <summary>The keepaliveds of the namespace, each with the ids of its file; null where that cannot be read.</summary>
    public IReadOnlyList<KeepalivedFacts> Keepaliveds { get; init; } = [];

    /// <summary>Names of running programs that matter, with their command lines.</summary>
    public IReadOnlyList<(string Name, string CommandLine)> Programs { get; init; } = [];

    /// <summary>What kind of container this is, or null.</summary>
    public string? Container { get; init; }

    /// <summary>The kernel's clock source, or null.</summary>
    public string? ClockSource { get; init; }

    /// <summary>net.ipv4.ip_nonlocal_bind and its like: what the namespace as a whole is told.</summary>
    public bool BindsNonlocal { get; init; }

    /// <summary>The share of processor time since boot that the hypervisor gave to others, 0..1.</summary>
    public double StolenShare { get; init; }

    /// <summary>What was heard; null when nobody listened.</summary>
    public IReadOnlyList<VrrpAdvert>? Adverts { get; init; }

    /// <summary>What could not be looked at, and why.</summary>
    public IReadOnlyList<(string What, string Why)> Unseen { get; init; } = [];
}
