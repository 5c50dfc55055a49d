using VrrpPS.Bench.Measure;

namespace VrrpPS.Bench.Cases;

/// <summary>What every case needs.</summary>
/// <param name="Control">Tells when the machine was late.</param>
/// <param name="Vrrpps">The executable under test.</param>
/// <param name="Microbench">The executable that measures the codec.</param>
/// <param name="Runs">How many samples.</param>
/// <param name="Full">Whether the counts are those of the table of goals; otherwise as few as show whether anything is badly wrong.</param>
internal sealed record CaseContext(Control Control, string Vrrpps, string Microbench, int Runs, bool Full)
{
    /// <summary>How many windows of processor time.</summary>
    public int Windows => Full ? 10 : 1;

    /// <summary>How long one is: the kernel shows idle time in steps of 10 ms.</summary>
    public TimeSpan Window => TimeSpan.FromSeconds(Full ? 10 : 3);

    /// <summary>How long an address may stay where a program was killed before it counts as there for ever. A lease lasts 3 s at most.</summary>
    public TimeSpan Ever => TimeSpan.FromSeconds(Full ? 6 : 3);

    /// <summary>How long is watched after a freeze.</summary>
    public TimeSpan AfterFreeze => TimeSpan.FromSeconds(Full ? 10 : 3);
}
