using VrrpPS.Bench.Measure;

namespace VrrpPS.Bench.Cases;

/// <summary>What every case needs.</summary>
/// <param name="Control">Tells when the machine was late.</param>
/// <param name="Vrrpps">The executable under test.</param>
/// <param name="Runs">How many samples.</param>
internal sealed record CaseContext(Control Control, string Vrrpps, int Runs);
