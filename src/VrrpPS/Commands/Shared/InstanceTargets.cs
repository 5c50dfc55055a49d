using System.Management.Automation;
using VrrpPS.Engine.Errors;
using VrrpPS.Errors;
using VrrpPS.Lifecycle;

namespace VrrpPS.Commands;

/// <summary>Which running instances a changing command means.</summary>
internal static class InstanceTargets
{
    /// <summary>The instances of the pipeline if there are any, else those of the names; what runs no longer is an error.</summary>
    internal static IEnumerable<VrrpInstance> Resolve(PSCmdlet cmdlet, InstanceSources sources, VrrpInstance[] instances, string[] names, NamespaceFilter filter)
    {
        if (string.Equals(cmdlet.ParameterSetName, ParameterSets.InputObject, StringComparison.Ordinal))
        {
            foreach (var instance in instances)
            {
                if (sources.Refresh(instance) is { } current)
                {
                    yield return current;
                }
                else
                {
                    cmdlet.WriteError(ErrorRecords.From(VrrpErrors.InstanceNotFound(instance.Name, instance.NetworkNamespace)));
                }
            }

            yield break;
        }

        foreach (var instance in InstanceSelector.SelectForChange(sources.Instances, names, filter, refusal => cmdlet.WriteError(ErrorRecords.From(refusal))))
        {
            yield return instance;
        }
    }

    /// <summary>Refuses an instance of the service whose secrets would be needed: only stars came with it.</summary>
    /// <exception cref="VrrpException">InvalidConfiguration.</exception>
    internal static void RequireSecrets(VrrpConfiguration configuration)
    {
        if (configuration is VrrpInstance { SocketPath: not null } instance
            && (instance.HasAuthentication || instance.Configuration.Notification.Mail?.Password is not null))
        {
            throw VrrpErrors.NotInService(instance.Name, "its passwords and keys stay there. Take them from the service's configuration file with Import-VrrpConfiguration.");
        }
    }
}
