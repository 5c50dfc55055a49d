using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Static;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Service.Run;

/// <summary>Reads the service's configuration as the command line asks; again for each reload.</summary>
internal sealed class ConfigurationReader
{
    private readonly string _path;

    public ConfigurationReader(string path) => _path = path;

    /// <summary>The namespace of every instance that names none itself; null means the process's own.</summary>
    public string? NetworkNamespace { get; init; }

    /// <summary>Interfaces to call by another name, old to new.</summary>
    public IReadOnlyDictionary<string, string> InterfaceRenames { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The identity for conditional lines of a keepalived.conf; null means this host's name.</summary>
    public string? ConfigId { get; init; }

    /// <summary>Whether a configuration that loses something may run.</summary>
    public bool AllowPartial { get; init; }

    /// <summary>Reads. Whatever the file contains, the answer is a value; nothing is thrown.</summary>
    public ServiceConfiguration Read()
    {
        ConfigurationResult result;
        try
        {
            result = ConfigurationDirectory.LoadAny(_path, new ConfigurationReadOptions { InterfaceRename = InterfaceRenames, KeepalivedConfigId = string.IsNullOrEmpty(ConfigId) ? null : ConfigId });
        }
        catch (VrrpException exception)
        {
            return new ServiceConfiguration([], [], exception);
        }

        var diagnostics = result.Diagnostics.Select(Line).ToArray();
        return Refusal(result) is { } refusal
            ? new ServiceConfiguration([], diagnostics, refusal)
            : new ServiceConfiguration([.. result.Document.Instances.Select(Place)], diagnostics, null) { Static = Place(result.Document.Static) };
    }

    // Errors read "file:line:column: message"; what is no error says so.
    private static string Line(ConfigurationDiagnostic diagnostic)
    {
        // What concerns the file as a whole stands at its beginning: tools that read such lines know no line 0.
        var place = $"{diagnostic.File}:{Math.Max(1, diagnostic.Line)}:{Math.Max(1, diagnostic.Column)}: ";
        return diagnostic.Severity switch
        {
            ConfigurationSeverity.Error => place + diagnostic.Message,
            ConfigurationSeverity.Warning => $"{place}warning: {diagnostic.Message}",
            _ => $"{place}note: {diagnostic.Message}",
        };
    }

    private VrrpException? Refusal(ConfigurationResult result)
    {
        var errors = result.Diagnostics.Count(d => d.Severity == ConfigurationSeverity.Error);
        if (errors > 0)
        {
            return VrrpErrors.ConfigurationRefused(_path, errors);
        }

        var losses = result.Diagnostics.Count(d => d.IsLoss);
        if (losses > 0 && !AllowPartial)
        {
            return VrrpErrors.ConfigurationLoses(_path, losses);
        }

        return result.Document.Instances.Count == 0 ? VrrpErrors.NoInstances(_path) : null;
    }

    private StaticConfiguration Place(StaticConfiguration configuration)
        => configuration.NetworkNamespace is null ? configuration with { NetworkNamespace = NetworkNamespace } : configuration;

    private InstanceConfiguration Place(InstanceConfiguration configuration)
        => configuration.NetworkNamespace is null ? configuration with { NetworkNamespace = NetworkNamespace } : configuration;
}
