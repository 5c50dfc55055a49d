using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Configuration;

public static partial class ConfigurationValidator
{
    private static void CheckVirtualMac(InstanceConfiguration c, List<ConfigurationProblem> problems)
    {
        if (c.VirtualMac is not { } options)
        {
            return;
        }

        string name = options.NameFor(c);
        if (!IsInterfaceName(name))
        {
            Add(problems, nameof(c.VirtualMac), VrrpErrors.InvalidInterfaceName(name));
        }

        string? reason = options switch
        {
            _ when name == c.InterfaceName
                => $"'{name}' is the interface itself, and the virtual MAC address needs a link of its own. Choose another name, or leave it out.",
            { Address: { } address } when address.IsMulticast || address.Value == 0
                => $"{address} is the MAC address of no single interface. Leave it out for the protocol's own, or choose one whose first octet is even.",
            { TransmitFromBase: false } when c.UnicastPeers.Count > 0
                => "Advertisements to unicast peers leave with the MAC address of the interface itself. Switch transmitting from it on, or leave the peers out.",
            _ => null,
        };
        if (reason is not null)
        {
            Add(problems, nameof(c.VirtualMac), VrrpErrors.InvalidConfiguration(reason, name));
        }
    }

    /// <summary>Links have their names in the whole namespace: two instances cannot have one of the same name.</summary>
    private static ConfigurationSetProblem? CheckVirtualMacName(IReadOnlyList<InstanceConfiguration> configurations, int index)
    {
        var c = configurations[index];
        if (c.VirtualMac?.NameFor(c) is not { } name)
        {
            return null;
        }

        var earlier = configurations.Take(index).FirstOrDefault(other => other.NetworkNamespace == c.NetworkNamespace && other.VirtualMac?.NameFor(other) == name);
        return earlier is null ? null : new ConfigurationSetProblem(index, nameof(c.VirtualMac), VrrpErrors.InvalidConfiguration(
            $"'{c.Name}' and '{earlier.Name}' would both have their virtual MAC address on a link '{name}'. Give one of them another name (-VirtualMacName, \"interfaceName\" of \"virtualMac\").", name));
    }
}
