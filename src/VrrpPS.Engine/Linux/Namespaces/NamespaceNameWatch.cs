using VrrpPS.Engine.Linux.Native;

namespace VrrpPS.Engine.Linux.Namespaces;

/// <summary>
/// Has input when names of network namespaces come or go. Which ones is not told: whoever has a name looks at it again
/// (<see cref="NetworkNamespace.IsPathOf"/>).
/// </summary>
internal sealed unsafe class NamespaceNameWatch : IDisposable
{
    private readonly Descriptor _descriptor;

    /// <summary>Begins to watch.</summary>
    /// <exception cref="KernelException">EMFILE: this user has no inotify instance left (fs.inotify.max_user_instances).</exception>
    public NamespaceNameWatch()
    {
        const string what = "watch the names of network namespaces";
        _descriptor = Descriptor.Own(InotifyNative.Create(InotifyNative.IN_CLOEXEC | InotifyNative.IN_NONBLOCK), what);
        const uint mask = InotifyNative.IN_CREATE | InotifyNative.IN_DELETE | InotifyNative.IN_MOVED_FROM | InotifyNative.IN_MOVED_TO
            | InotifyNative.IN_ONLYDIR;
        if (InotifyNative.AddWatch(_descriptor.Number, NetworkNamespace.NamedDirectory, mask) < 0)
        {
            var exception = KernelException.Last(what);
            _descriptor.Dispose();
            throw exception;
        }
    }

    /// <summary>The descriptor to poll for input.</summary>
    public int FileDescriptor => _descriptor.Number;

    /// <summary>Takes all that was told so far.</summary>
    public void Drain()
    {
        const int size = 4096;
        byte* events = stackalloc byte[size];
        while (FileNative.Read(_descriptor.Number, events, size) > 0)
        {
            // Only that something has changed is of interest.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _descriptor.Dispose();
}
