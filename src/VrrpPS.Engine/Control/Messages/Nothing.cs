namespace VrrpPS.Engine.Control.Messages;

/// <summary>The empty object: the parameters of a method that has none, and the result of one that is done.</summary>
internal sealed record Nothing;
