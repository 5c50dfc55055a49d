using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Protocol;

namespace VrrpPS.Bench.Network;

/// <summary>A machine of a <see cref="BenchNetwork"/>: a network namespace with one cable.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="Link">The index of its interface.</param>
/// <param name="Mac">The interface's Ethernet address.</param>
internal sealed record BenchHost(NetworkNamespace Namespace, int Link, MacAddress Mac);
