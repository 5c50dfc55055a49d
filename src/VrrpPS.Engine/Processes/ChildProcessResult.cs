using System.Globalization;

namespace VrrpPS.Engine.Processes;

/// <summary>How a child process ended.</summary>
/// <param name="ExitCode">0..255; null when a signal ended it, or when somebody else in this process collected it.</param>
/// <param name="Signal">The signal that ended it; null when none did.</param>
/// <param name="TimedOut">Whether its time ran out, so that it was made to end.</param>
/// <param name="LastLine">The last line it wrote that is not blank, at most <see cref="OutputTail.MaxLength"/> bytes; empty when it wrote none.</param>
/// <param name="Duration">How long it ran.</param>
public sealed record ChildProcessResult(int? ExitCode, int? Signal, bool TimedOut, string LastLine, TimeSpan Duration)
{
    /// <summary>Whether it ended by itself with exit code 0.</summary>
    public bool Succeeded => ExitCode == 0 && !TimedOut;

    /// <summary>How it ended, in words: <c>exit code 1</c>, <c>ended by signal 9</c>, <c>no end within 2 s; stopped</c>.</summary>
    public string Ending => this switch
    {
        { TimedOut: true } => $"no end within {Duration.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s; stopped",
        { Signal: { } signal } => $"ended by signal {signal}",
        { ExitCode: { } code } => $"exit code {code}",
        _ => "ended; its exit code is not known",
    };
}
