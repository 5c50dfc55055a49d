using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>An address bound to an interface, as the kernel describes it.</summary>
/// <param name="InterfaceIndex">The interface.</param>
/// <param name="Address">The local address.</param>
/// <param name="PrefixLength">0..32 or 0..128.</param>
/// <param name="Protocol">Who bound it (IFA_PROTO, Linux 5.18); 0 when unknown. See <see cref="AddressProtocol"/>.</param>
/// <param name="Flags">The flags.</param>
/// <param name="ValidLifetime">Seconds until the kernel removes it; <see cref="AddressAssignment.Forever"/> for never.</param>
/// <param name="PreferredLifetime">Seconds until it is deprecated; <see cref="AddressAssignment.Forever"/> for never.</param>
/// <param name="CreationStamp">When it was created, in hundredths of a second since boot. A renewal keeps it.</param>
/// <param name="UpdateStamp">When it was last changed, in hundredths of a second since boot.</param>
public readonly record struct AddressInfo(
    int InterfaceIndex,
    InetAddress Address,
    byte PrefixLength,
    byte Protocol,
    AddressFlags Flags,
    uint ValidLifetime,
    uint PreferredLifetime,
    uint CreationStamp,
    uint UpdateStamp)
{
    /// <summary>The other end of a point-to-point address, or <c>default</c>.</summary>
    public InetAddress Peer { get; init; }

    /// <summary>The scope (RT_SCOPE_*); 0 is global.</summary>
    public byte Scope { get; init; }

    /// <summary>IPv4: the broadcast address, or <c>default</c>.</summary>
    public InetAddress Broadcast { get; init; }

    /// <summary>IPv4: the label, which is the interface's name unless it was given.</summary>
    public InterfaceName Label { get; init; }
}
