using System.Buffers;
using System.Globalization;
using System.Text.Unicode;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux;

/// <summary>An address that the guard removes when the engine dies.</summary>
/// <param name="Address">The address.</param>
/// <param name="PrefixLength">The prefix length it is bound with.</param>
/// <param name="InterfaceName">The interface it is bound to.</param>
public readonly record struct GuardedAddress(InetAddress Address, byte PrefixLength, string InterfaceName)
{
    /// <summary>What the short form of the longest address and name takes.</summary>
    private const int LongestForm = 80;

    private static readonly SearchValues<char> s_allowed
        = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-:@+");

    /// <summary>The other end of a point-to-point address, without which the kernel does not find it; <c>default</c> for none.</summary>
    public InetAddress Peer { get; init; }

    /// <summary>
    /// Whether an interface's name can be guarded: letters, digits and <c>. _ - : @ +</c>, not beginning with a hyphen, at
    /// most 15. Linux allows more; those instances run with the lease alone.
    /// </summary>
    public static bool IsGuardable(string interfaceName)
        => interfaceName is { Length: > 0 and <= 15 } && interfaceName[0] != '-' && !interfaceName.AsSpan().ContainsAnyExcept(s_allowed);

    /// <summary>The short form, or nothing for an address that needs a command of its own.</summary>
    internal void WriteTo(IBufferWriter<byte> text)
    {
        if (Peer.IsNone)
        {
            _ = Utf8.TryWrite(text.GetSpan(LongestForm), CultureInfo.InvariantCulture, $"{Address}/{PrefixLength} {InterfaceName} ", out int length);
            text.Advance(length);
        }
    }

    /// <summary>Refuses a name that would not be a word of the list.</summary>
    /// <exception cref="ArgumentException">The interface's name is not <see cref="IsGuardable"/>.</exception>
    internal void ThrowIfUnguardable()
    {
        if (!IsGuardable(InterfaceName))
        {
            throw new ArgumentException($"The guard does not take the interface name '{InterfaceName}'.");
        }
    }

    /// <summary>The command that removes it where the short form does not do.</summary>
    internal string? Command => Peer.IsNone
        ? null
        : $"address delete {Address} peer {Peer}/{PrefixLength} dev {InterfaceName}";
}
