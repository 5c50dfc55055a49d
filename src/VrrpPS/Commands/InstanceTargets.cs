using System.Management.Automation;
using VrrpPS.Engine.Errors;
using VrrpPS.Errors;
using VrrpPS.Lifecycle;

namespace VrrpPS.Commands;

/// <summary>Which running instances a changing command means.</summary>
internal static class InstanceTargets
{
    /// <summary>The instances of the pipeline if there are any, else those of the names; what runs no longer is an error.</summary>
    internal static IEnumerable<VrrpInstance> Resolve(PSCmdlet cmdlet, VrrpInstance[] instances, string[] names, NamespaceFilter filter)
    {
        if (string.Equals(cmdlet.ParameterSetName, ParameterSets.InputObject, StringComparison.Ordinal))
        {
            foreach (var instance in instances)
            {
                if (InstanceCatalog.FindConfiguration(instance.Key) is { } current)
                {
                    yield return new VrrpInstance(current);
                }
                else
                {
                    cmdlet.WriteError(ErrorRecords.From(VrrpErrors.InstanceNotFound(instance.Name, instance.NetworkNamespace)));
                }
            }

            yield break;
        }

        var found = InstanceSelector.SelectForChange(
            InstanceCatalog.Configurations, InstanceCatalog.KeyOf, names, filter, refusal => cmdlet.WriteError(ErrorRecords.From(refusal)));
        foreach (var configuration in found)
        {
            yield return new VrrpInstance(configuration);
        }
    }
}
