namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>A written keepalived.conf.</summary>
/// <param name="Text">The file.</param>
/// <param name="Diagnostics">What keepalived cannot be told; empty when nothing is lost.</param>
public sealed record KeepalivedText(string Text, VrrpList<ConfigurationDiagnostic> Diagnostics);
