namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>An include statement.</summary>
internal sealed record KeepalivedInclude(KeepalivedIncludeKind Kind, string Pattern);
