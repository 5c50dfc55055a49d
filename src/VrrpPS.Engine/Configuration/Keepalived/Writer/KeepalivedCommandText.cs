namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>A program and its arguments as the one word that keepalived splits again.</summary>
internal static class KeepalivedCommandText
{
    /// <summary>The word; null when an argument has a character that survives no quoting.</summary>
    public static string? Join(IEnumerable<string> arguments)
    {
        var words = new List<string>();
        foreach (string argument in arguments)
        {
            if (argument.Contains('\'', StringComparison.Ordinal) || !KeepalivedQuoting.CanWrite(argument))
            {
                return null;
            }

            words.Add(argument.Length == 0 || argument.AsSpan().ContainsAny(' ', '\t') ? $"'{argument}'" : argument);
        }

        return string.Join(' ', words);
    }

    /// <summary><c>name:group</c> as the words behind a script.</summary>
    public static string[] User(string? user) => user is null ? [] : user.Split(':', 2);
}
