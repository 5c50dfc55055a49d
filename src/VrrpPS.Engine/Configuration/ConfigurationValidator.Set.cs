using VrrpPS.Engine.Configuration.Groups;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Configuration;

public static partial class ConfigurationValidator
{
    /// <summary>Finds configurations that cannot run together: the same virtual router on one interface, or the same name.</summary>
    public static IReadOnlyList<ConfigurationSetProblem> ValidateSet(IReadOnlyList<InstanceConfiguration> configurations)
    {
        var problems = new List<ConfigurationSetProblem>();
        var routers = new Dictionary<(string?, string, int, Protocol.AddressFamily), InstanceConfiguration>();
        var names = new HashSet<Runtime.InstanceKey>();
        var groups = new Dictionary<string, InstanceConfiguration>(StringComparer.Ordinal);
        var speakers = new Dictionary<string, InstanceConfiguration>(StringComparer.Ordinal);
        for (int i = 0; i < configurations.Count; i++)
        {
            var c = configurations[i];
            if (!routers.TryAdd((c.NetworkNamespace, c.InterfaceName, c.VirtualRouterId, c.AddressFamily), c))
            {
                var first = routers[(c.NetworkNamespace, c.InterfaceName, c.VirtualRouterId, c.AddressFamily)];
                problems.Add(new ConfigurationSetProblem(i, nameof(c.VirtualRouterId), VrrpErrors.DuplicateVirtualRouter(first, c)));
            }

            if (c.SyncGroup is { } group && !groups.TryAdd(group, c) && groups[group].NetworkNamespace != c.NetworkNamespace)
            {
                problems.Add(new ConfigurationSetProblem(i, nameof(c.SyncGroup), VrrpErrors.InvalidConfiguration(
                    $"'{groups[group].Name}' and '{c.Name}' are in sync group '{group}', but in different network namespaces. Give each namespace a group of its own.", group)));
            }

            if (c.SyncGroup is { } named && c.SyncGroupOptions != SyncGroupOptions.None
                && !speakers.TryAdd(named, c) && speakers[named].SyncGroupOptions != c.SyncGroupOptions)
            {
                problems.Add(new ConfigurationSetProblem(i, nameof(c.SyncGroupOptions), VrrpErrors.SyncGroupDiffers(named, speakers[named].Name, c.Name)));
            }

            if (CheckVirtualMacName(configurations, i) is { } taken)
            {
                problems.Add(taken);
            }

            if (!names.Add(new Runtime.InstanceKey(c.Name, c.NetworkNamespace)))
            {
                problems.Add(new ConfigurationSetProblem(i, nameof(c.Name), VrrpErrors.DuplicateInstanceName(c.Name)));
            }
        }

        return problems;
    }

    /// <summary>Refuses a set of configurations with its first problem.</summary>
    /// <exception cref="VrrpException">The first problem of any member, else of the set.</exception>
    public static void ThrowIfInvalid(IReadOnlyList<InstanceConfiguration> configurations)
    {
        foreach (var configuration in configurations)
        {
            ThrowIfInvalid(configuration);
        }

        if (ValidateSet(configurations) is [var first, ..])
        {
            throw first.Error;
        }
    }
}
