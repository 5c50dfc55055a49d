namespace VrrpPS.Protocol.Wire;

/// <summary>What signing and verifying go by.</summary>
/// <param name="ActiveKey">The id of the key that signs.</param>
/// <param name="Mode">How far a signature is insisted on.</param>
/// <param name="WindowSeconds">By how much clocks may differ, 1..300 s; 0 when they are not compared (<see cref="HmacAntiReplay.Monotonic"/>).</param>
/// <param name="Senders">How many senders are remembered, at least 4.</param>
public readonly record struct HmacSettings(byte ActiveKey, HmacMode Mode, int WindowSeconds, int Senders);
