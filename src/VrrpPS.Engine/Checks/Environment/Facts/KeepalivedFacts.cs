namespace VrrpPS.Engine.Checks.Environment.Facts;

/// <summary>A keepalived of this machine.</summary>
/// <param name="ProcessId">The process.</param>
/// <param name="CommandLine">Its command.</param>
/// <param name="VirtualRouters">The interfaces and ids that its file names; null when it cannot be read.</param>
internal sealed record KeepalivedFacts(int ProcessId, string CommandLine, IReadOnlyList<(string InterfaceName, int VirtualRouterId)>? VirtualRouters);
