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

    /// <summary>Who else could change the program, with the way out; null for nobody.</summary>
    /// <exception cref="Errors.VrrpException">ProgramNotFound.</exception>
    public static string? Problem(ScriptTracker tracker) => SafeProgram.Problem(ChildProcess.FindProgram(tracker.Command[0]));

    /// <inheritdoc/>
    public ProbeResult Look(CancellationToken cancellationToken)
    {
        // Each time: what was safe at the start may have been opened to others since.
        if (tracker.RequireSafeProgram && Problem(tracker) is { } problem)
        {
            return new ProbeResult(false, $"not run: {problem}", TimeSpan.Zero);
        }

        var result = ChildProcess.Run(_options, cancellationToken);
        string output = result.LastLine.Length == 0 ? result.Ending : $"{result.Ending}: {result.LastLine}";
        return new ProbeResult(result.Succeeded, output, result.Duration);
    }
}
