using VrrpPS.Engine.Configuration.Addresses;
using VrrpPS.Engine.Errors;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration;

public static partial class ConfigurationValidator
{
    /// <summary>What is wrong with the options of an address, or null.</summary>
    private static VrrpException? CheckOptions(VirtualAddress address, string instanceInterface)
    {
        string device = address.InterfaceName ?? instanceInterface;
        if (!IsInterfaceName(device) && address.InterfaceName is not null)
        {
            return VrrpErrors.InvalidInterfaceName(address.InterfaceName);
        }

        string? reason = address.Address.Family == AddressFamily.IPv4 ? IPv4OptionReason(address, device) : IPv6OptionReason(address);
        reason ??= address.Peer switch
        {
            { } peer when peer.IsNone || peer.Family != address.Address.Family => $"its other end {peer} is of the other family. Name an address of the same one.",
            { } peer when peer == address.Address => "it cannot be its own other end. Name the other host's address.",
            { } peer when UnusableReason(peer) is { } unusable => $"of its other end: {unusable} Name the other host's address.",
            _ => null,
        };
        return reason is null ? null : VrrpErrors.InvalidAddress(address.PrefixText, reason);
    }

    private static string? IPv4OptionReason(VirtualAddress address, string device)
    {
        if (address.HomeAddress)
        {
            return "only IPv6 has home addresses. Leave 'home' out.";
        }

        if (address.Broadcast is { Family: not AddressFamily.IPv4 } broadcast)
        {
            return $"{broadcast} is no IPv4 broadcast address. Name one, or write + for that of the subnet.";
        }

        // The kernel takes other labels, but ifconfig and many scripts look for the part before the colon.
        return address.Label is { } label
            && (label.Length is 0 or > MaxInterfaceNameLength || (label != device && !label.StartsWith(device + ":", StringComparison.Ordinal)))
            ? $"the label '{label}' must begin with '{device}:' and have at most {MaxInterfaceNameLength} characters."
            : null;
    }

    private static string? IPv6OptionReason(VirtualAddress address) => address switch
    {
        { Label: not null } => "only IPv4 addresses have labels. Leave 'label' out.",
        { Broadcast: not null } => "IPv6 has no broadcast address. Leave it out.",
        { Scope: not AddressScope.Global } => "an IPv6 address says its scope itself. Leave 'scope' out.",
        _ => null,
    };
}
