using System.Runtime.InteropServices;

namespace VrrpPS.Engine.Linux.Native;

/// <summary>Imports for sockets.</summary>
internal static unsafe partial class SocketNative
{
    [LibraryImport(Libc.Name, EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int domain, int type, int protocol);

    [LibraryImport(Libc.Name, EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(int fd, void* address, uint length);

    [LibraryImport(Libc.Name, EntryPoint = "connect", SetLastError = true)]
    public static partial int Connect(int fd, void* address, uint length);

    [LibraryImport(Libc.Name, EntryPoint = "listen", SetLastError = true)]
    public static partial int Listen(int fd, int backlog);

    [LibraryImport(Libc.Name, EntryPoint = "shutdown", SetLastError = true)]
    public static partial int Shutdown(int fd, int how);

    [LibraryImport(Libc.Name, EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetOption(int fd, int level, int name, void* value, uint length);

    [LibraryImport(Libc.Name, EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetOption(int fd, int level, int name, void* value, uint* length);

    [LibraryImport(Libc.Name, EntryPoint = "getsockname", SetLastError = true)]
    public static partial int GetName(int fd, void* address, uint* length);

    [LibraryImport(Libc.Name, EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(int fd, void* buffer, nuint length, int flags);

    [LibraryImport(Libc.Name, EntryPoint = "sendto", SetLastError = true)]
    public static partial nint SendTo(int fd, void* buffer, nuint length, int flags, void* address, uint addressLength);

    [LibraryImport(Libc.Name, EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(int fd, void* buffer, nuint length, int flags);

    [LibraryImport(Libc.Name, EntryPoint = "recvmsg", SetLastError = true)]
    public static partial nint ReceiveMessage(int fd, MsgHdr* message, int flags);

    [LibraryImport(Libc.Name, EntryPoint = "sendmmsg", SetLastError = true)]
    public static partial int SendMessages(int fd, MMsgHdr* messages, uint count, int flags);

    [LibraryImport(Libc.Name, EntryPoint = "recvmmsg", SetLastError = true)]
    public static partial int ReceiveMessages(int fd, MMsgHdr* messages, uint count, int flags, TimeSpec* timeout);

    /// <summary>Sets an integer option.</summary>
    public static int SetOption(int fd, int level, int name, int value) => SetOption(fd, level, name, &value, sizeof(int));
}
