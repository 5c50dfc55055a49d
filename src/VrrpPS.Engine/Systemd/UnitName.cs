using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Systemd;

/// <summary>The names a service may have.</summary>
public static class UnitName
{
    /// <summary>The usual one.</summary>
    public const string Default = "vrrpps";

    private const int GreatestLength = 200;

    /// <summary>A name without <c>.service</c>.</summary>
    /// <exception cref="VrrpException">InvalidConfiguration: it is no name of a unit.</exception>
    public static string Parse(string text)
    {
        const string suffix = ".service";
        string name = text.EndsWith(suffix, StringComparison.Ordinal) ? text[..^suffix.Length] : text;
        return name.Length is > 0 and <= GreatestLength && name[0] != '.' && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')
            ? name
            : throw VrrpErrors.InvalidConfiguration(
                $"'{text}' is not a name for a service. Use up to {GreatestLength} letters, digits, '-', '_' and '.', such as '{Default}'.", text);
    }
}
