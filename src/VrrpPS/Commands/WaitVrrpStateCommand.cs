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
    private readonly List<InstanceKey> _waiting = [];
    private bool _asked;

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
        _waiting.AddRange(Select(InstanceCatalog.States, InstanceCatalog.KeyOf).Select(InstanceCatalog.KeyOf).Except(_waiting));
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        var limit = Timeout?.Value;
        if (_waiting.Count == 0 || EngineHost.Current is not { } engine)
        {
            if (!_asked)
            {
                WriteWarning("No instance runs in this session, so there is nothing to wait for. Start-VrrpInstance starts one.");
            }

            return;
        }

        using var changed = new ManualResetEventSlim();
        engine.StateUpdated += changed.Set;
        try
        {
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

                _ = changed.Wait(left, StopToken);
            }
        }
        finally
        {
            engine.StateUpdated -= changed.Set;
        }
    }

    /// <summary>Emits those that have arrived; true when none is left.</summary>
    private bool Settle()
    {
        foreach (var key in _waiting.ToArray())
        {
            var state = InstanceCatalog.FindState(key);
            if (state is null)
            {
                WriteError(ErrorRecords.From(VrrpErrors.InstanceNotFound(key.Name, key.NetworkNamespace)));
            }
            else if (State.Contains(state.State))
            {
                WriteObject(state);
            }
            else
            {
                continue;
            }

            _ = _waiting.Remove(key);
        }

        return _waiting.Count == 0;
    }

    private void ReportTimeout(TimeSpan limit)
    {
        foreach (var key in _waiting)
        {
            string actual = InstanceCatalog.FindState(key)?.State.ToString() ?? "stopped";
            WriteError(ErrorRecords.From(VrrpErrors.StateTimeout(key, string.Join(" or ", State), actual, limit)));
        }
    }
}
