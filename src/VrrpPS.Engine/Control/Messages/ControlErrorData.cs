namespace VrrpPS.Engine.Control.Messages;

/// <summary>What a program reads of an error.</summary>
/// <param name="ErrorId">One of <see cref="Errors.ErrorIds"/>.</param>
/// <param name="Target">What it is about, as text; null where nothing is named.</param>
internal sealed record ControlErrorData(string ErrorId, string? Target);
