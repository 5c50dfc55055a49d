namespace VrrpPS.Bench.Measure;

/// <summary>A time in which both nodes had the same address.</summary>
internal readonly record struct Overlap(int Address, long From, long To)
{
    /// <summary>Its length in nanoseconds.</summary>
    public long Length => To - From;
}
