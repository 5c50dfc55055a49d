using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;
using VrrpPS.Parameters;

namespace VrrpPS.Module.Tests.Help;

/// <summary>One parameter as the help shows it.</summary>
internal sealed class MamlParameter
{
    private readonly IReadOnlyList<CustomAttributeData> _attributes;
    private readonly string _description;
    private readonly string[] _aliases;
    private readonly bool _wildcards;

    private MamlParameter(string name, Type type, string description, IReadOnlyList<CustomAttributeData> attributes, string[] aliases, bool wildcards)
        => (Name, Type, _description, _attributes, _aliases, _wildcards) = (name, Nullable.GetUnderlyingType(type) ?? type, description, attributes, aliases, wildcards);

    public string Name { get; }

    public Type Type { get; }

    /// <summary>The parameter sets; an empty text is all of them.</summary>
    public IEnumerable<string> Sets => _attributes.Select(SetOf);

    public bool TakesObjects => _attributes.Any(attribute => Is(attribute, "ValueFromPipeline"));

    public string TypeName => Type.IsArray ? $"{Short(Type.GetElementType()!)}[]" : Short(Type);

    public static IReadOnlyList<MamlParameter> Of(CmdletInfo cmdlet)
    {
        var own = cmdlet.Parameters.Select(property => new MamlParameter(
            property.Name,
            property.PropertyType,
            DocumentationComments.Of(property),
            [.. CmdletInfo.ParameterAttributes(property)],
            [.. property.GetCustomAttributesData().Where(a => a.AttributeType.Name == nameof(AliasAttribute))
                .SelectMany(a => (IEnumerable<CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!).Select(a => (string)a.Value!)],
            property.GetCustomAttributesData().Any(a => a.AttributeType.Name == nameof(SupportsWildcardsAttribute))));
        return cmdlet.SupportsShouldProcess ? [.. own, Common("Confirm", "Asks before each change.", "cf"), Common("WhatIf", "Says what would change and changes nothing.", "wi")] : [.. own];
    }

    public bool IsIn(string set) => _attributes.Count == 0 || Sets.Any(own => own.Length == 0 || own == set);

    /// <summary>The order in a syntax line: by position, then mandatory, then the rest.</summary>
    public int Rank(string? set) => (PositionIn(set), IsMandatory(set)) switch
    {
        ({ } position, _) => position,
        (null, true) => 100,
        _ => 200,
    };

    public XElement ToElement(string? set)
    {
        bool isSwitch = Type == typeof(SwitchParameter);
        string description = Type == typeof(VrrpDuration) ? $"{_description} A TimeSpan, seconds as a number, or text with a unit: 100ms, 1.5s, 2m." : _description;
        var element = new XElement(
            MamlDocument.Command + "parameter",
            new XAttribute("required", IsMandatory(set) ? "true" : "false"),
            new XAttribute("variableLength", Type.IsArray ? "true" : "false"),
            new XAttribute("globbing", _wildcards ? "true" : "false"),
            new XAttribute("pipelineInput", Pipeline(set)),
            new XAttribute("position", PositionIn(set) is { } position ? $"{position}" : "named"),
            new XAttribute("aliases", _aliases.Length == 0 ? "none" : string.Join(", ", _aliases)),
            new XElement(MamlDocument.Maml + "name", Name),
            MamlDocument.Paragraphs(MamlDocument.Maml + "description", description));
        if (!isSwitch)
        {
            element.Add(new XElement(MamlDocument.Command + "parameterValue", new XAttribute("required", "true"), new XAttribute("variableLength", Type.IsArray ? "true" : "false"), TypeName));
        }

        element.Add(new XElement(MamlDocument.Dev + "type", new XElement(MamlDocument.Maml + "name", isSwitch ? nameof(SwitchParameter) : TypeName), new XElement(MamlDocument.Maml + "uri")));
        if (isSwitch)
        {
            element.Add(new XElement(MamlDocument.Dev + "defaultValue", "False"));
        }

        if ((Type.IsArray ? Type.GetElementType()! : Type) is { IsEnum: true } choices)
        {
            element.Add(new XElement(
                MamlDocument.Command + "parameterValueGroup",
                Enum.GetNames(choices).Select(name => new XElement(MamlDocument.Command + "parameterValue", new XAttribute("required", "false"), new XAttribute("variableLength", "false"), name))));
        }

        return element;
    }

    private static MamlParameter Common(string name, string description, string alias) => new(name, typeof(SwitchParameter), description, [], [alias], wildcards: false);

    private static string SetOf(CustomAttributeData attribute) => CmdletInfo.Argument(attribute, "ParameterSetName") as string ?? string.Empty;

    private static bool Is(CustomAttributeData attribute, string flag) => CmdletInfo.Argument(attribute, flag) is true;

    private static string Short(Type type) => type switch
    {
        _ when type == typeof(string) || type == typeof(Uri) => type.Name.ToLowerInvariant(),
        _ when type == typeof(int) => "int",
        _ when type == typeof(long) => "long",
        _ => type.Name,
    };

    private IEnumerable<CustomAttributeData> In(string? set) => _attributes.Where(attribute => set is null || SetOf(attribute).Length == 0 || SetOf(attribute) == set);

    private bool IsMandatory(string? set) => In(set).Any(attribute => Is(attribute, "Mandatory"));

    private int? PositionIn(string? set) => In(set).Select(attribute => CmdletInfo.Argument(attribute, "Position")).OfType<int>().Cast<int?>().FirstOrDefault();

    private string Pipeline(string? set) => (In(set).Any(attribute => Is(attribute, "ValueFromPipeline")), In(set).Any(attribute => Is(attribute, "ValueFromPipelineByPropertyName"))) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };
}
