using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>An address to bind, with everything that a later renewal must repeat (the kernel forgets what is left out).</summary>
/// <param name="InterfaceIndex">The interface to bind to.</param>
/// <param name="Address">The address.</param>
/// <param name="PrefixLength">0..32 or 0..128.</param>
public readonly record struct AddressAssignment(int InterfaceIndex, InetAddress Address, byte PrefixLength)
{
    /// <summary>A lifetime without end.</summary>
    public const uint Forever = uint.MaxValue;

    private readonly uint _missingValid;
    private readonly uint _missingPreferred;

    /// <summary>Whole seconds until the kernel removes the address (within one second more); forever unless set.</summary>
    public uint ValidLifetime
    {
        get => Forever - _missingValid;
        init => _missingValid = Forever - value;
    }

    /// <summary>
    /// Whole seconds during which the address may be chosen as a source address; at most <see cref="ValidLifetime"/>, and
    /// forever means as long as that.
    /// </summary>
    public uint PreferredLifetime
    {
        get => Math.Min(Forever - _missingPreferred, ValidLifetime);
        init => _missingPreferred = Forever - value;
    }

    /// <summary>The mark to bind it with; see <see cref="AddressProtocol"/>.</summary>
    public byte Protocol { get; init; }

    /// <summary>The flags to bind it with.</summary>
    public AddressFlags Flags { get; init; }

    /// <summary>IPv4: the broadcast address, or <c>default</c> for none.</summary>
    public InetAddress Broadcast { get; init; }

    /// <summary>IPv4: the alias label (<c>eth0:1</c>), or null.</summary>
    public string? Label { get; init; }

    /// <summary><c>192.0.2.1/32 on interface 3</c>.</summary>
    public override string ToString() => $"{Address}/{PrefixLength} on interface {InterfaceIndex}";
}
