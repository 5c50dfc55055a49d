using VrrpPS.Engine.Configuration.Routing;

namespace VrrpPS.Engine.Configuration.Json;

/// <content>What is written as text in words: routes and rules as <c>ip</c> takes them, and how far away peers may be.</content>
public static partial class JsonConfigurationReader
{
    private static VrrpList<VirtualRoute> Routes(JsonObjectBinder owner, string name, DiagnosticBag diagnostics)
    {
        var routes = new List<VirtualRoute>();
        foreach (var (text, at) in Lines(owner, name))
        {
            if (VirtualRoute.TryParse(text, out var route, out var error))
            {
                routes.Add(route);
            }
            else
            {
                diagnostics.Error(at, error.ErrorId, error.Message);
            }
        }

        return routes.ToVrrpList();
    }

    private static VrrpList<VirtualRule> Rules(JsonObjectBinder owner, string name, DiagnosticBag diagnostics)
    {
        var rules = new List<VirtualRule>();
        foreach (var (text, at) in Lines(owner, name))
        {
            if (VirtualRule.TryParse(text, out var rule, out var error))
            {
                rules.Add(rule);
            }
            else
            {
                diagnostics.Error(at, error.ErrorId, error.Message);
            }
        }

        return rules.ToVrrpList();
    }

    private static VrrpList<PeerTimeToLive> Windows(JsonObjectBinder instance, DiagnosticBag diagnostics)
    {
        var windows = new List<PeerTimeToLive>();
        foreach (var (text, at) in Lines(instance, "peerTimeToLive"))
        {
            if (PeerTimeToLive.TryParse(text, out var window, out var error))
            {
                windows.Add(window);
            }
            else
            {
                diagnostics.Error(at, error.ErrorId, error.Message);
            }
        }

        return windows.ToVrrpList();
    }

    /// <summary>The texts of a list and where they stand; what is no text is reported by the binder.</summary>
    private static IEnumerable<(string Text, SourcePosition At)> Lines(JsonObjectBinder instance, string name)
    {
        _ = instance.Texts(name);
        return (instance.Node(name) is { Kind: JsonNodeKind.Array } list ? list.Items : [])
            .Where(static item => item.Kind == JsonNodeKind.String)
            .Select(static item => (item.Text!, item.At));
    }
}
