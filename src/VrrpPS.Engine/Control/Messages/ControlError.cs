namespace VrrpPS.Engine.Control.Messages;

/// <summary>The error object of an answer (JSON-RPC 2.0 section 5.1).</summary>
/// <param name="Code">One of the numbers in <see cref="ControlProtocol"/>.</param>
/// <param name="Message">What is wrong and the way out.</param>
/// <param name="Data">The identifier and the object, where there are any.</param>
internal sealed record ControlError(int Code, string Message, ControlErrorData? Data);
