using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Runtime;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Engine.Errors;

/// <content>Errors of running instances.</content>
public static partial class VrrpErrors
{
    /// <summary>The loop has ended, or is just ending.</summary>
    public static VrrpException EngineFailed(Exception? cause) => new(
        ErrorIds.EngineFailed,
        cause is null
            ? "The engine is shutting down and takes no more commands."
            : $"The engine's loop ended unexpectedly: {cause.Message} The addresses were released. Start the instances again, and report this with the text of the inner exception.",
        innerException: cause);

    /// <summary>The advertisement cannot be built on this interface.</summary>
    public static VrrpException AdvertisementImpossible(string name, EncodeError error, int addressCount, string interfaceName, int mtu) => error switch
    {
        EncodeError.TooManyAddresses or EncodeError.ExceedsMtu => new(
            ErrorIds.TooManyAddresses,
            $"The {addressCount} addresses of '{name}' do not fit one advertisement (MTU {mtu} of {interfaceName}, at most 255). Advertisements are never fragmented: make some of them excluded addresses, which are bound and announced but not listed.",
            name),
        _ => new(
            ErrorIds.InvalidConfiguration,
            $"The advertisement of '{name}' cannot be built on {interfaceName}: {error}.",
            name),
    };

    /// <summary>Priority 255 claims the addresses, but the interface does not have them.</summary>
    public static VrrpException NotAddressOwner(string name, string interfaceName, VrrpList<VirtualAddress> addresses) => new(
        ErrorIds.NotAddressOwner,
        $"Priority 255 says that this node owns {addresses}, but {interfaceName} does not have all of them (RFC 9568 section 5.2.4). Use a priority of 1..254, or configure the addresses on the interface first.",
        name);

    /// <summary>Another instance, of this or another process, serves the address on the same interface.</summary>
    public static VrrpException AddressOfAnotherInstance(string name, InetAddress address, string interfaceName, string other) => new(
        ErrorIds.InvalidAddress,
        $"'{name}' cannot have {address} on {interfaceName}: {other} has it there, and each would take it from the other. Give the address to one of them, or stop {other} first.",
        address.ToString());

    /// <summary>Another process keeps static addresses in the namespace.</summary>
    public static VrrpException StaticNetworkInUse(string holder) => new(
        ErrorIds.StaticNetworkInUse,
        $"Static addresses, routes and rules of this network namespace are kept by {holder} already: each would remove the other's. Put them into one configuration, or stop that process.");

    /// <summary>The link for a virtual MAC address cannot be made. The reason says the way out, without a full stop.</summary>
    public static VrrpException VirtualMacImpossible(string name, string linkName, string reason) => new(
        ErrorIds.VirtualMacImpossible,
        $"'{name}' cannot have its virtual MAC address on {linkName}: {reason}. Or leave -UseVirtualMac out.",
        linkName);

    /// <summary>Accept mode is off, and the kernel does not help.</summary>
    public static VrrpException AcceptModeImpossible(string name, KernelException reason) => new(
        ErrorIds.AcceptModeImpossible,
        $"'{name}' has accept mode off and cannot keep the kernel from accepting what is sent to its addresses: {reason.Message.TrimEnd('.')}. It needs CAP_NET_ADMIN and a kernel with nf_tables (modprobe nf_tables). Or leave -DisableAcceptMode out.",
        name);

    /// <summary>One address is accepted and refused on the same host.</summary>
    public static VrrpException AcceptModesDiffer(string name, InetAddress address, string other) => new(
        ErrorIds.InvalidAddress,
        $"'{name}' and {other} both have {address}, one with accept mode on and one with it off, and Linux takes it from all interfaces alike. Give both the same accept mode, or the address to one of them.",
        address.ToString());

    /// <summary>Only a Master can do this.</summary>
    public static VrrpException NotMaster(InstanceKey key, RouterState state) => new(
        ErrorIds.NotMaster,
        $"'{key}' is {state}, not Master. Run this on the node that Get-VrrpState shows as Master (MasterAddress says which).",
        key.Name);

    /// <summary>Nobody took the role.</summary>
    public static VrrpException NoSuccessor(InstanceKey key, RouterState state) => new(
        ErrorIds.NoSuccessor,
        $"No other router took over from '{key}', which is {state} now. Start another node of the virtual router, or check with Watch-VrrpAdvert that it is heard.",
        key.Name);

    /// <summary>A running instance cannot change what identifies it.</summary>
    public static VrrpException IdentityChanged(string name) => new(
        ErrorIds.InvalidConfiguration,
        $"Interface, VRID, family, version, namespace and virtual MAC address of the running instance '{name}' cannot be changed: they are its identity. Stop it and start another.",
        name);
}
