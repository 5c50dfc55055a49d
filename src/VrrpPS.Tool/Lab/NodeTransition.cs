namespace VrrpPS.Tool.Lab;

/// <summary>A node's change of state as the lab heard of it.</summary>
/// <param name="At">On the lab's clock.</param>
/// <param name="Node">The node's name.</param>
/// <param name="To">The state entered, in our words.</param>
/// <param name="Text">What to print.</param>
/// <param name="Why">The event and its reason.</param>
internal sealed record NodeTransition(TimeSpan At, string Node, string To, string Text, string Why);
