namespace VrrpPS.Engine.Watch;

/// <summary>One thing that is wrong with an advertisement.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Text">One sentence with the values.</param>
public readonly record struct AdvertProblem(AdvertProblemCode Code, string Text);
