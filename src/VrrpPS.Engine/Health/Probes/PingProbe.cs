using System.Diagnostics;
using System.Globalization;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Engine.Probe;

namespace VrrpPS.Engine.Health.Probes;

/// <summary>Sends one echo request.</summary>
internal sealed class PingProbe(PingTracker tracker, InstanceConfiguration instance) : IProbe
{
    /// <inheritdoc/>
    public ProbeResult Look(CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        var options = ProbeTarget.Options(tracker.Address, tracker.EffectiveTimeout, instance);
        var answers = new EchoProbe(options, ProbeTarget.Route(tracker.Address, instance)).RunAsync(cancellationToken).GetAwaiter().GetResult();
        var elapsed = Stopwatch.GetElapsedTime(start);
        return answers switch
        {
            null => new ProbeResult(false, "cannot ping: this process lacks CAP_NET_RAW, and net.ipv4.ping_group_range does not include its group", elapsed),
            { Fastest: { } fastest } => new ProbeResult(
                true, string.Create(CultureInfo.InvariantCulture, $"answered in {fastest.TotalMilliseconds:0.#} ms"), elapsed),
            { Refusal: { } refusal } => new ProbeResult(false, $"{tracker.Address} cannot be pinged: {refusal}", elapsed),
            _ => new ProbeResult(false, $"{tracker.Address} did not answer within {DurationText.Format(tracker.EffectiveTimeout)}", elapsed),
        };
    }
}
