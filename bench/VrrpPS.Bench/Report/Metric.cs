namespace VrrpPS.Bench.Report;

/// <summary>A figure of a case: a value of its samples, brought down to one number.</summary>
/// <param name="Key">The value's name in the samples.</param>
/// <param name="Title">What it is, with its unit.</param>
/// <param name="Statistic">How many become one.</param>
/// <param name="Goals">What is to be reached; none for what is only reported.</param>
internal sealed record Metric(string Key, string Title, Func<IReadOnlyList<double>, double> Statistic, params Goal[] Goals);
