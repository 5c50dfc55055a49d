using System.Text;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux;

/// <summary>
/// The right to speak for one virtual router on one interface of a network namespace: at most one process has it. An
/// abstract Unix socket, which the kernel frees when its process dies, however it dies. Such sockets belong to a network
/// namespace, so the lock is taken on the namespace's thread.
/// </summary>
public sealed unsafe class SpeakerLock : IDisposable
{
    /// <summary>How the names of all locks begin, without the zero byte of an abstract name.</summary>
    internal const string NamePrefix = "vrrpps/speaker/";

    private const int Backlog = 4096;
    private const int ShutdownBoth = 2;

    /// <summary>How many milliseconds a lock that was given up may stay taken.</summary>
    private const int LingerAttempts = 250;

    private readonly Descriptor _descriptor;

    private SpeakerLock(Descriptor descriptor, int interfaceIndex, AddressFamily family, byte virtualRouterId)
    {
        _descriptor = descriptor;
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
    public bool IsHeld => !_descriptor.IsClosed;

    /// <summary>Takes the lock in the network namespace of the calling thread.</summary>
    /// <param name="interfaceName">The interface's name, for the error.</param>
    /// <param name="interfaceIndex">The interface's index, which is what is locked.</param>
    /// <param name="family">The family.</param>
    /// <param name="virtualRouterId">The virtual router, 1..255.</param>
    /// <exception cref="VrrpException">VirtualRouterInUse, naming the holder.</exception>
    /// <exception cref="KernelException">The kernel refused for another reason.</exception>
    public static SpeakerLock Acquire(string interfaceName, int interfaceIndex, AddressFamily family, byte virtualRouterId)
    {
        var descriptor = Open();
        try
        {
            byte* address = stackalloc byte[110];
            uint length = WriteAddress(new Span<byte>(address, 110), interfaceIndex, family, virtualRouterId);
            for (int attempt = 0; SocketNative.Bind(descriptor.Number, address, length) < 0; attempt++)
            {
                if (Errno.Last != Errno.EADDRINUSE)
                {
                    throw KernelException.Last($"lock virtual router {virtualRouterId}");
                }

                if (attempt < LingerAttempts && IsGivenUp(address, length))
                {
                    // One millisecond, with nothing to wait for: the process with the copy tells nobody when it drops it.
                    _ = FileNative.Poll(null, 0, 1);
                    continue;
                }

                throw VrrpErrors.VirtualRouterInUse(interfaceName, virtualRouterId, family, DescribeHolder(address, length));
            }

            // Listening is what lets others ask who we are: the kernel answers for us, nobody ever accepts.
            KernelException.ThrowIfFailed(SocketNative.Listen(descriptor.Number, Backlog), $"lock virtual router {virtualRouterId}");
            return new SpeakerLock(descriptor, interfaceIndex, family, virtualRouterId);
        }
        catch
        {
            descriptor.Dispose();
            throw;
        }
    }

    /// <summary>Gives the lock up.</summary>
    public void Dispose()
    {
        if (!_descriptor.IsClosed)
        {
            // A process that is being started has a copy of the descriptor until it executes its program, which keeps the name
            // taken. Shut down, it answers nobody: whoever wants the lock next can tell that it was given up.
            _ = SocketNative.Shutdown(_descriptor.Number, ShutdownBoth);
        }

        _descriptor.Dispose();
    }

    private static Descriptor Open() => Descriptor.Own(
        SocketNative.Socket(
            SocketConstants.AF_UNIX, SocketConstants.SOCK_STREAM | SocketConstants.SOCK_NONBLOCK | SocketConstants.SOCK_CLOEXEC, 0),
        "open a Unix socket");

    private static uint WriteAddress(Span<byte> address, int interfaceIndex, AddressFamily family, byte virtualRouterId)
    {
        using var current = NetworkNamespace.OpenCurrent();
        address.Clear();
        address[0] = SocketConstants.AF_UNIX;

        // sun_path begins with a zero byte: the abstract name space, which leaves no file behind.
        string name = $"{NamePrefix}{current.Identity.Device:x}-{current.Identity.Inode:x}/{interfaceIndex}/v{(long)family}/{virtualRouterId}";
        return (uint)(3 + Encoding.ASCII.GetBytes(name, address[3..]));
    }

    private static bool IsGivenUp(byte* address, uint length)
    {
        using var probe = Open();
        return SocketNative.Connect(probe.Number, address, length) < 0 && Errno.Last == Errno.ECONNREFUSED;
    }

    private static string DescribeHolder(byte* address, uint length)
    {
        const string unknown = "another process";
        using var probe = Open();
        if (SocketNative.Connect(probe.Number, address, length) < 0)
        {
            return unknown;
        }

        // struct ucred: pid, uid, gid.
        int* credentials = stackalloc int[3];
        uint size = 12;
        if (SocketNative.GetOption(probe.Number, SocketConstants.SOL_SOCKET, SocketConstants.SO_PEERCRED, credentials, &size) < 0)
        {
            return unknown;
        }

        int pid = credentials[0];
        if (pid == Environment.ProcessId)
        {
            return "another instance of this process";
        }

        return pid == 0 ? "a process in another container" : $"process {pid} ({ProcessTable.CommandLine(pid)})";
    }
}
