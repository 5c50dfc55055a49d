using VrrpPS.Engine.Errors;

namespace VrrpPS.Service;

/// <summary>How this executable words an error: <c>vrrpps: ErrorId: message</c>.</summary>
internal static class ErrorText
{
    /// <summary>Writes one error line.</summary>
    /// <param name="writer">Standard error, in general.</param>
    /// <param name="exception">The refusal.</param>
    /// <param name="subject">What it is about, when the message does not say.</param>
    public static void WriteError(this TextWriter writer, VrrpException exception, string? subject = null)
        => writer.WriteLine($"vrrpps: {exception.ErrorId}: {(subject is null ? string.Empty : subject + ": ")}{exception.Message}");
}
