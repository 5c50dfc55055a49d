using System.Management.Automation;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Protocol;

namespace VrrpPS.Commands;

/// <content>A MAC address that moves with the addresses.</content>
public abstract partial class InstanceValueCmdlet
{
    /// <summary>
    /// Gives the addresses the virtual router's own MAC address, 00-00-5E-00-01-VRID or for IPv6 00-00-5E-00-02-VRID: it moves with them,
    /// and no host has to learn another. They are on a macvlan link of their own then. Switches and hypervisors must allow it.
    /// </summary>
    [Parameter]
    public SwitchParameter UseVirtualMac { get; set; }

    /// <summary>With -UseVirtualMac: the name of the link, at most 15 characters; vrrp.VRID unless given, for IPv6 vrrp6.VRID. An empty text returns to that.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? VirtualMacName { get; set; }

    /// <summary>With -UseVirtualMac: another MAC address than the protocol's own, the same on every node. An empty text returns to that.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? VirtualMacAddress { get; set; }

    /// <summary>With -UseVirtualMac: advertisements leave with the MAC address of the interface itself. Needed with unicast peers.</summary>
    [Parameter]
    public SwitchParameter TransmitFromBase { get; set; }

    private VirtualMacOptions? WithTypedVirtualMac(InstanceConfiguration configuration)
    {
        if (Typed(nameof(UseVirtualMac)) && !UseVirtualMac)
        {
            return null;
        }

        if ((configuration.VirtualMac ?? (UseVirtualMac ? VirtualMacOptions.Default : null)) is not { } options)
        {
            return VirtualMacName is null && VirtualMacAddress is null && !Typed(nameof(TransmitFromBase)) ? null : throw VrrpErrors.InvalidConfiguration(
                $"'{configuration.Name}' has no virtual MAC address that this could apply to. Add -UseVirtualMac.", configuration.Name);
        }

        return options with
        {
            InterfaceName = VirtualMacName is null ? options.InterfaceName : VirtualMacName.Length == 0 ? null : VirtualMacName,
            Address = VirtualMacAddress is null ? options.Address : ReadMac(VirtualMacAddress),
            TransmitFromBase = Typed(nameof(TransmitFromBase)) ? TransmitFromBase : options.TransmitFromBase,
        };
    }

    private static MacAddress? ReadMac(string text) => text.Length == 0 ? null
        : MacAddress.TryParse(text, out var address) ? address
        : throw VrrpErrors.InvalidConfiguration($"'{text}' is no MAC address. Write six pairs of hexadecimal digits joined by colons or hyphens.", text);
}
