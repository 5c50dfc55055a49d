using System.Text.Json.Nodes;

namespace VrrpPS.Engine.Control.Changes;

/// <summary>
/// JSON merge patches (RFC 7396): an object whose members replace those of another, null takes one away, objects are merged, lists
/// are replaced whole.
/// </summary>
internal static class MergePatch
{
    /// <summary>The patch that turns one object into another; empty when they are equal.</summary>
    public static JsonObject Between(JsonObject before, JsonObject after)
    {
        var patch = new JsonObject();
        foreach (string gone in before.Select(static member => member.Key).Where(name => !after.ContainsKey(name)))
        {
            patch[gone] = null;
        }

        foreach (var (name, value) in after)
        {
            var old = before[name];
            if (old is JsonObject left && value is JsonObject right)
            {
                var inner = Between(left, right);
                if (inner.Count > 0)
                {
                    patch[name] = inner;
                }
            }
            else if (!before.ContainsKey(name) || !JsonNode.DeepEquals(old, value))
            {
                patch[name] = value?.DeepClone();
            }
        }

        return patch;
    }

    /// <summary>Changes an object as a patch says (RFC 7396 section 2).</summary>
    public static void Apply(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else if (value is JsonObject changes)
            {
                var inner = target[name] as JsonObject ?? [];
                Apply(inner, changes);
                if (inner.Parent is null)
                {
                    target[name] = inner;
                }
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }
    }
}
