namespace VrrpPS;

/// <summary>One thing that a check of a configuration or of a machine found.</summary>
public record VrrpFinding
{
    /// <summary>What was found: one of the codes listed in docs/checks.md. They never change between releases.</summary>
    public required string Code { get; init; }

    /// <summary>How much it matters.</summary>
    public required VrrpFindingSeverity Severity { get; init; }

    /// <summary>What it is about: a node, an instance, an interface, a file with line and column.</summary>
    public required string Subject { get; init; }

    /// <summary>What was found, with the figures.</summary>
    public required string Message { get; init; }

    /// <summary>What to do about it; empty when nothing has to be done.</summary>
    public string Fix { get; init; } = string.Empty;

    /// <summary><c>Warning DefaultVirtualRouterId: message</c>.</summary>
    public override string ToString() => $"{Severity} {Code}: {Message}";
}
