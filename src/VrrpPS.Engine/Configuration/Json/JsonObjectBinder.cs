using System.Globalization;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration.Json;

/// <summary>Takes known properties out of one JSON object, and reports unknown, missing and mistyped ones.</summary>
internal sealed class JsonObjectBinder
{
    private readonly Dictionary<string, (JsonProperty Property, JsonMember Member)> _members = new(StringComparer.Ordinal);
    private readonly DiagnosticBag _diagnostics;

    public JsonObjectBinder(JsonNode node, string what, IReadOnlyList<JsonProperty> vocabulary, DiagnosticBag diagnostics)
    {
        _diagnostics = diagnostics;
        if (node.Kind != JsonNodeKind.Object)
        {
            diagnostics.Error(node.At, ConfigurationCodes.InvalidValue, $"{node.Display} stands where {what} is expected: write {{ ... }}.");
            return;
        }

        IsObject = true;
        foreach (var member in node.Members)
        {
            if (vocabulary.FirstOrDefault(p => p.Name == member.Name) is not { } property)
            {
                diagnostics.Error(member.NameAt, ConfigurationCodes.UnknownKeyword,
                    $"'{member.Name}' is not a property of {what}.{NameSuggestion.Hint(member.Name, vocabulary.Select(p => p.Name))}");
            }
            else if (member.Value.Kind != JsonNodeKind.Null)
            {
                _members.Add(member.Name, (property, member));
            }
        }

        foreach (var property in vocabulary.Where(p => p.Required && !_members.ContainsKey(p.Name)))
        {
            diagnostics.Error(node.At, ConfigurationCodes.MissingValue, $"{Capital(what)} needs '{property.Name}'.");
            IsIncomplete = true;
        }
    }

    /// <summary>Whether there was an object to take properties from.</summary>
    public bool IsObject { get; }

    /// <summary>Whether a required property is missing or could not be read.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>Where each property given stands, by its name in the model.</summary>
    public Dictionary<string, SourcePosition> Positions
        => _members.Values.DistinctBy(m => m.Property.ModelName).ToDictionary(m => m.Property.ModelName, m => m.Member.Value.At, StringComparer.Ordinal);

    public JsonNode? Node(string name) => _members.TryGetValue(name, out var found) ? found.Member.Value : null;

    public string? Text(string name) => Node(name) is { } node ? Text(node, name) : null;

    public bool? Boolean(string name)
    {
        if (Node(name) is not { } node)
        {
            return null;
        }

        return node.Kind == JsonNodeKind.Boolean ? node.Text == "true" : Refuse<bool?>(node, name, "true or false");
    }

    public int? Integer(string name)
    {
        if (Node(name) is not { } node)
        {
            return null;
        }

        // The range is the validator's business, so that every way in words it the same.
        return node.Kind == JsonNodeKind.Number && int.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : Refuse<int?>(node, name, $"a whole number from {_members[name].Property.Minimum} to {_members[name].Property.Maximum}");
    }

    public TimeSpan? Duration(string name) => Node(name) is { } node ? Duration(node, name) : null;

    public IReadOnlyList<TimeSpan>? Durations(string name) => Items(name)?.Select(i => Duration(i, name)).OfType<TimeSpan>().ToArray();

    public IReadOnlyList<string>? Texts(string name) => Items(name)?.Select(i => Text(i, name)).OfType<string>().ToArray();

    public InetAddress? Address(string name) => Node(name) is { } node ? Address(node, name) : null;

    public IReadOnlyList<InetAddress>? Addresses(string name) => Items(name)?.Select(i => Address(i, name)).OfType<InetAddress>().ToArray();

    /// <summary>The index of the enumeration's word.</summary>
    public int? Choice(string name) => Node(name) is { } node ? Choice(node, name) : null;

    private int? Choice(JsonNode node, string name)
    {
        var words = _members[name].Property.Values;
        int index = node.Kind == JsonNodeKind.String ? words.TakeWhile(w => !w.Equals(node.Text, StringComparison.OrdinalIgnoreCase)).Count() : words.Count;
        return index < words.Count ? index : Refuse<int?>(node, name, $"one of {string.Join(", ", words)}");
    }

    /// <summary>The indices of the enumeration's words in a list.</summary>
    public IReadOnlyList<int>? Choices(string name) => Items(name)?.Select(i => Choice(i, name)).OfType<int>().ToArray();

    public IReadOnlyList<JsonNode>? Items(string name)
    {
        if (Node(name) is not { } node)
        {
            return null;
        }

        return node.Kind == JsonNodeKind.Array ? node.Items : Refuse<IReadOnlyList<JsonNode>?>(node, name, "a list in [ ]");
    }

    private string? Text(JsonNode node, string name)
        => node.Kind == JsonNodeKind.String ? node.Text : Refuse<string?>(node, name, "a text in quotes");

    private TimeSpan? Duration(JsonNode node, string name)
    {
        const string form = "a duration such as \"100ms\" or \"1.5s\", or a number of seconds";
        if (node.Kind is not JsonNodeKind.String and not JsonNodeKind.Number)
        {
            return Refuse<TimeSpan?>(node, name, form);
        }

        return DurationText.TryParse(node.Text, out var duration) ? duration : Refuse<TimeSpan?>(node, name, form);
    }

    private InetAddress? Address(JsonNode node, string name)
        => node.Kind == JsonNodeKind.String && InetAddress.TryParse(node.Text, out var address)
            ? address
            : Refuse<InetAddress?>(node, name, "an IPv4 or IPv6 address in quotes, without prefix length or scope");

    private T? Refuse<T>(JsonNode node, string name, string expected)
    {
        IsIncomplete |= _members[name].Property.Required;
        string shown = name.StartsWith("authentication", StringComparison.Ordinal) || name.StartsWith("password", StringComparison.Ordinal) ? "this" : node.Display;
        _diagnostics.Error(node.At, ConfigurationCodes.InvalidValue, $"'{name}' cannot be {shown}: write {expected}.");
        return default;
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
