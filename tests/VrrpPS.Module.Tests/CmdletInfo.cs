using System.Management.Automation;
using System.Reflection;
using System.Text;

namespace VrrpPS.Module.Tests;

/// <summary>
/// A cmdlet as its attributes describe it. Attributes are read as data: the assembly that stands in for PowerShell here has
/// signatures only.
/// </summary>
internal sealed class CmdletInfo
{
    private readonly CustomAttributeData _cmdlet;

    private CmdletInfo(Type type, CustomAttributeData cmdlet)
    {
        Type = type;
        _cmdlet = cmdlet;
    }

    public static IReadOnlyList<CmdletInfo> All { get; } =
        [.. from type in typeof(VrrpInstance).Assembly.GetTypes()
            let cmdlet = type.GetCustomAttributesData().FirstOrDefault(a => a.AttributeType.FullName == typeof(CmdletAttribute).FullName)
            where cmdlet is not null
            orderby $"{cmdlet.ConstructorArguments[0].Value}-{cmdlet.ConstructorArguments[1].Value}"
            select new CmdletInfo(type, cmdlet)];

    public Type Type { get; }

    public string Verb => (string)_cmdlet.ConstructorArguments[0].Value!;

    public string Noun => (string)_cmdlet.ConstructorArguments[1].Value!;

    public string Name => $"{Verb}-{Noun}";

    public bool SupportsShouldProcess => Named("SupportsShouldProcess") is true;

    public object? ConfirmImpact => Named("ConfirmImpact");

    public string? DefaultParameterSet => Named("DefaultParameterSetName") as string;

    public IReadOnlyList<Type> OutputTypes =>
        [.. Type.GetCustomAttributesData().Where(a => a.AttributeType.FullName == typeof(OutputTypeAttribute).FullName)
            .SelectMany(a => (IEnumerable<CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!).Select(a => (Type)a.Value!)];

    public IReadOnlyList<PropertyInfo> Parameters =>
        [.. Type.GetProperties().Where(p => ParameterAttributes(p).Any()).OrderBy(p => p.Name, StringComparer.Ordinal)];

    public static IEnumerable<CustomAttributeData> ParameterAttributes(PropertyInfo property)
        => property.GetCustomAttributesData().Where(a => a.AttributeType.FullName == typeof(ParameterAttribute).FullName);

    public static object? Argument(CustomAttributeData attribute, string name)
        => attribute.NamedArguments.FirstOrDefault(a => a.MemberName == name).TypedValue.Value;

    /// <summary>The cmdlet's whole surface in a few lines.</summary>
    public string Describe()
    {
        var text = new StringBuilder();
        _ = text.Append(Name).Append(" -> ").AppendJoin(", ", OutputTypes.Select(t => t.Name));
        _ = text.Append(SupportsShouldProcess ? " (ShouldProcess)" : string.Empty).Append(DefaultParameterSet is null ? string.Empty : $" [{DefaultParameterSet}]").Append('\n');
        foreach (var parameter in Parameters)
        {
            _ = text.Append("  -").Append(parameter.Name).Append(" <").Append(TypeName(parameter.PropertyType)).Append('>');
            string[] aliases = [.. Extras(parameter, nameof(AliasAttribute)).SelectMany(a => (IEnumerable<CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!).Select(a => (string)a.Value!)];
            _ = text.Append(aliases.Length == 0 ? string.Empty : $" aliases {string.Join(",", aliases)}");
            _ = text.AppendJoin(string.Empty, ParameterAttributes(parameter).Select(DescribeSet));
            string[] marks = [.. parameter.GetCustomAttributesData().Select(a => a.AttributeType.Name.Replace("Attribute", string.Empty, StringComparison.Ordinal)).Where(n => n is not ("Parameter" or "Alias" or "Nullable"))
                .Select(n => n == "ArgumentCompleter" ? $"completed by {Completer(parameter)}" : n).Order(StringComparer.Ordinal)];
            _ = text.Append(marks.Length == 0 ? string.Empty : $" ({string.Join(", ", marks)})").Append('\n');
        }

        return text.ToString();
    }

    private static string DescribeSet(CustomAttributeData attribute)
    {
        var words = new List<string>();
        if (Argument(attribute, "Mandatory") is true)
        {
            words.Add("mandatory");
        }

        if (Argument(attribute, "Position") is int position)
        {
            words.Add($"position {position}");
        }

        if (Argument(attribute, "ValueFromPipeline") is true)
        {
            words.Add("pipeline");
        }

        if (Argument(attribute, "ValueFromPipelineByPropertyName") is true)
        {
            words.Add("pipeline by name");
        }

        return $" {{{Argument(attribute, "ParameterSetName") ?? "all"}{(words.Count == 0 ? string.Empty : ": " + string.Join(", ", words))}}}";
    }

    private static IEnumerable<CustomAttributeData> Extras(PropertyInfo property, string attribute)
        => property.GetCustomAttributesData().Where(a => a.AttributeType.Name == attribute);

    private static string Completer(PropertyInfo property)
        => ((Type)Extras(property, nameof(ArgumentCompleterAttribute)).Single().ConstructorArguments[0].Value!).Name;

    private static string TypeName(Type type) => type.IsArray
        ? TypeName(type.GetElementType()!) + "[]"
        : type switch
        {
            _ when type == typeof(string) => "string",
            _ when type == typeof(int) => "int",
            _ when type == typeof(long) => "long",
            _ when type == typeof(bool) => "bool",
            _ => type.Name,
        };

    private object? Named(string name) => Argument(_cmdlet, name);
}
