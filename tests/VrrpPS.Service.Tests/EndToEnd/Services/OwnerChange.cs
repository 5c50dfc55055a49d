namespace VrrpPS.Service.Tests.EndToEnd.Services;

/// <summary>A node has got or lost an address, as its kernel tells.</summary>
/// <param name="Time">When, on the clock of the measurement.</param>
/// <param name="Node">Which node, from 0.</param>
/// <param name="Address">Which address.</param>
/// <param name="Bound">Whether it has it now.</param>
internal readonly record struct OwnerChange(long Time, int Node, string Address, bool Bound);
