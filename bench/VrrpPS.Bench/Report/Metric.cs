namespace VrrpPS.Bench.Report;

/// <summary>A figure of a case: a value of its samples, brought down to one number.</summary>
/// <param name="Key">The value's name in the samples.</param>
/// <param name="Title">What it is, with its unit.</param>
/// <param name="Statistic">How many become one.</param>
/// <param name="Goal">What is to be reached; null for what is only reported.</param>
/// <param name="AtLeast">Whether more is better.</param>
internal sealed record Metric(string Key, string Title, Func<IReadOnlyList<double>, double> Statistic, double? Goal = null, bool AtLeast = false)
{
    /// <summary>Whether a figure reaches the goal; null without one.</summary>
    public bool? IsMet(double value) => Goal is { } goal ? (AtLeast ? value >= goal : value <= goal) : null;
}
