using System.Runtime.InteropServices;
using System.Text;
using VrrpPS.Engine.Linux.Native;

namespace VrrpPS.Engine.Linux;

/// <summary>
/// Has input when a file may have changed: written, replaced, made or removed, its directory too. Watches the nearest directory above it
/// that exists, since a file itself can be replaced behind a watch's back. A link's target elsewhere is not watched.
/// </summary>
internal sealed unsafe class FileWatch : IDisposable
{
    private const uint Content = InotifyNative.IN_MODIFY | InotifyNative.IN_CLOSE_WRITE;
    private const uint Entries = InotifyNative.IN_CREATE | InotifyNative.IN_DELETE | InotifyNative.IN_MOVED_FROM | InotifyNative.IN_MOVED_TO;
    private const uint Self = InotifyNative.IN_DELETE_SELF | InotifyNative.IN_MOVE_SELF | InotifyNative.IN_IGNORED | InotifyNative.IN_UNMOUNT;

    private readonly Descriptor _descriptor;
    private readonly string _path;
    private readonly byte[] _events = GC.AllocateUninitializedArray<byte>(4096, pinned: true);
    private int _watch = -1;
    private string _name = string.Empty;

    /// <summary>Makes the watch; <see cref="Renew"/> sets it.</summary>
    /// <param name="path">A full path.</param>
    /// <exception cref="KernelException">EMFILE: this user has no inotify instance left (fs.inotify.max_user_instances).</exception>
    public FileWatch(string path)
    {
        _path = path;
        _descriptor = Descriptor.Own(InotifyNative.Create(InotifyNative.IN_CLOEXEC | InotifyNative.IN_NONBLOCK), "watch a file");
    }

    /// <summary>The descriptor to poll for input.</summary>
    public int FileDescriptor => _descriptor.Number;

    /// <summary>Watches where the file is, or would appear next, from now on. Look at the file after this, not before.</summary>
    /// <exception cref="KernelException">The kernel refused: no watch is left (fs.inotify.max_user_watches), or nothing may be watched.</exception>
    public void Renew()
    {
        if (_watch >= 0)
        {
            return;
        }

        string name = Path.GetFileName(_path);
        for (string? directory = Path.GetDirectoryName(_path); directory is not null; directory = Path.GetDirectoryName(directory))
        {
            _watch = InotifyNative.AddWatch(_descriptor.Number, directory, Content | Entries | Self | InotifyNative.IN_ONLYDIR);
            _name = name;
            if (_watch >= 0)
            {
                return;
            }

            if (Errno.Last is not (Errno.ENOENT or Errno.ENOTDIR))
            {
                throw KernelException.Last($"watch {directory}");
            }

            name = Path.GetFileName(directory);
        }

        throw new KernelException($"watch {_path}", Errno.ENOENT);
    }

    /// <summary>Takes all that was told; whether it concerns the file. Then <see cref="Renew"/> and look at it.</summary>
    public bool Drain()
    {
        bool any = false;
        fixed (byte* events = _events)
        {
            for (nint read; (read = FileNative.Read(_descriptor.Number, events, (nuint)_events.Length)) > 0;)
            {
                var rest = _events.AsSpan(0, (int)read);
                while (rest.Length >= 16)
                {
                    any |= Concerns(rest, out int length);
                    rest = rest[Math.Min(rest.Length, length)..];
                }
            }
        }

        if (any)
        {
            // What exists above the file may be another directory by now.
            _ = _watch >= 0 ? InotifyNative.RemoveWatch(_descriptor.Number, _watch) : 0;
            _watch = -1;
        }

        return any;
    }

    /// <inheritdoc/>
    public void Dispose() => _descriptor.Dispose();

    private bool Concerns(ReadOnlySpan<byte> next, out int length)
    {
        // struct inotify_event: wd, mask, cookie, len, name.
        int watch = MemoryMarshal.Read<int>(next);
        uint mask = MemoryMarshal.Read<uint>(next[4..]);
        int nameLength = (int)MemoryMarshal.Read<uint>(next[12..]);
        length = 16 + nameLength;
        if ((mask & InotifyNative.IN_Q_OVERFLOW) != 0)
        {
            return true;
        }

        if (watch != _watch)
        {
            // Of a watch that was given up.
            return false;
        }

        string name = Encoding.UTF8.GetString(next.Slice(16, Math.Min(nameLength, next.Length - 16))).TrimEnd('\0');
        return (mask & Self) != 0 || string.Equals(name, _name, StringComparison.Ordinal);
    }
}
