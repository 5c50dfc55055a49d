using VrrpPS.Engine.Configuration.Routing;

namespace VrrpPS.Engine.Configuration.Json;

/// <content>Routes and rules: text, in the words of <c>ip route</c> and <c>ip rule</c>.</content>
public static partial class JsonConfigurationReader
{
    private static VrrpList<VirtualRoute> Routes(JsonObjectBinder instance, DiagnosticBag diagnostics)
    {
        var routes = new List<VirtualRoute>();
        foreach (var (text, at) in Lines(instance, "virtualRoutes"))
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

    private static VrrpList<VirtualRule> Rules(JsonObjectBinder instance, DiagnosticBag diagnostics)
    {
        var rules = new List<VirtualRule>();
        foreach (var (text, at) in Lines(instance, "virtualRules"))
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

    /// <summary>The texts of a list and where they stand; what is no text is reported by the binder.</summary>
    private static IEnumerable<(string Text, SourcePosition At)> Lines(JsonObjectBinder instance, string name)
    {
        _ = instance.Texts(name);
        return (instance.Node(name) is { Kind: JsonNodeKind.Array } list ? list.Items : [])
            .Where(static item => item.Kind == JsonNodeKind.String)
            .Select(static item => (item.Text!, item.At));
    }
}
