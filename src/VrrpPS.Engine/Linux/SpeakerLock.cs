using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux;

/// <summary>
/// The right to speak for one virtual router on one interface of a network namespace: at most one process has it, and the kernel takes
/// it back when that process dies. Taken on the namespace's thread.
/// </summary>
public sealed class SpeakerLock : IDisposable
{
    /// <summary>How the names of all locks begin, without the zero byte of an abstract name.</summary>
    internal const string NamePrefix = NameClaim.Prefix + "speaker/";

    private readonly NameClaim _claim;

    private SpeakerLock(NameClaim claim, int interfaceIndex, AddressFamily family, byte virtualRouterId)
    {
        _claim = claim;
        InterfaceIndex = interfaceIndex;
        Family = family;
        VirtualRouterId = virtualRouterId;
    }

    /// <summary>The interface.</summary>
    public int InterfaceIndex { get; }

    /// <summary>The family.</summary>
    public AddressFamily Family { get; }

    /// <summary>The virtual router.</summary>
    public byte VirtualRouterId { get; }

    /// <summary>Whether the lock is still held.</summary>
    public bool IsHeld => _claim.IsHeld;

    /// <summary>Takes the lock in the network namespace of the calling thread.</summary>
    /// <param name="interfaceName">The interface's name, for the error.</param>
    /// <param name="interfaceIndex">The interface's index, which is what is locked.</param>
    /// <param name="family">The family.</param>
    /// <param name="virtualRouterId">The virtual router, 1..255.</param>
    /// <exception cref="VrrpException">VirtualRouterInUse, naming the holder. A process that may not speak VRRP itself is none.</exception>
    /// <exception cref="KernelException">The kernel refused for another reason.</exception>
    public static SpeakerLock Acquire(string interfaceName, int interfaceIndex, AddressFamily family, byte virtualRouterId)
    {
        using var current = NetworkNamespace.OpenCurrent();
        string name = $"{NamePrefix}{current.Identity.Device:x}-{current.Identity.Inode:x}/{interfaceIndex}/v{(long)family}/{virtualRouterId}";
        return NameClaim.TryAcquire(name, out string holder) is { } claim
            ? new SpeakerLock(claim, interfaceIndex, family, virtualRouterId)
            : throw VrrpErrors.VirtualRouterInUse(interfaceName, virtualRouterId, family, holder);
    }

    /// <summary>Gives the lock up.</summary>
    public void Dispose() => _claim.Dispose();
}
