using System.Globalization;
using VrrpPS.Engine.Linux;

namespace VrrpPS.Service.Systemd;

/// <summary>
/// What systemd is told about this service (sd_notify(3)): when it is ready, reloads and stops, who is Master, and that its loops
/// turn. Without a manager every call does nothing. May be called from any thread.
/// </summary>
internal sealed class ServiceManager : IDisposable
{
    /// <summary>How long the manager is asked to wait for the end: the longest hand-over and the last notifications, and a margin.</summary>
    public static readonly TimeSpan EndBound = TimeSpan.FromSeconds(25);

    private readonly NotifySocket? _socket;
    private readonly Lock _lock = new();
    private Func<IReadOnlyList<VrrpState>> _states = static () => [];
    private string? _problem;
    private string _status = string.Empty;
    private bool _isReady;

    /// <summary>Makes one.</summary>
    /// <param name="socket">Null when nobody wants to be told. Owned from here on.</param>
    /// <param name="watchdog">The longest time between two signs of life; null when none is wanted.</param>
    internal ServiceManager(NotifySocket? socket, TimeSpan? watchdog)
    {
        _socket = socket;
        WatchdogInterval = socket is null ? null : watchdog;
    }

    /// <summary>Nobody.</summary>
    public static ServiceManager None { get; } = new(null, null);

    /// <summary>The longest time between two signs of life; null when none is wanted.</summary>
    public TimeSpan? WatchdogInterval { get; }

    /// <summary>The manager that the environment names.</summary>
    public static ServiceManager FromEnvironment() => From(Environment.GetEnvironmentVariable);

    /// <summary>The manager that variables name.</summary>
    internal static ServiceManager From(Func<string, string?> variable) => new(NotifySocket.Open(variable(NotifySocket.Variable)), Watchdog(variable));

    /// <summary>Whose states the status line tells.</summary>
    public void Follow(Func<IReadOnlyList<VrrpState>> states)
    {
        lock (_lock)
        {
            _states = states;
        }
    }

    /// <summary>All instances run or wait visibly; also the end of a reload.</summary>
    /// <param name="problem">What the status line begins with until the next call; null for nothing.</param>
    public void Ready(string? problem)
    {
        lock (_lock)
        {
            _isReady = true;
            _problem = problem;
            if (_socket is not null)
            {
                _status = Compose();
                _socket.Send($"READY=1\nSTATUS={_status}");
            }
        }
    }

    /// <summary>The configuration is being read again; <see cref="Ready"/> ends it.</summary>
    public void Reloading()
    {
        lock (_lock)
        {
            _isReady = false;
            long microseconds = MonotonicClock.Now.Nanoseconds / 1000;
            _socket?.Send(string.Create(CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={microseconds}\nSTATUS=Reading the configuration again"));
        }
    }

    /// <summary>The service hands over and ends, which takes its time.</summary>
    public void Stopping()
    {
        lock (_lock)
        {
            _isReady = false;
            long microseconds = (long)EndBound.TotalMicroseconds;
            _socket?.Send(string.Create(CultureInfo.InvariantCulture, $"STOPPING=1\nEXTEND_TIMEOUT_USEC={microseconds}\nSTATUS=Handing over"));
        }
    }

    /// <summary>Some state has changed: the status line follows.</summary>
    public void StateUpdated()
    {
        lock (_lock)
        {
            if (!_isReady || _socket is null)
            {
                return;
            }

            string status = Compose();
            if (status != _status)
            {
                _status = status;
                _socket.Send($"STATUS={status}");
            }
        }
    }

    /// <summary>A sign of life.</summary>
    public void Feed() => _socket?.Send("WATCHDOG=1");

    /// <summary>Asks the manager to do at once what it does to a service that hangs.</summary>
    public void GiveUp(string reason) => _socket?.Send($"STATUS={ServiceStatus.OneLine(reason)}\nWATCHDOG=trigger");

    /// <inheritdoc/>
    public void Dispose() => _socket?.Dispose();

    private static TimeSpan? Watchdog(Func<string, string?> variable)
    {
        string? pid = variable("WATCHDOG_PID");
        bool isOurs = string.IsNullOrEmpty(pid) || pid == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return isOurs && long.TryParse(variable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;
    }

    private string Compose()
    {
        string states = ServiceStatus.Of(_states());
        return _problem is null ? states : $"{ServiceStatus.OneLine(_problem)}; {states}";
    }
}
