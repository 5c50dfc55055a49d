using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration;

/// <summary>One virtual address of an instance.</summary>
/// <param name="Address">The address; of the instance's family.</param>
/// <param name="PrefixLength">0..32 or 0..128; without one in the input it is a host address, 32 or 128.</param>
public sealed record VirtualAddress(InetAddress Address, byte PrefixLength)
{
    /// <summary>Whether advertisements list the address. An excluded one is bound and announced all the same.</summary>
    public bool Advertised { get; init; } = true;

    /// <summary>The prefix length that stands for a single host.</summary>
    public static byte HostPrefixLength(AddressFamily family) => family == AddressFamily.IPv4 ? (byte)32 : (byte)128;

    /// <summary><c>192.0.2.1/24</c>.</summary>
    public override string ToString() => $"{Address}/{PrefixLength}";
}
