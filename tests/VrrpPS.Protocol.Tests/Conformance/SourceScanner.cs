using System.Text.RegularExpressions;

namespace VrrpPS.Conformance;

/// <summary>
/// Finds conformance attributes in the text of test sources, so that one test can judge several test projects without
/// loading them. A test class has the name of its file. The ledger's own folder is left out: it quotes attributes.
/// </summary>
internal static partial class SourceScanner
{
    public static IReadOnlyList<Proof> ScanDirectory(string tests) =>
    [
        .. Directory.EnumerateFiles(tests, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(tests, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(folder => folder is "obj" or "bin" or "Conformance"))
            .Order(StringComparer.Ordinal)
            .SelectMany(file => Scan(
                $"{file.Split('/')[0]}/{Path.GetFileNameWithoutExtension(file)}",
                File.ReadAllText(Path.Combine(tests, file)))),
    ];

    /// <summary>The proofs in one file's text, in order.</summary>
    /// <exception cref="FormatException">An attribute is not of the one form that can be read, or stands above no method.</exception>
    public static IEnumerable<Proof> Scan(string name, string source)
    {
        string code = WithoutComments(source);
        var attributes = Attribute().Matches(code);
        if (attributes.Count != Mention().Count(code))
        {
            throw new FormatException($"{name}: a conformance attribute is not of the form [Conformance(\"id\", Polarity.X)].");
        }

        foreach (Match attribute in attributes)
        {
            var method = Method().Match(code, attribute.Index + attribute.Length);
            if (!method.Success)
            {
                throw new FormatException($"{name}: the attribute {attribute.Value} stands above no method.");
            }

            string reason = Regex.Unescape(attribute.Groups["reason"].Value);
            yield return new Proof(
                attribute.Groups["id"].Value,
                Enum.Parse<Polarity>(attribute.Groups["polarity"].Value),
                $"{name}.{method.Groups["name"].Value}",
                reason.Length == 0 ? null : reason);
        }
    }

    private static string WithoutComments(string source)
        => string.Join('\n', source.Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)));

    [GeneratedRegex("""\[Conformance\(\s*"(?<id>[^"]+)",\s*Polarity\.(?<polarity>Required|Refused)(,\s*NoCounterCase\s*=\s*"(?<reason>([^"\\]|\\.)+)")?\s*\)\]""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Attribute();

    [GeneratedRegex("""^\s*\[(.*[\s,])?Conformance\(""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Mention();

    [GeneratedRegex("""\G(\s|\[[^\n]*\]\s*\n|\[[^\]]*\])*(public|internal)\s+(static\s+|async\s+|unsafe\s+)*[\w<>\[\]?,. ]+?\s+(?<name>\w+)\s*\(""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Method();
}
