using VrrpPS.Engine.Configuration.Json;
using VrrpPS.Engine.Configuration.Keepalived;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Configuration;

/// <summary>Reads configuration files of either format, which is told by the content, not by the name.</summary>
public static class ConfigurationFile
{
    /// <summary>Reads a file; what is wrong inside it is in the result's findings.</summary>
    /// <exception cref="VrrpException">ConfigurationUnreadable: missing, forbidden, too large, binary or empty.</exception>
    public static ConfigurationResult Load(string path, ConfigurationReadOptions? options = null)
    {
        options ??= ConfigurationReadOptions.Default;
        string text = ConfigurationText.Load(path, allowLegacyEncoding: true, out bool isLegacy, options.OrdinaryFilesOnly);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw VrrpErrors.ConfigurationUnreadable(path, "it is empty. Was it cut off by a crash? Restore it.");
        }

        if (IsJson(text))
        {
            // JSON is UTF-8 by definition, so a legacy encoding is damage there.
            text = ConfigurationText.Load(path, allowLegacyEncoding: false, out isLegacy, options.OrdinaryFilesOnly);
        }

        return Read(text, path, options with { BaseDirectory = Path.GetDirectoryName(Path.GetFullPath(path)), IsLegacyEncoding = isLegacy });
    }

    /// <summary>Reads text of either format.</summary>
    /// <param name="text">The configuration.</param>
    /// <param name="name">The name that findings carry in place of a file.</param>
    /// <param name="options">How to read it.</param>
    public static ConfigurationResult Read(string text, string name, ConfigurationReadOptions? options = null)
        => IsJson(text) ? JsonConfigurationReader.Read(text, name, options) : KeepalivedReader.Read(text, name, options);

    /// <summary>Whether the text is JSON: no keepalived.conf begins with a brace, a bracket or a slash.</summary>
    public static bool IsJson(string text) => text.AsSpan().TrimStart('\uFEFF').TrimStart() is ['{' or '[' or '/', ..];
}
