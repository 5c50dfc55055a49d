namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>
/// Writes a keepalived.conf that keepalived 2.2.7 and later take and <see cref="KeepalivedReader"/> reads back to the same values.
/// What keepalived has no words for is in the result's findings, by the name of the property.
/// </summary>
public static class KeepalivedWriter
{
    /// <summary>The name that findings carry in place of a file.</summary>
    internal const string File = "keepalived.conf";

    /// <summary>Writes a document.</summary>
    /// <param name="document">What to write; valid.</param>
    /// <param name="includeSecrets">Whether passwords are written in clear text; otherwise they are left out, with a finding.</param>
    public static KeepalivedText Write(ConfigurationDocument document, bool includeSecrets)
    {
        var diagnostics = new DiagnosticBag();
        var instances = OneNamespace(document.Instances, diagnostics);
        var writer = new KeepalivedDocumentWriter(instances, includeSecrets, diagnostics);
        foreach (var property in KeepalivedSharedProperties.All)
        {
            property.Write(writer, document);
        }

        foreach (var instance in instances)
        {
            var instanceWriter = KeepalivedInstanceWriter.Begin(writer, instance);
            foreach (var property in KeepalivedInstanceProperties.All)
            {
                property.Write(instanceWriter, instance);
            }
        }

        return new KeepalivedText(writer.ToText(), diagnostics.ToList());
    }

    /// <summary>A keepalived process serves one namespace: that of the first instance is written, the others are named.</summary>
    private static List<InstanceConfiguration> OneNamespace(VrrpList<InstanceConfiguration> instances, DiagnosticBag diagnostics)
    {
        var written = new List<InstanceConfiguration>();
        foreach (var instance in instances)
        {
            if (string.Equals(instance.NetworkNamespace, instances[0].NetworkNamespace, StringComparison.Ordinal))
            {
                written.Add(instance);
            }
            else
            {
                diagnostics.Loss(
                    new SourcePosition(File, 0, 0),
                    $"{instance.Name} is left out: its networkNamespace is {SpaceOf(instance)} and that of {instances[0].Name} is {SpaceOf(instances[0])}, and one keepalived serves one namespace. Export it to a file of its own.");
            }
        }

        return written;
    }

    private static string SpaceOf(InstanceConfiguration c) => c.NetworkNamespace is { } space ? $"'{space}'" : "the process's own";
}
