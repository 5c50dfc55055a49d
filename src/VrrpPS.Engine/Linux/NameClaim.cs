using System.Text;
using VrrpPS.Engine.Linux.Native;

namespace VrrpPS.Engine.Linux;

/// <summary>
/// An exclusive claim on a name, at most one process of those that may speak VRRP in a network namespace: an abstract Unix socket,
/// which the kernel frees when its process dies, however it dies. Somebody without that right may sit on the name; the claim is made
/// under a longer one then, which everybody looks for. Made on the namespace's thread.
/// </summary>
internal sealed unsafe class NameClaim : IDisposable
{
    /// <summary>What every name begins with.</summary>
    public const string Prefix = "vrrpps/";

    private const int Backlog = 4096;
    private const int ShutdownBoth = 2;
    private const int AddressSize = 110;

    /// <summary>What leads from a name that somebody sits on to the names used instead.</summary>
    private const string Detour = "/+";

    /// <summary>How many milliseconds a claim that was given up may stay taken.</summary>
    private const int LingerAttempts = 250;

    private readonly Descriptor _descriptor;

    private NameClaim(Descriptor descriptor) => _descriptor = descriptor;

    /// <summary>Whether the claim is still held.</summary>
    public bool IsHeld => !_descriptor.IsClosed;

    /// <summary>Claims a name.</summary>
    /// <param name="name">The name, ASCII, at most 70 characters, beginning with <see cref="Prefix"/>.</param>
    /// <param name="holder">Who has it, in words, when the result is null.</param>
    /// <returns>The claim, or null when a process that may speak VRRP has it.</returns>
    /// <exception cref="KernelException">The kernel refused for another reason.</exception>
    public static NameClaim? TryAcquire(string name, out string holder) => TryAcquire([name], out _, out holder)?[0];

    /// <summary>Claims all of many names or none.</summary>
    /// <param name="names">As for one; all different.</param>
    /// <param name="taken">The name that somebody else has, when the result is null.</param>
    /// <param name="holder">Who has it, in words.</param>
    /// <exception cref="KernelException">The kernel refused for another reason.</exception>
    public static NameClaim[]? TryAcquire(IReadOnlyList<string> names, out string taken, out string holder)
    {
        var claims = new Dictionary<string, (NameClaim Claim, string BoundAs)>(StringComparer.Ordinal);
        (taken, holder) = (string.Empty, string.Empty);
        bool succeeds = false;
        try
        {
            foreach (string name in names)
            {
                taken = name;
                if (TryBindSomehow(name, out string boundAs, out holder) is not { } claim)
                {
                    return null;
                }

                claims.Add(name, (claim, boundAs));
            }

            // Bound first and looked around afterwards: of two that come at the same time, at least one sees the other.
            // Where none of ours is under a longer name, only longer ones can be others' for the same.
            bool isOrdinary = claims.All(static entry => entry.Value.BoundAs == entry.Key);
            foreach (var (other, inode) in AbstractNames.Find(Prefix, isOrdinary ? Detour : string.Empty))
            {
                int detour = other.IndexOf(Detour, StringComparison.Ordinal);
                taken = detour < 0 ? other : other[..detour];
                if (claims.TryGetValue(taken, out var own) && own.BoundAs != other && AbstractNames.MaySpeak(inode) && !VanishesSoon(other))
                {
                    holder = DescribeHolder(other);
                    return null;
                }
            }

            succeeds = true;
            return [.. names.Select(name => claims[name].Claim)];
        }
        finally
        {
            foreach (var (claim, _) in succeeds ? [] : claims.Values.ToArray())
            {
                claim.Dispose();
            }
        }
    }

    /// <summary>Gives the claim up.</summary>
    public void Dispose()
    {
        if (!_descriptor.IsClosed)
        {
            // A process that is being started has a copy of the descriptor until it executes its program, which keeps the name
            // taken. Shut down, it answers nobody: whoever wants the name next can tell that it was given up.
            _ = SocketNative.Shutdown(_descriptor.Number, ShutdownBoth);
        }

        _descriptor.Dispose();
    }

    private static NameClaim? TryBindSomehow(string name, out string boundAs, out string holder)
    {
        boundAs = name;
        var descriptor = Bind(boundAs, out holder);
        if (descriptor is null && !AbstractNames.Find(name).Any(found => found.Name == name && AbstractNames.MaySpeak(found.Inode)))
        {
            boundAs = $"{name}{Detour}{Guid.NewGuid().ToString("N")[..16]}";
            descriptor = Bind(boundAs, out holder);
        }

        return descriptor is null ? null : new NameClaim(descriptor);
    }

    private static Descriptor? Bind(string name, out string holder)
    {
        holder = string.Empty;
        var descriptor = Open();
        try
        {
            byte* address = stackalloc byte[AddressSize];
            uint length = WriteAddress(new Span<byte>(address, AddressSize), name);
            for (int attempt = 0; SocketNative.Bind(descriptor.Number, address, length) < 0; attempt++)
            {
                if (Errno.Last != Errno.EADDRINUSE)
                {
                    throw KernelException.Last($"claim {name}");
                }

                if (attempt < LingerAttempts && IsGivenUp(address, length))
                {
                    // One millisecond, with nothing to wait for: the process with the copy tells nobody when it drops it.
                    _ = FileNative.Poll(null, 0, 1);
                    continue;
                }

                holder = DescribeHolder(name);
                descriptor.Dispose();
                return null;
            }

            // Listening is what lets others ask who we are: the kernel answers for us, nobody ever accepts.
            KernelException.ThrowIfFailed(SocketNative.Listen(descriptor.Number, Backlog), $"claim {name}");
            return descriptor;
        }
        catch
        {
            descriptor.Dispose();
            throw;
        }
    }

    private static Descriptor Open() => Descriptor.Own(
        SocketNative.Socket(
            SocketConstants.AF_UNIX, SocketConstants.SOCK_STREAM | SocketConstants.SOCK_NONBLOCK | SocketConstants.SOCK_CLOEXEC, 0),
        "open a Unix socket");

    private static uint WriteAddress(Span<byte> address, string name)
    {
        address.Clear();
        address[0] = SocketConstants.AF_UNIX;

        // sun_path begins with a zero byte: the abstract name space, which leaves no file behind.
        return (uint)(3 + Encoding.ASCII.GetBytes(name, address[3..]));
    }

    /// <summary>
    /// Whether a name was given up, so that only a process that is just being started still has it. One that was bound and is not yet
    /// listened at looks the same for a moment.
    /// </summary>
    private static bool VanishesSoon(string name)
    {
        byte* address = stackalloc byte[AddressSize];
        uint length = WriteAddress(new Span<byte>(address, AddressSize), name);
        for (int attempt = 0; attempt < LingerAttempts && IsGivenUp(address, length); attempt++)
        {
            if (!AbstractNames.Find(name).Any(found => found.Name == name))
            {
                return true;
            }

            _ = FileNative.Poll(null, 0, 1);
        }

        return false;
    }

    private static bool IsGivenUp(byte* address, uint length)
    {
        using var probe = Open();
        return SocketNative.Connect(probe.Number, address, length) < 0 && Errno.Last == Errno.ECONNREFUSED;
    }

    private static string DescribeHolder(string name)
    {
        const string unknown = "another process";
        byte* address = stackalloc byte[AddressSize];
        uint length = WriteAddress(new Span<byte>(address, AddressSize), name);
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
