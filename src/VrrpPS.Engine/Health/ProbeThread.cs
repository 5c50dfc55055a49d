using System.Diagnostics;
using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Engine.Watch;

namespace VrrpPS.Engine.Health;

/// <summary>
/// Looks at one tracker's target again and again, on a thread of its own inside the instance's network namespace. A look that
/// hangs delays nobody but itself.
/// </summary>
internal sealed class ProbeThread : IDisposable
{
    private readonly TrackerConfiguration _tracker;
    private readonly IProbe _probe;
    private readonly string? _namespaceName;
    private readonly Action<ProbeResult> _report;
    private readonly CancellationTokenSource _stop = new();

    public ProbeThread(TrackerConfiguration tracker, IProbe probe, string? namespaceName, Action<ProbeResult> report)
    {
        _tracker = tracker;
        _probe = probe;
        _namespaceName = namespaceName;
        _report = report;
        new Thread(Main) { IsBackground = true, Name = $"vrrp check {tracker.Name}" }.Start();
    }

    /// <summary>
    /// Tells the thread to end, and what it runs with it; does not wait, and leaves what hangs on it to the pool. The source itself
    /// goes with the thread.
    /// </summary>
    public void Dispose() => _ = _stop.CancelAsync();

    private void Main()
    {
        bool isInside = _namespaceName is null;
        long next = Stopwatch.GetTimestamp();
        try
        {
            while (true)
            {
                var result = Look(ref isInside);
                _stop.Token.ThrowIfCancellationRequested();
                _report(result);

                // From beginning to beginning; looks that were missed are not made up for.
                next = Math.Max(next + (long)(_tracker.Interval.TotalSeconds * Stopwatch.Frequency), Stopwatch.GetTimestamp());
                var pause = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), next);
                _probe.Wait(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, _stop.Token);
                _stop.Token.ThrowIfCancellationRequested();

                // A look that an event brought forward is a beginning of its own: many of them must not put the next one off.
                next = Math.Min(next, Stopwatch.GetTimestamp());
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
            return;
        }
        finally
        {
            (_probe as IDisposable)?.Dispose();
        }
    }

    private ProbeResult Look(ref bool isInside)
    {
        try
        {
            if (!isInside)
            {
                NamespaceGate.Enter(_namespaceName);
                isInside = true;
            }

            return _probe.Look(_stop.Token);
        }
#pragma warning disable CA1031 // Whatever a look ends in is a failed look, with its words: nothing may end the thread, or the process.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return new ProbeResult(false, exception.Message, TimeSpan.Zero);
        }
    }
}
