namespace VrrpPS.Bench.Report;

/// <summary>One line of the table.</summary>
/// <param name="Row">The row of the table of goals.</param>
/// <param name="Case">The arrangement.</param>
/// <param name="Pair">Who hands over to whom.</param>
/// <param name="What">The figure.</param>
/// <param name="Ours">Ours, of the samples kept.</param>
/// <param name="OursAll">Ours, of all samples.</param>
/// <param name="Keepalived">keepalived's, of all samples.</param>
/// <param name="Floor">The bare loop's, of all samples.</param>
/// <param name="Goal">The goals, as text; null where none is set.</param>
/// <param name="Verdict">"yes" or "NO", with '?' where too much was set aside for a verdict; empty without a goal.</param>
/// <param name="Kept">How many samples count.</param>
/// <param name="SetAside">How many were set aside.</param>
internal sealed record ResultLine(
    int Row, string Case, string Pair, string What, double Ours, double OursAll, double Keepalived, double Floor, string? Goal, string Verdict, int Kept, int SetAside)
{
    /// <summary>Ours of keepalived's, of all samples.</summary>
    public double Ratio => Keepalived == 0 ? double.NaN : OursAll / Keepalived;
}
