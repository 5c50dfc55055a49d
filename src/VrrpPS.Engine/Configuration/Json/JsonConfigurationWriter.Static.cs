using System.Text.Json;
using VrrpPS.Engine.Configuration.Static;

namespace VrrpPS.Engine.Configuration.Json;

/// <content>What the node has whoever is Master.</content>
public static partial class JsonConfigurationWriter
{
    private static void Static(Utf8JsonWriter w, StaticConfiguration c)
    {
        if (c == StaticConfiguration.None)
        {
            return;
        }

        w.WriteStartObject("static");
        if (c.Addresses.Count > 0)
        {
            w.WriteStartArray("addresses");
            foreach (var address in c.Addresses)
            {
                VirtualAddress(w, address);
            }

            w.WriteEndArray();
        }

        Texts(w, "routes", c.Routes.Select(static route => route.ToString()));
        Texts(w, "rules", c.Rules.Select(static rule => rule.ToString()));
        Text(w, "networkNamespace", c.NetworkNamespace);
        w.WriteEndObject();
    }
}
