namespace VrrpPS;

/// <summary>A systemd service of this module, as Register-VrrpService wrote it.</summary>
public sealed record VrrpService
{
    /// <summary>The service's name without <c>.service</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The unit file.</summary>
    public required string UnitPath { get; init; }

    /// <summary>The configuration that the service reads: a file, or a directory of fragments.</summary>
    public required string ConfigurationPath { get; init; }

    /// <summary>The program it runs.</summary>
    public required string ServicePath { get; init; }

    /// <summary>The user it runs as; null for root with the capabilities below.</summary>
    public string? User { get; init; }

    /// <summary>The capabilities it has.</summary>
    public required VrrpList<string> Capability { get; init; }

    /// <summary>The network namespace it is started in; null for the host's own.</summary>
    public string? NetworkNamespace { get; init; }

    /// <summary>Whether systemd starts it at boot from now on.</summary>
    public bool Enabled { get; init; }

    /// <summary>Whether systemd has started it.</summary>
    public bool Started { get; init; }
}
