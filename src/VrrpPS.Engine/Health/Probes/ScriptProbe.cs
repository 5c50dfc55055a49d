using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Engine.Processes;

namespace VrrpPS.Engine.Health.Probes;

/// <summary>Runs a program to its end.</summary>
internal sealed class ScriptProbe(ScriptTracker tracker) : IProbe
{
    private readonly ChildProcessOptions _options = new()
    {
        Command = tracker.Command,
        User = tracker.User,
        Timeout = tracker.EffectiveTimeout,
    };

    /// <inheritdoc/>
    public ProbeResult Look(CancellationToken cancellationToken)
    {
        var result = ChildProcess.Run(_options, cancellationToken);
        string output = result.LastLine.Length == 0 ? result.Ending : $"{result.Ending}: {result.LastLine}";
        return new ProbeResult(result.Succeeded, output, result.Duration);
    }
}
