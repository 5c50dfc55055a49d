using VrrpPS.Engine.Errors;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.Orphans;

/// <summary>
/// Nobody speaks for any virtual router of one family on one interface while this is held: it has the lock of every one of
/// them. An address does not tell which virtual router it belonged to. Made on the namespace's thread; held for moments only,
/// since an engine that starts meanwhile is refused.
/// </summary>
internal sealed class InterfaceSilence : IDisposable
{
    private readonly SpeakerLock[] _locks;

    private InterfaceSilence(SpeakerLock[] locks) => _locks = locks;

    /// <summary>One of the locks, for what asks for one.</summary>
    public SpeakerLock Any => _locks[0];

    /// <summary>Takes all locks, or none.</summary>
    /// <exception cref="VrrpException">VirtualRouterInUse: a living engine speaks there.</exception>
    /// <exception cref="KernelException">The kernel refused for another reason.</exception>
    public static InterfaceSilence Acquire(string interfaceName, int interfaceIndex, AddressFamily family)
    {
        var locks = new List<SpeakerLock>(byte.MaxValue);
        try
        {
            for (int id = 1; id <= byte.MaxValue; id++)
            {
                locks.Add(SpeakerLock.Acquire(interfaceName, interfaceIndex, family, (byte)id));
            }

            return new InterfaceSilence([.. locks]);
        }
        catch
        {
            locks.ForEach(static taken => taken.Dispose());
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var taken in _locks)
        {
            taken.Dispose();
        }
    }
}
