namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>Builds the keywords of one block.</summary>
internal sealed class KeepalivedKeywordTable
{
    public Dictionary<string, KeepalivedKeyword> Keywords { get; } = new(StringComparer.Ordinal);

    /// <summary>Keywords of the same kind, separated by blanks; a trailing <c>+</c> marks one that needs a parameter.</summary>
    public KeepalivedKeywordTable Add(
        KeepalivedStatus status, string names, string? why = null, bool values = false, KeepalivedContext? children = null)
    {
        foreach (string name in names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            string plain = name.TrimEnd('+');
            Keywords.Add(plain, new KeepalivedKeyword(plain, status)
            {
                Why = why,
                HasValues = values,
                Children = children,
                NeedsParameter = name.Length > plain.Length,
            });
        }

        return this;
    }
}
