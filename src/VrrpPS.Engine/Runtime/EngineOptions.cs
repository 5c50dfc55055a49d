using VrrpPS.Engine.Linux.Scheduling;
using VrrpPS.Engine.Recording;

namespace VrrpPS.Engine.Runtime;

/// <summary>What an engine is told once, when it is made.</summary>
public sealed record EngineOptions
{
    /// <summary>The defaults: a session's engine with a guard.</summary>
    public static EngineOptions Default { get; } = new();

    /// <summary>Whether states say Session or Service.</summary>
    public VrrpHost Host { get; init; }

    /// <summary>The wall clock, for the times in events. The protocol never reads it.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// Whether a small child process removes the addresses at once should this process be killed. Under systemd
    /// <c>ExecStopPost=vrrpps sweep</c> does that instead.
    /// </summary>
    public bool UseGuard { get; init; } = true;

    /// <summary>
    /// How the loops are scheduled. What the kernel refuses is passed over: whoever wants to know asks <see cref="LoopScheduling.Prepare"/> before.
    /// </summary>
    public LoopScheduling Scheduling { get; init; } = LoopScheduling.Ordinary;

    /// <summary>How a loop reaches the kernel; called on its thread. Tests put a kernel that refuses in between.</summary>
    internal Func<Linux.Netlink.RouteNetlink> OpenNetlink { get; init; } = Linux.Netlink.RouteNetlink.Open;

    /// <summary>How a loop has the kernel refuse what is sent to addresses; called on its thread. Tests put a kernel without nf_tables in between.</summary>
    internal Func<Linux.Netfilter.RefusalTable> OpenRefusalTable { get; init; } = Linux.Netfilter.RefusalTable.Open;

    /// <summary>How a loop starts its guard; called on its thread. Tests take the guard's tools away.</summary>
    internal Func<Linux.AddressGuard> StartGuard { get; init; } = Linux.AddressGuard.Start;

    /// <summary>Where to write down everything that the routers are told and answer, for a later replay; null means nowhere.</summary>
    public RecordingOptions? Recording { get; init; }
}
