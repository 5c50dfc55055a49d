namespace VrrpPS.Engine.Configuration.Json;

/// <summary>One property of the JSON configuration: the reader's table, which the published schema is tested against.</summary>
/// <param name="Name">As written in JSON.</param>
/// <param name="Type">What it takes.</param>
internal sealed record JsonProperty(string Name, JsonPropertyType Type)
{
    /// <summary>The property of the model, for pointing at it.</summary>
    public string ModelName { get; init; } = char.ToUpperInvariant(Name[0]) + Name[1..];

    public bool Required { get; init; }

    /// <summary>The least integer.</summary>
    public int Minimum { get; init; }

    /// <summary>The greatest integer.</summary>
    public int Maximum { get; init; }

    /// <summary>The words an enumeration takes, in the order of its values.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];
}
