namespace VrrpPS.Bench.Measure;

/// <summary>A time in which this machine did not let a ready thread run.</summary>
/// <param name="From">When the control should have woken up.</param>
/// <param name="To">When it did.</param>
internal readonly record struct LateWindow(long From, long To);
