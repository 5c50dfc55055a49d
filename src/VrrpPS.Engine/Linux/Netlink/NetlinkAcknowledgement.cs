namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>The kernel's answer to one request.</summary>
/// <param name="ErrorNumber">0 when it was carried out.</param>
/// <param name="KernelMessage">The kernel's own words, when there are any.</param>
internal readonly record struct NetlinkAcknowledgement(int ErrorNumber, string? KernelMessage);
