namespace VrrpPS.Module.Tests.Help;

/// <summary>
/// What people write for a cmdlet's help, beside the code in src/VrrpPS/Help: paragraphs of description, then for each
/// example a heading, a fenced block and perhaps a remark.
/// </summary>
internal sealed record HelpSource(IReadOnlyList<string> Description, IReadOnlyList<HelpExample> Examples)
{
    private const string Fence = "```";

    public static string Folder => Path.Combine(Repository.Root, "src", "VrrpPS", "Help");

    public static HelpSource Read(string cmdlet)
    {
        string[] sections = $"\n{File.ReadAllText(Path.Combine(Folder, $"{cmdlet}.md"))}".Split("\n## ");
        return new HelpSource(
            [.. sections[0].Split("\n\n").Select(paragraph => paragraph.Trim()).Where(paragraph => paragraph.Length > 0)],
            [.. sections.Skip(1).Select(ReadExample)]);
    }

    private static HelpExample ReadExample(string section)
    {
        string[] parts = section.Split(Fence);
        if (parts.Length != 3 || !parts[1].StartsWith("powershell\n", StringComparison.Ordinal))
        {
            throw new FormatException($"An example is a heading, one fenced block of powershell and a remark: {section}");
        }

        return new HelpExample(parts[0].Trim(), parts[1]["powershell\n".Length..].Trim(), parts[2].Trim());
    }
}
