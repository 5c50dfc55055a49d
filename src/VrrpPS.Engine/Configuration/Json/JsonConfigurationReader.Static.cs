using VrrpPS.Engine.Configuration.Static;

namespace VrrpPS.Engine.Configuration.Json;

/// <content>What the node has whoever is Master.</content>
public static partial class JsonConfigurationReader
{
    private static LocatedStatic? Static(JsonObjectBinder document, DiagnosticBag diagnostics)
    {
        if (document.Node("static") is not { } node)
        {
            return null;
        }

        var o = new JsonObjectBinder(node, "static", JsonVocabulary.Static, diagnostics);
        return new LocatedStatic(
            new StaticConfiguration
            {
                Addresses = VirtualAddresses(o, "addresses", diagnostics).ToVrrpList(),
                Routes = Routes(o, "routes", diagnostics),
                Rules = Rules(o, "rules", diagnostics),
                NetworkNamespace = o.Text("networkNamespace"),
            },
            node.At)
        {
            Properties = o.Positions,
        };
    }
}
