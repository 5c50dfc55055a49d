using System.Xml.Linq;

namespace VrrpPS.Module.Tests.Help;

/// <summary>The module's help in MAML, the only format that Get-Help reads for compiled cmdlets.</summary>
internal static class MamlDocument
{
    public static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    public static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    public static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>The whole file, with a line feed at its end.</summary>
    public static string Text()
    {
        var root = new XElement(
            "helpItems",
            new XAttribute("schema", "maml"),
            new XAttribute(XNamespace.Xmlns + "maml", Maml),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            CmdletInfo.All.Select(Describe));
        return $"""
            <?xml version="1.0" encoding="utf-8"?>
            <!-- Written from the documentation comments of src/VrrpPS/Commands and the examples in src/VrrpPS/Help by VrrpPS.Module.Tests (VRRPPS_APPROVE=1). -->
            {root.ToString().ReplaceLineEndings("\n")}

            """.ReplaceLineEndings("\n");
    }

    public static XElement Paragraphs(XName name, params IEnumerable<string> texts) => new(name, texts.Select(text => new XElement(Maml + "para", text)));

    /// <summary>Where to read on: the cmdlets that the help of this one names, those of the same noun, and the topics.</summary>
    public static IEnumerable<string> RelatedTo(CmdletInfo cmdlet)
    {
        string text = File.ReadAllText(Path.Combine(HelpSource.Folder, $"{cmdlet.Name}.md"));
        return CmdletInfo.All
            .Where(other => other != cmdlet && (other.Noun == cmdlet.Noun || text.Contains(other.Name, StringComparison.Ordinal)))
            .Select(other => other.Name)
            .Concat(["about_VrrpPS", "about_VrrpTroubleshooting"]);
    }

    private static XElement Describe(CmdletInfo cmdlet)
    {
        var source = HelpSource.Read(cmdlet.Name);
        var parameters = MamlParameter.Of(cmdlet);
        return new XElement(
            Command + "command",
            new XElement(
                Command + "details",
                new XElement(Command + "name", cmdlet.Name),
                new XElement(Command + "verb", cmdlet.Verb),
                new XElement(Command + "noun", cmdlet.Noun),
                Paragraphs(Maml + "description", DocumentationComments.Of(cmdlet.Type))),
            Paragraphs(Maml + "description", source.Description),
            new XElement(Command + "syntax", SetsOf(cmdlet, parameters).Select(set => Syntax(cmdlet, parameters, set))),
            new XElement(Command + "parameters", parameters.Select(parameter => parameter.ToElement(set: null))),
            new XElement(Command + "inputTypes", Inputs(parameters).Select(input => Typed("inputType", input))),
            new XElement(Command + "returnValues", cmdlet.OutputTypes.Select(type => Typed("returnValue", type.FullName!))),
            new XElement(Command + "examples", source.Examples.Select(Example)),
            new XElement(
                Command + "relatedLinks",
                RelatedTo(cmdlet).Select(name => new XElement(Maml + "navigationLink", new XElement(Maml + "linkText", name)))));
    }

    private static string[] SetsOf(CmdletInfo cmdlet, IReadOnlyList<MamlParameter> parameters)
    {
        string[] sets = [.. parameters.SelectMany(parameter => parameter.Sets).Append(cmdlet.DefaultParameterSet ?? string.Empty).Where(set => set.Length > 0).Distinct().OrderBy(set => set != cmdlet.DefaultParameterSet)];
        return sets.Length == 0 ? [string.Empty] : sets;
    }

    private static XElement Syntax(CmdletInfo cmdlet, IReadOnlyList<MamlParameter> parameters, string set) => new(
        Command + "syntaxItem",
        new XElement(Maml + "name", cmdlet.Name),
        parameters.Where(parameter => parameter.IsIn(set)).OrderBy(parameter => parameter.Rank(set)).Select(parameter => parameter.ToElement(set)));

    private static IEnumerable<string> Inputs(IReadOnlyList<MamlParameter> parameters)
        => parameters.Where(parameter => parameter.TakesObjects).Select(parameter => parameter.TypeName).Distinct();

    private static XElement Typed(string element, string type) => new(Command + element, new XElement(Dev + "type", new XElement(Maml + "name", type)));

    private static XElement Example(HelpExample example, int index) => new(
        Command + "example",
        new XElement(Maml + "title", $"Example {index + 1}: {example.Title}"),
        new XElement(Maml + "introduction", new XElement(Maml + "para", "PS> ")),
        new XElement(Dev + "code", example.Code),
        Paragraphs(Dev + "remarks", example.Remark, string.Empty));
}
