using System.Runtime.InteropServices;

namespace VrrpPS.Engine.Linux.Native;

/// <summary>Imports on file descriptors in general.</summary>
internal static unsafe partial class FileNative
{
    public const int O_RDONLY = 0;
    public const int O_RDWR = 2;
    public const int O_CREAT = 0x40;
    public const int O_EXCL = 0x80;
    public const int O_NONBLOCK = 0x800;
    public const int O_CLOEXEC = 0x80000;
    public const int O_PATH = 0x200000;
    public const int F_GETFD = 1;
    public const int F_SETFL = 4;
    public const int F_DUPFD_CLOEXEC = 1030;
    public const int F_SETPIPE_SZ = 1031;
    public const int FD_CLOEXEC = 1;
    public const short POLLIN = 1;

    [LibraryImport(Libc.Name, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags, uint mode);

    [LibraryImport(Libc.Name, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int fd);

    [LibraryImport(Libc.Name, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int fd, void* buffer, nuint count);

    [LibraryImport(Libc.Name, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int fd, void* buffer, nuint count);

    [LibraryImport(Libc.Name, EntryPoint = "pipe2", SetLastError = true)]
    public static partial int Pipe2(int* pair, int flags);

    [LibraryImport(Libc.Name, EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Fcntl(int fd, int command, nint argument);

    [LibraryImport(Libc.Name, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollFd* descriptors, nuint count, int timeoutMilliseconds);

    [LibraryImport(Libc.Name, EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint first, void* second);

    /// <summary>Whether an open file is an ordinary one, rather than a pipe, a device or a directory.</summary>
    public static bool IsOrdinary(int fd)
    {
        bool x64 = RuntimeInformation.ProcessArchitecture == Architecture.X64;
        uint* status = stackalloc uint[64];

        // st_mode is at byte 24 on x64 and 16 on arm64; S_IFREG among the bits of S_IFMT.
        return (int)SystemCall(x64 ? 5 : 80, fd, status) == 0 && (status[x64 ? 6 : 4] & 0xF000) == 0x8000;
    }

    /// <summary>The device and inode numbers of an open file: what identifies a namespace.</summary>
    public static (ulong Device, ulong Inode) Identity(int fd)
    {
        // fstat by number: glibc before 2.33 exports no such symbol. st_dev and st_ino lead the structure on x64 and arm64.
        nint number = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 5 : 80;
        ulong* status = stackalloc ulong[32];
        KernelException.ThrowIfFailed((int)SystemCall(number, fd, status), "read the identity of an open file");
        return (status[0], status[1]);
    }
}
