using System.Diagnostics;
using System.Management.Automation;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Runtime;
using VrrpPS.Errors;
using VrrpPS.Lifecycle;
using VrrpPS.Parameters;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Commands;

/// <summary>Waits until every chosen instance is in one of the wanted states, and shows it.</summary>
[Cmdlet(VerbsLifecycle.Wait, "VrrpState")]
[OutputType(typeof(VrrpState))]
public sealed class WaitVrrpStateCommand : InstanceReaderCmdlet
{
    private readonly List<(IVrrpEngine Engine, InstanceKey Key)> _waiting = [];
    private bool _asked;
    private bool _progress;

    /// <summary>The states that end the wait.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public RouterState[] State { get; set; } = [];

    /// <summary>How long to wait; for ever unless given.</summary>
    [Parameter]
    [Duration]
    [Alias("TimeoutSec", "TimeoutSeconds")]
    public VrrpDuration? Timeout { get; set; }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        _asked |= Name is { Length: > 0 };
        var sources = Sources;
        _waiting.AddRange(Select(sources.States, InstanceCatalog.KeyOf).Select(state => (sources.EngineOf(state), InstanceCatalog.KeyOf(state))).Except(_waiting));
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        var limit = Timeout?.Value;
        if (_waiting.Count == 0)
        {
            if (!_asked)
            {
                WriteWarning("No instance runs in this session or in the service, so there is nothing to wait for. Start-VrrpInstance starts one.");
            }

            return;
        }

        using var changed = new ManualResetEventSlim();
        IVrrpEngine[] engines = [.. _waiting.Select(static item => item.Engine).Distinct()];
        try
        {
            foreach (var engine in engines)
            {
                engine.StateUpdated += changed.Set;
            }

            long start = Stopwatch.GetTimestamp();
            while (true)
            {
                changed.Reset();
                if (Settle())
                {
                    return;
                }

                var left = limit is { } bound ? bound - Stopwatch.GetElapsedTime(start) : System.Threading.Timeout.InfiniteTimeSpan;
                if (limit is not null && left <= TimeSpan.Zero)
                {
                    ReportTimeout(limit.Value);
                    return;
                }

                ShowProgress(Stopwatch.GetElapsedTime(start), limit);
                _ = changed.Wait(limit is not null && left < ProgressEvery ? left : ProgressEvery, StopToken);
            }
        }
        finally
        {
            foreach (var engine in engines)
            {
                engine.StateUpdated -= changed.Set;
            }

            if (_progress && !StopToken.IsCancellationRequested)
            {
                EndProgress(Activity);
            }
        }
    }

    private string Activity => $"Waiting for {string.Join(" or ", State)}";

    private void ShowProgress(TimeSpan elapsed, TimeSpan? limit)
    {
        if (elapsed < ProgressEvery)
        {
            return;
        }

        _progress = true;
        var states = States();
        string status = string.Join("; ", _waiting.Take(3).Select(item => $"{item.Key} is {Find(states, item)?.State.ToString() ?? "stopped"}"));
        var record = new ProgressRecord(ProgressId, Activity, _waiting.Count > 3 ? $"{status}; and {_waiting.Count - 3} more" : status);
        if (limit is { } bound)
        {
            record.PercentComplete = (int)Math.Clamp(100 * (elapsed / bound), 0, 100);
            record.SecondsRemaining = (int)Math.Max(0, (bound - elapsed).TotalSeconds);
        }

        WriteProgress(record);
    }

    /// <summary>Emits those that have arrived; true when none is left.</summary>
    private bool Settle()
    {
        var states = States();
        foreach (var item in _waiting.ToArray())
        {
            if (Find(states, item) is not { } state)
            {
                WriteError(ErrorRecords.From(VrrpErrors.InstanceNotFound(item.Key.Name, item.Key.NetworkNamespace)));
            }
            else if (State.Contains(state.State))
            {
                WriteObject(state);
            }
            else
            {
                continue;
            }

            _ = _waiting.Remove(item);
        }

        return _waiting.Count == 0;
    }

    private void ReportTimeout(TimeSpan limit)
    {
        var states = States();
        foreach (var item in _waiting)
        {
            string actual = Find(states, item)?.State.ToString() ?? "stopped";
            WriteError(ErrorRecords.From(VrrpErrors.StateTimeout(item.Key, string.Join(" or ", State), actual, limit)));
        }
    }

    /// <summary>The states where something is waited for; each place is asked once.</summary>
    private Dictionary<IVrrpEngine, IReadOnlyList<VrrpState>> States()
        => _waiting.Select(static item => item.Engine).Distinct().ToDictionary(static engine => engine, static engine => engine.GetStates());

    private static VrrpState? Find(Dictionary<IVrrpEngine, IReadOnlyList<VrrpState>> states, (IVrrpEngine Engine, InstanceKey Key) item)
        => states[item.Engine].FirstOrDefault(state => InstanceCatalog.KeyOf(state) == item.Key);
}
