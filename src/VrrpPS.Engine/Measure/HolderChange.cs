using VrrpPS.Protocol;

namespace VrrpPS.Engine.Measure;

/// <summary>Somebody else began to answer.</summary>
/// <param name="Time">When.</param>
/// <param name="Before">Who had; null at the beginning.</param>
/// <param name="After">Who does.</param>
internal readonly record struct HolderChange(Instant Time, Holder? Before, Holder After);
