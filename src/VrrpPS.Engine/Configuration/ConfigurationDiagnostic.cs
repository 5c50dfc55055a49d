namespace VrrpPS.Engine.Configuration;

/// <summary>One finding in a configuration.</summary>
/// <param name="File">The file as it was named.</param>
/// <param name="Line">1-based; 0 when the finding belongs to no line.</param>
/// <param name="Column">1-based, in characters; 0 when the finding belongs to no column.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Code">A stable identifier: one of <see cref="ConfigurationCodes"/> or of the engine's error ids.</param>
/// <param name="Message">What is wrong and the way out.</param>
public sealed record ConfigurationDiagnostic(
    string File, int Line, int Column, ConfigurationSeverity Severity, string Code, string Message)
{
    /// <summary>
    /// Whether something that changes the election, the addresses or the authentication is lost; such a configuration
    /// runs only when that is explicitly accepted.
    /// </summary>
    public bool IsLoss { get; init; }

    /// <summary><c>file:line:column: message</c>; without a line, <c>file: message</c>.</summary>
    public override string ToString() => Line == 0 ? $"{File}: {Message}" : $"{File}:{Line}:{Column}: {Message}";
}
