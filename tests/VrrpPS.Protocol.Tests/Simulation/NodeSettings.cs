using VrrpPS.Protocol.Election;

namespace VrrpPS.Protocol.Tests.Simulation;

/// <summary>What one simulated router is.</summary>
internal sealed record NodeSettings(InetAddress Address, RouterParameters Parameters, bool IsForeign);
