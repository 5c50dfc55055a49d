using VrrpPS.Engine.Linux.Scheduling;

namespace VrrpPS.Engine.Systemd;

/// <summary>What a unit file is written from, beside what the configuration needs.</summary>
public sealed record UnitOptions
{
    /// <summary>The service's name without <c>.service</c>; also that of its directory under /run.</summary>
    public string Name { get; init; } = UnitName.Default;

    /// <summary>The full path of <c>vrrpps</c>.</summary>
    public required string Executable { get; init; }

    /// <summary>The full path of the configuration: a file, or a directory of fragments.</summary>
    public required string ConfigurationPath { get; init; }

    /// <summary>The user it runs as; null for root with nothing but the capabilities it needs.</summary>
    public string? User { get; init; }

    /// <summary>By which ways metrics leave the service.</summary>
    public UnitExports Exports { get; init; } = UnitExports.None;

    /// <summary>How the loops are scheduled.</summary>
    public LoopScheduling Scheduling { get; init; } = LoopScheduling.Ordinary;

    /// <summary>Whether parts of the configuration that cannot be carried over are left out.</summary>
    public bool AllowPartial { get; init; }
}
