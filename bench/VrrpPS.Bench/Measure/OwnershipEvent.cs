namespace VrrpPS.Bench.Measure;

/// <summary>A node has got or lost a virtual address, as its kernel tells.</summary>
/// <param name="Time">When.</param>
/// <param name="Node">Which node, 0 or 1.</param>
/// <param name="Address">Which virtual address, from 0.</param>
/// <param name="Bound">Whether it has it now.</param>
internal readonly record struct OwnershipEvent(long Time, int Node, int Address, bool Bound);
