using System.Text;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Systemd;

/// <summary>Words in the language of unit files (systemd.syntax(7), systemd.service(5)).</summary>
internal static class UnitText
{
    /// <summary>A word of a command line: neither specifier nor variable is read in it.</summary>
    public static string Argument(string text) => Quote(text, isCommand: true);

    /// <summary>A path in a list of paths.</summary>
    public static string Path(string text) => Quote(text, isCommand: false);

    private static string Quote(string text, bool isCommand)
    {
        var quoted = new StringBuilder();
        bool isPlain = text.Length > 0;
        foreach (char c in text)
        {
            if (char.IsControl(c))
            {
                throw VrrpErrors.InvalidConfiguration($"The path '{text.ReplaceLineEndings(" ")}' has control characters, which a unit file cannot carry. Rename it.", text);
            }

            isPlain &= char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or ':' or '=' or ',' or '+' or '%';
            _ = c switch
            {
                '%' => quoted.Append("%%"),
                '$' when isCommand => quoted.Append("$$"),
                '"' or '\\' => quoted.Append('\\').Append(c),
                _ => quoted.Append(c),
            };
        }

        return isPlain ? quoted.ToString() : $"\"{quoted}\"";
    }
}
