using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Configuration;

/// <summary>A read configuration with everything that was found in it.</summary>
/// <param name="Document">What could be understood; complete only without errors.</param>
/// <param name="Diagnostics">The findings, file by file and from top to bottom.</param>
public sealed record ConfigurationResult(ConfigurationDocument Document, VrrpList<ConfigurationDiagnostic> Diagnostics)
{
    /// <summary>The instances and where they were written, in the document's order.</summary>
    internal IReadOnlyList<LocatedInstance> Located { get; init; } = [];

    /// <summary>Whether any finding is an error.</summary>
    public bool HasErrors => Diagnostics.Any(d => d.Severity == ConfigurationSeverity.Error);

    /// <summary>Whether running the document would lose something of the election, the addresses or the authentication.</summary>
    public bool IsPartial => Diagnostics.Any(d => d.IsLoss);

    /// <summary>Hands out the document if it may run.</summary>
    /// <param name="allowPartial">Whether losses are accepted.</param>
    /// <exception cref="VrrpException">ConfigurationSyntax or ConfigurationPartial; every finding is in the message.</exception>
    public ConfigurationDocument EnsureUsable(bool allowPartial)
    {
        var errors = Diagnostics.Where(d => d.Severity == ConfigurationSeverity.Error).ToArray();
        if (errors.Length > 0)
        {
            throw VrrpErrors.ConfigurationSyntax(errors);
        }

        var losses = Diagnostics.Where(d => d.IsLoss).ToArray();
        return losses.Length == 0 || allowPartial ? Document : throw VrrpErrors.ConfigurationPartial(losses);
    }
}
