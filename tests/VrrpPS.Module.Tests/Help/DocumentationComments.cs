using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.PowerShell.Commands;

namespace VrrpPS.Module.Tests.Help;

/// <summary>The summaries of the module's XML documentation file, as plain sentences.</summary>
internal static class DocumentationComments
{
    private static readonly Dictionary<string, string> Summaries = XDocument.Load(Path.ChangeExtension(typeof(VrrpInstance).Assembly.Location, ".xml"))
        .Descendants("member")
        .Where(member => member.Element("summary") is not null)
        .ToDictionary(member => member.Attribute("name")!.Value, member => Plain(member.Element("summary")!));

    /// <summary>What PowerShell's own base class of event registrations brings along; it has no documentation file.</summary>
    private static readonly Dictionary<string, string> Inherited = new(StringComparer.Ordinal)
    {
        ["SourceIdentifier"] = "The name of the subscription, for Get-Event, Wait-Event and Unregister-Event; a new GUID unless given.",
        ["Action"] = "A script block to run for each event; without one the events wait in the queue of Get-Event.",
        ["MessageData"] = "Anything that the action is to find in $Event.MessageData.",
        ["SupportEvent"] = "Hides the subscription from Get-EventSubscriber, for scripts that bring their own.",
        ["Forward"] = "Sends the events to the session that this remote session belongs to.",
        ["MaxTriggerCount"] = "How many events end the subscription; 0 for no end.",
    };

    public static string Of(Type type) => Summaries.GetValueOrDefault($"T:{type.FullName}", string.Empty);

    public static string Of(PropertyInfo property) => property.DeclaringType == typeof(ObjectEventRegistrationBase)
        ? Inherited.GetValueOrDefault(property.Name, string.Empty)
        : Summaries.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}", string.Empty);

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
