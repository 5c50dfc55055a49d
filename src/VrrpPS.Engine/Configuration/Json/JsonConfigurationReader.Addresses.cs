namespace VrrpPS.Engine.Configuration.Json;

/// <content>Virtual addresses: text, or an object when there is more to say.</content>
public static partial class JsonConfigurationReader
{
    /// <summary>The options that are words with a value in the text form, by the name of their property.</summary>
    private static readonly (string Property, string Word)[] s_values =
        [("interfaceName", "dev"), ("label", "label"), ("broadcast", "brd"), ("scope", "scope"), ("peer", "peer")];

    private static readonly (string Property, string[] Words)[] s_switches =
        [("skipAsSource", ["preferred_lft", "0"]), ("noPrefixRoute", ["noprefixroute"]), ("homeAddress", ["home"]), ("noTrack", ["no_track"])];

    private static List<VirtualAddress> VirtualAddresses(JsonObjectBinder owner, string name, DiagnosticBag diagnostics)
    {
        var addresses = new List<VirtualAddress>();
        foreach (var item in owner.Items(name) ?? [])
        {
            if (VirtualAddress(item, diagnostics) is { } address)
            {
                addresses.Add(address);
            }
        }

        return addresses;
    }

    private static VirtualAddress? VirtualAddress(JsonNode item, DiagnosticBag diagnostics)
    {
        if (item.Kind == JsonNodeKind.String)
        {
            if (Configuration.VirtualAddress.TryParse(item.Text, out var plain, out var problem))
            {
                return plain;
            }

            diagnostics.Error(item.At, problem.ErrorId, problem.Message);
            return null;
        }

        // Its properties are the words of the text form, so that one reader judges both.
        var o = new JsonObjectBinder(item, "a virtual address", JsonVocabulary.VirtualAddress, diagnostics);
        var words = new List<string>();
        var origins = new List<JsonNode>();
        void Add(JsonNode origin, params string[] more)
        {
            words.AddRange(more);
            origins.AddRange(Enumerable.Repeat(origin, more.Length));
        }

        bool advertised = o.Boolean("advertised") ?? true;
        if (o.Text("address") is not { } text)
        {
            return null;
        }

        Add(o.Node("address")!, text);
        foreach (var (property, word) in s_values)
        {
            if (o.Text(property) is { } value)
            {
                Add(o.Node(property)!, word, value);
            }
        }

        foreach (var (property, more) in s_switches)
        {
            if (o.Boolean(property) == true)
            {
                Add(o.Node(property)!, more);
            }
        }

        if (Addresses.VirtualAddressWords.TryRead(words, out var address, out var error, out int at))
        {
            return address with { Advertised = advertised };
        }

        diagnostics.Error(origins[at].At, error.ErrorId, error.Message);
        return null;
    }
}
