namespace VrrpPS.Bench.Measure;

/// <summary>An advertisement on the bridge.</summary>
/// <param name="Time">The kernel's receive time at the bridge port.</param>
/// <param name="Router">The VRID.</param>
internal readonly record struct WireAdvertisement(long Time, byte Router);
