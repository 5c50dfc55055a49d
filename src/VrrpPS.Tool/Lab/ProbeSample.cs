namespace VrrpPS.Tool.Lab;

/// <summary>One attempt of the client.</summary>
/// <param name="At">When it was made, on the lab's clock.</param>
/// <param name="Answer">Who or what answered; null when nothing did in time.</param>
internal readonly record struct ProbeSample(TimeSpan At, string? Answer);
