using System.Runtime.InteropServices;

namespace VrrpPS.Engine.Linux.Native;

/// <summary>Imports for epoll and eventfd.</summary>
internal static unsafe partial class EpollNative
{
    public const int EPOLL_CLOEXEC = 0x80000;
    public const int EPOLL_CTL_ADD = 1;
    public const int EPOLL_CTL_DEL = 2;
    public const uint EPOLLIN = 1;
    public const uint EPOLLET = 1u << 31;
    public const int EFD_CLOEXEC = 0x80000;
    public const int EFD_NONBLOCK = 0x800;

    // The same number on every architecture (the unified table from 5.x on). musl has no wrapper.
    private const int SysEpollPwait2 = 441;

    [LibraryImport(Libc.Name, EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int Create(int flags);

    [LibraryImport(Libc.Name, EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int Control(int epoll, int operation, int fd, void* epollEvent);

    [LibraryImport(Libc.Name, EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventFd(uint initial, int flags);

    /// <summary>Waits with a nanosecond timeout; null waits for ever.</summary>
    public static int Wait(int epoll, void* events, int capacity, TimeSpec* timeout)
        => (int)SystemCall(SysEpollPwait2, epoll, events, capacity, timeout, null, 8);

    [LibraryImport(Libc.Name, EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint epoll, void* events, nint capacity, TimeSpec* timeout, void* mask, nint maskSize);
}
