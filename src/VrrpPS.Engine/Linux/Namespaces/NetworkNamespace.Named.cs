using VrrpPS.Engine.Linux.Native;

namespace VrrpPS.Engine.Linux.Namespaces;

/// <summary>Making and removing named namespaces, for labs and tests.</summary>
public sealed partial class NetworkNamespace
{
    /// <summary>
    /// Makes a new, empty namespace with a name, as <c>ip netns add</c> does; its loopback interface is down. Needs
    /// CAP_SYS_ADMIN.
    /// </summary>
    /// <exception cref="ArgumentException">The name cannot be a file name.</exception>
    /// <exception cref="KernelException">The kernel refused; EEXIST when the name is taken.</exception>
    public static NetworkNamespace Create(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!IsValidName(name))
        {
            throw new ArgumentException($"'{name}' cannot name a network namespace.", nameof(name));
        }

        PrepareDirectory();
        string path = $"{NamedDirectory}/{name}";
        int flags = FileNative.O_RDONLY | FileNative.O_CREAT | FileNative.O_EXCL | FileNative.O_CLOEXEC;
        using (Descriptor.Own(FileNative.Open(path, flags, 0), $"create the network namespace '{name}'"))
        {
            // Only the mount point was wanted.
        }

        try
        {
            return DedicatedThread.Run(() =>
            {
                KernelException.ThrowIfFailed(
                    NamespaceNative.Unshare(NamespaceNative.CLONE_NEWNET), $"create the network namespace '{name}'");
                KernelException.ThrowIfFailed(
                    NamespaceNative.Mount("/proc/thread-self/ns/net", path, null, NamespaceNative.MS_BIND, 0),
                    $"name the network namespace '{name}'");
                return Open(name);
            });
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>
    /// Takes the name off a namespace, as <c>ip netns delete</c> does. The namespace itself ends with its last process,
    /// socket and handle. A name that does not exist is no error.
    /// </summary>
    /// <exception cref="KernelException">The kernel refused.</exception>
    public static void Delete(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string path = $"{NamedDirectory}/{name}";
        if (!IsValidName(name) || !File.Exists(path))
        {
            return;
        }

        // EINVAL: a file without a namespace; ENOENT: somebody else was quicker.
        if (NamespaceNative.Unmount(path, NamespaceNative.MNT_DETACH) < 0 && Errno.Last is not (Errno.EINVAL or Errno.ENOENT))
        {
            throw KernelException.Last($"delete the network namespace '{name}'");
        }

        File.Delete(path);
    }

    private static void PrepareDirectory()
    {
        _ = Directory.CreateDirectory(NamedDirectory);

        // As ip-netns does it: with a shared mount, a name made in one mount namespace is seen, and removed, in all of them.
        if (NamespaceNative.Mount(string.Empty, NamedDirectory, "none", NamespaceNative.MS_SHARED | NamespaceNative.MS_REC, 0) == 0
            || Errno.Last != Errno.EINVAL)
        {
            return;
        }

        KernelException.ThrowIfFailed(
            NamespaceNative.Mount(NamedDirectory, NamedDirectory, "none", NamespaceNative.MS_BIND | NamespaceNative.MS_REC, 0),
            $"prepare {NamedDirectory}");
        KernelException.ThrowIfFailed(
            NamespaceNative.Mount(string.Empty, NamedDirectory, "none", NamespaceNative.MS_SHARED | NamespaceNative.MS_REC, 0),
            $"prepare {NamedDirectory}");
    }
}
