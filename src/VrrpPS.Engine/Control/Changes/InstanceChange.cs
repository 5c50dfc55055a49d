using System.Text.Json;
using System.Text.Json.Nodes;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Control.Changes;

/// <summary>What <c>set</c> makes of a configuration.</summary>
internal static class InstanceChange
{
    /// <summary>The configuration with the changes.</summary>
    /// <param name="current">What runs.</param>
    /// <param name="changes">A merge patch of the instance as the configuration file writes it.</param>
    /// <param name="hasAllRights">Whether who asks may name programs and files to the service.</param>
    /// <exception cref="VrrpException">ConfigurationSyntax, InvalidConfiguration or NotPermitted.</exception>
    public static InstanceConfiguration Apply(InstanceConfiguration current, JsonElement changes, bool hasAllRights)
    {
        if (changes.ValueKind != JsonValueKind.Object)
        {
            throw VrrpErrors.ControlParameters("'changes' is missing or no object: write the properties that change, as the configuration file has them.");
        }

        var patch = JsonObject.Create(changes)!;
        if (!hasAllRights && FileMember(patch) is { } member)
        {
            throw VrrpErrors.ControlChangeNeedsRoot(current.Name, $"'{member}' names a file");
        }

        var instance = InstanceJson.Write(current);
        MergePatch.Apply(instance, patch);
        var wanted = SecretMask.Restore(InstanceJson.Read(instance, isForeign: false), current);
        if (wanted.Name != current.Name || wanted.NetworkNamespace != current.NetworkNamespace)
        {
            throw VrrpErrors.IdentityChanged(current.Name);
        }

        if (!hasAllRights && Reach(current, wanted) is { } what)
        {
            throw VrrpErrors.ControlChangeNeedsRoot(current.Name, what);
        }

        return wanted;
    }

    /// <summary>What of the new configuration would start programs or open files that the old one does not.</summary>
    private static string? Reach(InstanceConfiguration current, InstanceConfiguration wanted)
    {
        if (wanted.Notification != current.Notification)
        {
            return "'notification' names programs and files";
        }

        var known = current.Trackers.Where(static tracker => tracker is ScriptTracker or FileTracker).ToHashSet();
        return wanted.Trackers.FirstOrDefault(tracker => tracker is ScriptTracker or FileTracker && !known.Contains(tracker)) is { } added
            ? $"the tracker '{added.Name}' names a program or file"
            : null;
    }

    private static string? FileMember(JsonNode? node) => node switch
    {
        JsonObject o => o.Select(static member => member.Key).FirstOrDefault(static name => name.EndsWith("File", StringComparison.Ordinal))
            ?? o.Select(static member => FileMember(member.Value)).FirstOrDefault(static name => name is not null),
        JsonArray a => a.Select(FileMember).FirstOrDefault(static name => name is not null),
        _ => null,
    };
}
