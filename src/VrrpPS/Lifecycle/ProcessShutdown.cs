using System.Runtime.InteropServices;

namespace VrrpPS.Lifecycle;

/// <summary>
/// Ends the engine when the process ends. .NET 10 has no default SIGTERM handler and pwsh runs none of its exit hooks on
/// signals, so each is registered here. SIGINT is not: Ctrl+C ends a command, not the virtual address.
/// </summary>
internal static class ProcessShutdown
{
    private static readonly Lock Gate = new();

    /// <summary>Kept only so that the registrations are not collected.</summary>
    private static PosixSignalRegistration[]? _registrations;

    /// <summary>The signals that end the process after a hand-over, and their numbers on Linux.</summary>
    internal static IReadOnlyDictionary<PosixSignal, int> Signals { get; } = new Dictionary<PosixSignal, int>
    {
        [PosixSignal.SIGHUP] = 1,
        [PosixSignal.SIGQUIT] = 3,
        [PosixSignal.SIGTERM] = 15,
    };

    /// <summary>Registers once per process.</summary>
    internal static void Arm()
    {
        lock (Gate)
        {
            if (_registrations is not null)
            {
                return;
            }

            AppDomain.CurrentDomain.ProcessExit += static (_, _) => EngineHost.Shutdown();
            _registrations = [.. Signals.Keys.Select(static signal => PosixSignalRegistration.Create(signal, OnSignal))];
        }
    }

    private static void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        EngineHost.Shutdown();
        Environment.Exit(128 + Signals[context.Signal]);
    }
}
