using System.Text.Json;
using System.Text.Json.Nodes;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Json;
using JsonNode = System.Text.Json.Nodes.JsonNode;

namespace VrrpPS.Engine.Control.Changes;

/// <summary>One instance as the configuration file writes it.</summary>
internal static class InstanceJson
{
    private const string Instances = "instances";

    /// <summary>The object of an instance with all its secrets.</summary>
    public static JsonObject Write(InstanceConfiguration configuration)
    {
        string text = JsonConfigurationWriter.Write(new ConfigurationDocument { Instances = [configuration] }, includeSecrets: true);
        var instance = JsonNode.Parse(text)!.AsObject()[Instances]!.AsArray()[0]!.AsObject();
        instance.Parent!.AsArray().Remove(instance);
        return instance;
    }

    /// <summary>Reads the object of an instance.</summary>
    /// <param name="instance">The object.</param>
    /// <param name="isForeign">Whether another version may have written it, so that what is not known is passed over.</param>
    /// <exception cref="Errors.VrrpException">ConfigurationSyntax; every finding is in the message.</exception>
    public static InstanceConfiguration Read(JsonObject instance, bool isForeign)
    {
        var document = new JsonObject { [Instances] = new JsonArray(instance.DeepClone()) };
        var result = JsonConfigurationReader.Read(document.ToJsonString(), "the instance");
        if (isForeign && result.Document.Instances is [var known])
        {
            return known;
        }

        return result.EnsureUsable(allowPartial: true).Instances[0];
    }

    /// <summary>Reads the object of an instance.</summary>
    public static InstanceConfiguration Read(JsonElement instance)
        => instance.ValueKind == JsonValueKind.Object
            ? Read(JsonObject.Create(instance)!, isForeign: true)
            : throw new JsonException("An instance is no object.");
}
