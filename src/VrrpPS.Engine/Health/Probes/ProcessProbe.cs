using System.Diagnostics;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Engine.Linux;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Health.Probes;

/// <summary>
/// Counts living processes in /proc, at every interval and whenever the kernel's process connector tells of one that counts. Where
/// that cannot be had, the interval has to do.
/// </summary>
internal sealed class ProcessProbe(ProcessTracker tracker) : IProbe, IDisposable
{
    private readonly ProcessMatch _match = new(tracker);
    private readonly HashSet<int> _counted = [];
    private ProcessEvents? _events;
    private ProbeWait? _wait;
    private string? _method;
    private bool? _settled;
    private Instant _differsSince = Instant.Never;

    /// <inheritdoc/>
    public ProbeResult Look(CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        Listen();
        _counted.Clear();
        foreach (int pid in ProcessTable.ProcessIds())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_match.Is(pid) && ProcessTable.IsAlive(pid))
            {
                _ = _counted.Add(pid);
            }
        }

        int count = _counted.Count;
        bool hasQuorum = count >= tracker.Quorum && count <= (tracker.QuorumMaximum ?? int.MaxValue);
        bool succeeded = Settle(hasQuorum);
        string wanted = tracker.QuorumMaximum is { } most ? $"{tracker.Quorum} to {most}" : $"{tracker.Quorum}";
        string output = $"{count} {(count == 1 ? "process" : "processes")} named '{tracker.ProcessName}'{(hasQuorum ? string.Empty : $"; {wanted} wanted")}";
        if (succeeded != hasQuorum)
        {
            output += $"; it counts after {DurationText.Format(DelayOf(hasQuorum))}";
        }

        return new ProbeResult(succeeded, output, Stopwatch.GetElapsedTime(start)) { Method = _method };
    }

    /// <inheritdoc/>
    public void Wait(TimeSpan pause, CancellationToken cancellationToken)
    {
        var now = MonotonicClock.Now;
        var until = now + (long)pause.TotalNanoseconds;
        if (_differsSince != Instant.Never)
        {
            until = Instant.Min(until, _differsSince + (long)DelayOf(_settled == false).TotalNanoseconds);
        }

        if (_wait is null)
        {
            var rest = TimeSpan.FromTicks(Math.Max(0, (until - now) / 100));
            _ = cancellationToken.WaitHandle.WaitOne(rest);
            return;
        }

        while (_wait.HasInput(until, cancellationToken))
        {
            if (_events!.Drain(Concerns))
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _wait?.Dispose();
        _events?.Dispose();
    }

    private void Listen()
    {
        if (_method is not null)
        {
            return;
        }

        // Before the first look, so that nothing is missed between it and the first event.
        _events = ProcessEvents.TryOpen(out string? reason);
        _wait = _events is null ? null : new ProbeWait(_events.FileDescriptor);
        _method = _events is null ? $"polling every {DurationText.Format(tracker.Interval)}: {reason}" : "process events";
    }

    private bool Concerns(ProcessEventKind kind, int process) => kind switch
    {
        ProcessEventKind.Fork or ProcessEventKind.Exit => _counted.Contains(process),
        _ => _counted.Contains(process) != _match.Is(process),
    };

    /// <summary>Whether there is a quorum, once that has lasted long enough: a program that is started anew is gone for moments.</summary>
    private bool Settle(bool hasQuorum)
    {
        if (_settled is not { } settled || settled == hasQuorum || DelayOf(hasQuorum) == TimeSpan.Zero)
        {
            _differsSince = Instant.Never;
            _settled = hasQuorum;
            return hasQuorum;
        }

        var now = MonotonicClock.Now;
        _differsSince = Instant.Min(_differsSince, now);
        if (now - _differsSince < (long)DelayOf(hasQuorum).TotalNanoseconds)
        {
            return settled;
        }

        _differsSince = Instant.Never;
        _settled = hasQuorum;
        return hasQuorum;
    }

    private TimeSpan DelayOf(bool hasQuorum) => hasQuorum ? tracker.ForkDelay : tracker.TerminateDelay;
}
