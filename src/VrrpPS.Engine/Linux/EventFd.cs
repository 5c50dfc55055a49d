using VrrpPS.Engine.Linux.Native;

namespace VrrpPS.Engine.Linux;

/// <summary>A wake-up for a thread that waits in an <see cref="EventPoll"/>. Signals add up to one wake-up.</summary>
public sealed unsafe class EventFd : IDisposable
{
    private readonly Descriptor _descriptor = Descriptor.Own(
        EpollNative.EventFd(0, EpollNative.EFD_CLOEXEC | EpollNative.EFD_NONBLOCK), "create an event descriptor");

    /// <summary>The descriptor to poll for input.</summary>
    public int FileDescriptor => _descriptor.Number;

    /// <summary>Wakes the waiting thread. Callable from any thread; after disposal it does nothing.</summary>
    public void Signal()
    {
        bool held = false;
        try
        {
            if (_descriptor.IsClosed)
            {
                return;
            }

            _descriptor.DangerousAddRef(ref held);
            ulong one = 1;

            // Only EAGAIN is possible (the counter is full), and then a wake-up is pending already.
            _ = FileNative.Write((int)_descriptor.DangerousGetHandle(), &one, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // Closed between the check and the reference: there is nobody left to wake.
            return;
        }
        finally
        {
            if (held)
            {
                _descriptor.DangerousRelease();
            }
        }
    }

    /// <summary>Takes the signals so far; whether there were any.</summary>
    public bool Drain()
    {
        ulong count;
        return FileNative.Read(_descriptor.Number, &count, sizeof(ulong)) == sizeof(ulong);
    }

    /// <inheritdoc/>
    public void Dispose() => _descriptor.Dispose();
}
