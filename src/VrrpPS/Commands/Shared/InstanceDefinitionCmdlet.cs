using System.Management.Automation;
using VrrpPS.Completers;
using VrrpPS.Engine.Configuration;
using VrrpPS.Protocol;

namespace VrrpPS.Commands;

/// <summary>A command that describes a whole instance by parameters.</summary>
public abstract class InstanceDefinitionCmdlet : InstanceValueCmdlet
{
    /// <summary>The interface that carries advertisements and addresses.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSets.Values)]
    [Alias("InterfaceAlias")]
    [ArgumentCompleter(typeof(InterfaceNameCompleter))]
    public string InterfaceName { get; set; } = string.Empty;

    /// <summary>The virtual router identifier, 1..255; the same on all nodes.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ParameterSets.Values)]
    [Alias("VRID")]
    [ArgumentCompleter(typeof(VirtualRouterIdCompleter))]
    public int VirtualRouterId { get; set; }

    /// <summary>
    /// The virtual addresses, all IPv4 or all IPv6, with or without a prefix length (a host address without). Options may follow an
    /// address as in 'ip address add': '192.0.2.9/24 dev eth1 label eth1:v'.
    /// </summary>
    [Parameter(Mandatory = true, Position = 2, ParameterSetName = ParameterSets.Values)]
    [Alias("VIP")]
    public string[] VirtualIPAddress { get; set; } = [];

    /// <summary>The instance's name; interface, VRID and family joined by dashes unless given.</summary>
    [Parameter(ParameterSetName = ParameterSets.Values)]
    public string? Name { get; set; }

    /// <summary>The protocol version, 2 or 3. 3 unless given; IPv6 has only 3.</summary>
    [Parameter(ParameterSetName = ParameterSets.Values)]
    [ValidateRange(2, 3)]
    [ArgumentCompleter(typeof(VersionCompleter))]
    public int Version { get; set; } = 3;

    /// <summary>The named network namespace to run in.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NetworkNamespaceCompleter))]
    public string? NetworkNamespace { get; set; }

    /// <summary>The instance that the parameters describe; not yet judged.</summary>
    private protected InstanceConfiguration Describe()
    {
        var addresses = VirtualAddressList.Parse(VirtualIPAddress, InterfaceName, VirtualRouterId);
        var family = addresses[0].Address.Family;
        var version = (VrrpVersion)Version;
        return Place(WithTyped(new InstanceConfiguration
        {
            Name = Name ?? InstanceConfiguration.DefaultName(InterfaceName, VirtualRouterId, family),
            InterfaceName = InterfaceName,
            VirtualRouterId = VirtualRouterId,
            AddressFamily = family,
            VirtualAddresses = addresses,
            Version = version,
        }));
    }

    /// <summary>The configuration in the namespace that was typed, if one was.</summary>
    private protected InstanceConfiguration Place(InstanceConfiguration configuration)
        => Typed(nameof(NetworkNamespace))
            ? configuration with { NetworkNamespace = string.IsNullOrEmpty(NetworkNamespace) ? null : NetworkNamespace }
            : configuration;
}
