using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace VrrpPS.Module.Tests.Help;

/// <summary>The summaries of the module's XML documentation file, as plain sentences.</summary>
internal static class DocumentationComments
{
    private static readonly Dictionary<string, string> Summaries = XDocument.Load(Path.ChangeExtension(typeof(VrrpInstance).Assembly.Location, ".xml"))
        .Descendants("member")
        .Where(member => member.Element("summary") is not null)
        .ToDictionary(member => member.Attribute("name")!.Value, member => Plain(member.Element("summary")!));

    public static string Of(Type type) => Summaries.GetValueOrDefault($"T:{type.FullName}", string.Empty);

    public static string Of(PropertyInfo property) => Summaries.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}", string.Empty);

    private static string Plain(XElement summary)
    {
        string text = string.Concat(summary.Nodes().Select(node => node switch
        {
            XElement reference when reference.Attribute("cref") is { } target => target.Value[(target.Value.LastIndexOf('.') + 1)..],
            XElement element => element.Value,
            _ => $"{node}",
        }));
        return Regex.Replace(System.Net.WebUtility.HtmlDecode(text), @"\s+", " ", RegexOptions.NonBacktracking).Trim();
    }
}
