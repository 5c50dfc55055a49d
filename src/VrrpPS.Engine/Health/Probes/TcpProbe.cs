using System.Diagnostics;
using System.Globalization;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Engine.Probe;

namespace VrrpPS.Engine.Health.Probes;

/// <summary>Connects to a port and closes.</summary>
internal sealed class TcpProbe(TcpTracker tracker, InstanceConfiguration instance) : IProbe
{
    /// <inheritdoc/>
    public ProbeResult Look(CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        var address = ProbeTarget.Resolve(tracker.Host);
        var options = ProbeTarget.Options(address, tracker.EffectiveTimeout, instance);
        var answer = new ServiceProbe(options, ProbeTarget.Route(address, instance))
            .ConnectAsync(tracker.Port, cancellationToken).GetAwaiter().GetResult();
        var elapsed = Stopwatch.GetElapsedTime(start);
        return new ProbeResult(
            answer.Succeeded,
            answer.Succeeded ? string.Create(CultureInfo.InvariantCulture, $"connected in {elapsed.TotalMilliseconds:0.#} ms") : answer.Text,
            elapsed);
    }
}
