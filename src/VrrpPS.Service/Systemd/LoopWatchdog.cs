using VrrpPS.Engine.Runtime;

namespace VrrpPS.Service.Systemd;

/// <summary>
/// Gives the service manager its signs of life, each only after every loop of the engine has turned: a loop that hangs is a service
/// that hangs. A loop that has ended through a defect is told at once.
/// </summary>
internal sealed class LoopWatchdog : IAsyncDisposable
{
    /// <summary>Signs of life per interval: two may come too late before the manager acts.</summary>
    private const int PerInterval = 3;

    private readonly ServiceManager _manager;
    private readonly IVrrpEngine _engine;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _feeding;

    private LoopWatchdog(ServiceManager manager, IVrrpEngine engine, TimeSpan interval)
    {
        _manager = manager;
        _engine = engine;
        _engine.EventRaised += Look;
        _feeding = FeedAsync(interval / PerInterval);
    }

    /// <summary>Starts one; null when the manager wants no signs of life.</summary>
    public static LoopWatchdog? Start(ServiceManager manager, IVrrpEngine engine)
        => manager.WatchdogInterval is { } interval ? new LoopWatchdog(manager, engine, interval) : null;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _engine.EventRaised -= Look;
        await _stop.CancelAsync();
        await _feeding;
        _stop.Dispose();
    }

    private void Look(VrrpEvent report)
    {
        if (report.Kind == VrrpEventKind.EngineFailed)
        {
            _manager.GiveUp($"{report.Name}: {report.Message}");
        }
    }

    private async Task FeedAsync(TimeSpan period)
    {
        try
        {
            while (true)
            {
                await _engine.TurnAsync(_stop.Token);
                _manager.Feed();
                await Task.Delay(period, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The service ends.
            return;
        }
    }
}
