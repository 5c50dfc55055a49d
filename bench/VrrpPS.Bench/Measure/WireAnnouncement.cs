namespace VrrpPS.Bench.Measure;

/// <summary>A gratuitous ARP for a virtual address on the bridge.</summary>
/// <param name="Time">The kernel's receive time at the bridge port.</param>
/// <param name="Node">Who sent it, 0 or 1.</param>
/// <param name="Address">Which address, from 0.</param>
internal readonly record struct WireAnnouncement(long Time, int Node, int Address);
