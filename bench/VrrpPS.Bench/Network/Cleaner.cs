using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace VrrpPS.Bench.Network;

/// <summary>Removes what is running when a signal ends the measurement.</summary>
internal sealed class Cleaner : IDisposable
{
    private static readonly ConcurrentDictionary<IDisposable, byte> s_alive = new();

    private readonly PosixSignalRegistration[] _registrations;

    /// <summary>Listens to signals.</summary>
    public Cleaner() => _registrations = [Register(PosixSignal.SIGINT), Register(PosixSignal.SIGTERM), Register(PosixSignal.SIGHUP)];

    /// <summary>Something that must not outlive this process.</summary>
    public static void Add(IDisposable part) => s_alive.TryAdd(part, 0);

    /// <summary>It is gone.</summary>
    public static void Remove(IDisposable part) => s_alive.TryRemove(part, out _);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private static PosixSignalRegistration Register(PosixSignal signal) => PosixSignalRegistration.Create(signal, static context =>
    {
        context.Cancel = true;
        foreach (var part in s_alive.Keys)
        {
            part.Dispose();
        }

        Environment.Exit(130);
    });
}
