using Microsoft.Win32.SafeHandles;

namespace VrrpPS.Engine.Linux.Native;

/// <summary>
/// Owns one file descriptor. The number is handed to the kernel directly on the packet path (no reference counting per
/// call); the object that holds the descriptor keeps it alive and is used by one thread.
/// </summary>
internal sealed class Descriptor : SafeHandleMinusOneIsInvalid
{
    private Descriptor(int number)
        : base(ownsHandle: true) => SetHandle(number);

    /// <summary>The number.</summary>
    /// <exception cref="ObjectDisposedException">The descriptor is closed; its number may be somebody else's by now.</exception>
    public int Number
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return (int)handle;
        }
    }

    /// <summary>Owns the result of a call that returns a descriptor, or throws what the kernel said.</summary>
    public static Descriptor Own(int result, string operation)
        => result >= 0 ? new Descriptor(result) : throw KernelException.Last(operation);

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => FileNative.Close((int)handle) == 0;
}
