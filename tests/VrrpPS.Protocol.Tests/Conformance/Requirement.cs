namespace VrrpPS.Conformance;

/// <summary>One line of requirements.txt.</summary>
/// <param name="Id">The id, such as <c>9568-5.1.1.3-2</c>.</param>
/// <param name="Wording">What it asks for.</param>
/// <param name="NoTest">Why no test can prove it; null where tests must.</param>
internal sealed record Requirement(string Id, string Wording, string? NoTest)
{
    public static IReadOnlyList<Requirement> ParseAll(string text) => [.. Lines(text).Select(Parse)];

    /// <summary>The lines that are neither empty nor a comment.</summary>
    public static IEnumerable<string> Lines(string text)
        => text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#');

    private static Requirement Parse(string line)
    {
        string[] fields = line.Split('|', StringSplitOptions.TrimEntries);
        return fields is { Length: 2 or 3 } && fields.All(field => field.Length > 0)
            ? new Requirement(fields[0], fields[1], fields.ElementAtOrDefault(2))
            : throw new FormatException($"Not a requirement: '{line}'.");
    }
}
