using System.Management.Automation;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Runtime;
using VrrpPS.Errors;
using VrrpPS.Lifecycle;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Jobs;

/// <summary>
/// A view of one running instance for <c>Get-Job</c>, <c>Receive-Job</c>, <c>Wait-Job</c> and <c>Stop-Job</c>. It runs
/// nothing itself: Fault and Suspended are ordinary states of a Running job, shown as its status message.
/// </summary>
public sealed class VrrpJob : Job
{
    /// <summary>How many events the output keeps for a reader that never comes.</summary>
    public const int OutputLimit = 1000;

    private static readonly TimeSpan LastEventBound = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JobState? _endsAs;
    private bool _ended;

    internal VrrpJob(InstanceKey key, string interfaceName)
        : base(key.Name, key.Name)
    {
        Key = key;
        Location = key.NetworkNamespace is null ? interfaceName : $"{interfaceName}@{key.NetworkNamespace}";
        PSJobTypeName = nameof(VrrpJob);
        SetJobState(JobState.Running);
    }

    /// <inheritdoc/>
    public override string Location { get; }

    /// <summary>The instance's state in the election, while it runs.</summary>
    public override string StatusMessage => InstanceCatalog.FindState(Key)?.State.ToString() ?? string.Empty;

    /// <inheritdoc/>
    public override bool HasMoreData => Output.Count > 0;

    internal InstanceKey Key { get; }

    /// <summary>Hands the role over and releases the addresses, then is Stopped. Blocks until then, within the engine's bound.</summary>
    public override void StopJob()
    {
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }
        }

        if (EngineHost.Current is not { } engine)
        {
            MarkStopped();
            return;
        }

        try
        {
            _ = StopAsync(engine, StopOptions.Default, JobState.Stopped, CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (VrrpException failure)
        {
            _ = JobTable.Take(Key);
            MarkFailed(failure);
        }
    }

    /// <summary>
    /// Stops the instance and ends the job in a state. The job ends when the last event is in its output, also when the
    /// caller no longer waits for that.
    /// </summary>
    internal async Task<StopOutcome> StopAsync(IVrrpEngine engine, StopOptions options, JobState state, CancellationToken cancellationToken)
    {
        _endsAs = state;
        try
        {
            var outcome = await engine.StopAsync(Key, options, cancellationToken);
            await _finished.Task.WaitAsync(LastEventBound, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _ = JobTable.Take(Key);
            End(state);
            return outcome;
        }
        catch (VrrpException)
        {
            _endsAs = null;
            throw;
        }
    }

    internal void Receive(VrrpEvent item)
    {
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            Output.Add(PSObject.AsPSObject(item));
            while (Output.Count > OutputLimit)
            {
                Output.RemoveAt(0);
            }
        }

        if (item.Kind == VrrpEventKind.EngineFailed)
        {
            _ = JobTable.Take(Key);
            MarkFailed(new VrrpException(ErrorIds.EngineFailed, item.Message, Name));
        }
        else if (_endsAs is { } state && item.Transition is { ToState: RouterState.Initialize, Event: LastEvent.Shutdown })
        {
            _ = JobTable.Take(Key);
            End(state);
        }
    }

    internal void MarkStopped() => End(JobState.Stopped);

    internal void MarkFailed(Exception reason)
    {
        lock (_gate)
        {
            if (!_ended)
            {
                Error.Add(ErrorRecords.From(reason, Name));
            }
        }

        End(JobState.Failed);
    }

    private void End(JobState state)
    {
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
        }

        // Outside the lock: handlers of StateChanged run inside this call.
        SetJobState(state);
        _ = _finished.TrySetResult();
    }
}
