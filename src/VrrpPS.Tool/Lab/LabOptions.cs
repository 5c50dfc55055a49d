namespace VrrpPS.Tool.Lab;

/// <summary>What the command line says about the lab.</summary>
internal sealed record LabOptions
{
    /// <summary>Whether a real keepalived runs on the second node.</summary>
    public bool WithKeepalived { get; init; }

    /// <summary>A directory with one <c>*.conf</c> per node; null means the built-in scenario.</summary>
    public string? ConfigurationDirectory { get; init; }

    /// <summary>Whether the process already is root of its own user namespace.</summary>
    public bool IsInsideUserNamespace { get; init; }

    /// <summary>The options as arguments, for starting the lab once more.</summary>
    public IEnumerable<string> ToArguments()
    {
        if (WithKeepalived)
        {
            yield return "--with-keepalived";
        }

        if (ConfigurationDirectory is not null)
        {
            yield return "--config";
            yield return ConfigurationDirectory;
        }
    }
}
