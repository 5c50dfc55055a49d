namespace VrrpPS.Bench.Report;

/// <summary>Order statistics by nearest rank; NaN of nothing.</summary>
internal static class Statistics
{
    /// <summary>The value that so many percent do not exceed.</summary>
    public static double Percentile(IReadOnlyList<double> values, double percent)
    {
        if (values.Count == 0)
        {
            return double.NaN;
        }

        double[] sorted = [.. values.Order()];
        return sorted[Math.Clamp((int)Math.Ceiling(percent / 100 * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    /// <summary>The mean.</summary>
    public static double Mean(IReadOnlyList<double> values) => values.Count == 0 ? double.NaN : values.Average();

    /// <summary>The greatest.</summary>
    public static double Worst(IReadOnlyList<double> values) => values.Count == 0 ? double.NaN : values.Max();

    /// <summary>How many percent are zero.</summary>
    public static double ShareOfNone(IReadOnlyList<double> values)
        => values.Count == 0 ? double.NaN : 100.0 * values.Count(static value => value == 0) / values.Count;
}
