namespace VrrpPS.Engine.Configuration;

/// <summary>How a configuration is read.</summary>
public sealed record ConfigurationReadOptions
{
    /// <summary>Nothing out of the ordinary.</summary>
    public static ConfigurationReadOptions Default { get; } = new();

    /// <summary>Interfaces to call by another name than the file does, old to new; all references follow.</summary>
    public IReadOnlyDictionary<string, string> InterfaceRename { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// The identity that keepalived.conf lines starting with <c>@id</c> are compared with; null means this host's name up to
    /// the first dot, as in keepalived.
    /// </summary>
    public string? KeepalivedConfigId { get; init; }

    /// <summary>
    /// Whether only ordinary files are read, the included ones too: for configurations that nobody asked to read, where a pipe would
    /// keep the reader waiting for ever.
    /// </summary>
    public bool OrdinaryFilesOnly { get; init; }

    /// <summary>
    /// The directory that relative references start from when the text comes without a file; null then refuses them.
    /// </summary>
    public string? BaseDirectory { get; init; }

    /// <summary>Whether the text was no UTF-8 on disk.</summary>
    internal bool IsLegacyEncoding { get; init; }
}
