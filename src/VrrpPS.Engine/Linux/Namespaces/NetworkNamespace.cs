using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux.Native;

namespace VrrpPS.Engine.Linux.Namespaces;

/// <summary>
/// A handle on a network namespace, which keeps it alive. A thread that enters one never leaves it: entering is for dedicated
/// threads; a pool thread that did would carry somebody else's work into the namespace.
/// </summary>
public sealed partial class NetworkNamespace : IDisposable
{
    internal const string NamedDirectory = "/run/netns";
    private readonly Descriptor _descriptor;

    private NetworkNamespace(Descriptor descriptor, string? name)
    {
        _descriptor = descriptor;
        Name = name;
        (ulong device, ulong inode) = FileNative.Identity(descriptor.Number);
        Identity = new NamespaceIdentity(device, inode);
    }

    /// <summary>The name under which it was opened, or null for the process's own and for one opened by path.</summary>
    public string? Name { get; }

    /// <summary>What identifies the namespace whatever its name.</summary>
    public NamespaceIdentity Identity { get; }

    internal int FileDescriptor => _descriptor.Number;

    /// <summary>Opens the namespace that the calling thread is in.</summary>
    public static NetworkNamespace OpenCurrent() => OpenPath("/proc/thread-self/ns/net");

    /// <summary>Opens a namespace by the name that <c>ip netns</c> knows it by.</summary>
    /// <exception cref="VrrpException">NamespaceNotFound, naming those that exist.</exception>
    public static NetworkNamespace Open(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!IsValidName(name))
        {
            throw VrrpErrors.NamespaceNotFound(name, ListNames());
        }

        int fd = FileNative.Open($"{NamedDirectory}/{name}", FileNative.O_RDONLY | FileNative.O_CLOEXEC, 0);
        if (fd < 0 && Errno.Last == Errno.ENOENT)
        {
            throw VrrpErrors.NamespaceNotFound(name, ListNames());
        }

        return Checked(Descriptor.Own(fd, $"open the network namespace '{name}'"), name);
    }

    /// <summary>Opens a named namespace, or the process's own for null.</summary>
    /// <exception cref="VrrpException">NamespaceNotFound, naming those that exist.</exception>
    public static NetworkNamespace OpenOrCurrent(string? name) => name is null ? OpenPath("/proc/self/ns/net") : Open(name);

    /// <summary>Opens the namespace that a process is in.</summary>
    /// <exception cref="KernelException">There is no such process, or it may not be looked at.</exception>
    public static NetworkNamespace OpenProcess(int processId) => OpenPath($"/proc/{processId}/ns/net");

    /// <summary>Opens a namespace by a path to it, such as <c>/proc/42/ns/net</c>.</summary>
    /// <exception cref="KernelException">The path cannot be opened.</exception>
    public static NetworkNamespace OpenPath(string path) => new(
        Descriptor.Own(FileNative.Open(path, FileNative.O_RDONLY | FileNative.O_CLOEXEC, 0), $"open the network namespace {path}"), null);

    /// <summary>The names of all named namespaces, sorted.</summary>
    public static IReadOnlyList<string> ListNames()
    {
        if (!Directory.Exists(NamedDirectory))
        {
            return [];
        }

        string[] names = [.. Directory.EnumerateFiles(NamedDirectory).Select(static path => Path.GetFileName(path))];
        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    /// <summary>
    /// Moves the calling thread into the namespace, for good. Only for a dedicated thread. Needs CAP_SYS_ADMIN unless the
    /// thread is there already.
    /// </summary>
    /// <exception cref="InvalidOperationException">The calling thread belongs to the thread pool.</exception>
    /// <exception cref="VrrpException">MissingCapability: CAP_SYS_ADMIN.</exception>
    /// <exception cref="KernelException">The kernel refused for another reason.</exception>
    public void Enter()
    {
        if (Thread.CurrentThread.IsThreadPoolThread)
        {
            throw new InvalidOperationException("A pool thread must not enter a network namespace.");
        }

        using (var current = OpenCurrent())
        {
            if (current.Identity == Identity)
            {
                return;
            }
        }

        if (NamespaceNative.SetNamespace(_descriptor.Number, NamespaceNative.CLONE_NEWNET) < 0)
        {
            throw Errno.Last == Errno.EPERM
                ? VrrpErrors.MissingCapability(Capabilities.SysAdmin)
                : KernelException.Last($"enter {this}");
        }
    }

    /// <summary>Runs an action inside the namespace, on a thread of its own, and waits for it. Its exception is thrown here.</summary>
    public void RunInside(Action action) => _ = RunInside(() =>
    {
        action();
        return true;
    });

    /// <summary>Runs a function inside the namespace, on a thread of its own, and waits for its result. Its exception is thrown here.</summary>
    public T RunInside<T>(Func<T> function) => DedicatedThread.Run(() =>
    {
        Enter();
        return function();
    });

    /// <summary>The file by which a name leads to its namespace.</summary>
    internal static string PathOf(string name) => $"{NamedDirectory}/{name}";

    /// <summary>
    /// Whether a path leads to a namespace. Where that cannot be told (no descriptor is left, say), it is believed. Allocates
    /// nothing: other namespaces' names may come and go at any time.
    /// </summary>
    internal static bool IsPathOf(string path, NamespaceIdentity identity)
    {
        int fd = FileNative.Open(path, FileNative.O_PATH | FileNative.O_CLOEXEC, 0);
        if (fd < 0)
        {
            return Errno.Last != Errno.ENOENT;
        }

        try
        {
            (ulong device, ulong inode) = FileNative.Identity(fd);
            return identity == new NamespaceIdentity(device, inode);
        }
        finally
        {
            _ = FileNative.Close(fd);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _descriptor.Dispose();

    /// <summary>The name, or what identifies it.</summary>
    public override string ToString() => Name is null ? $"network namespace {Identity}" : $"network namespace '{Name}'";

    private static NetworkNamespace Checked(Descriptor descriptor, string name)
    {
        var opened = new NetworkNamespace(descriptor, name);

        // A file left behind by a namespace that is not mounted any more (after a reboot of a container, say) is no namespace.
        using var own = OpenCurrent();
        if (own.Identity.Device == opened.Identity.Device)
        {
            return opened;
        }

        opened.Dispose();
        throw VrrpErrors.NamespaceNotFound(name, ListNames());
    }

    internal static bool IsValidName(string name)
        => name.Length is > 0 and <= 255 && name is not ("." or "..") && !name.Contains('/') && !name.Contains('\0');
}
