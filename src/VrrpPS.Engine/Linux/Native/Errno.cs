using System.Runtime.InteropServices;

namespace VrrpPS.Engine.Linux.Native;

/// <summary>Error numbers of Linux on x64 and arm64 (asm-generic/errno.h) and their names.</summary>
internal static class Errno
{
    public const int EPERM = 1;
    public const int ENOENT = 2;
    public const int ESRCH = 3;
    public const int EINTR = 4;
    public const int EBADF = 9;
    public const int ECHILD = 10;
    public const int EAGAIN = 11;
    public const int ENOMEM = 12;
    public const int EACCES = 13;
    public const int EBUSY = 16;
    public const int EEXIST = 17;
    public const int ENODEV = 19;
    public const int ENOTDIR = 20;
    public const int EINVAL = 22;
    public const int EPIPE = 32;
    public const int ERANGE = 34;
    public const int ENOSYS = 38;
    public const int EMSGSIZE = 90;
    public const int EPROTONOSUPPORT = 93;
    public const int EOPNOTSUPP = 95;
    public const int EAFNOSUPPORT = 97;
    public const int EADDRINUSE = 98;
    public const int EADDRNOTAVAIL = 99;
    public const int ENETDOWN = 100;
    public const int ENETUNREACH = 101;
    public const int ENOBUFS = 105;
    public const int ECONNREFUSED = 111;

    /// <summary>The error of the last import that failed on this thread.</summary>
    public static int Last => Marshal.GetLastPInvokeError();

    /// <summary>The symbolic name, or <c>errno N</c> for one that no operation here is known to return.</summary>
    public static string Name(int errno) => errno switch
    {
        0 => "none",
        EPERM => nameof(EPERM),
        ENOENT => nameof(ENOENT),
        EINTR => nameof(EINTR),
        5 => "EIO",
        6 => "ENXIO",
        EBADF => nameof(EBADF),
        ECHILD => nameof(ECHILD),
        EAGAIN => nameof(EAGAIN),
        ENOMEM => nameof(ENOMEM),
        EACCES => nameof(EACCES),
        EBUSY => nameof(EBUSY),
        EEXIST => nameof(EEXIST),
        ENODEV => nameof(ENODEV),
        ENOTDIR => nameof(ENOTDIR),
        EINVAL => nameof(EINVAL),
        23 => "ENFILE",
        24 => "EMFILE",
        28 => "ENOSPC",
        EPIPE => nameof(EPIPE),
        ERANGE => nameof(ERANGE),
        ENOSYS => nameof(ENOSYS),
        EMSGSIZE => nameof(EMSGSIZE),
        92 => "ENOPROTOOPT",
        EPROTONOSUPPORT => nameof(EPROTONOSUPPORT),
        EOPNOTSUPP => nameof(EOPNOTSUPP),
        97 => "EAFNOSUPPORT",
        EADDRINUSE => nameof(EADDRINUSE),
        EADDRNOTAVAIL => nameof(EADDRNOTAVAIL),
        ENETDOWN => nameof(ENETDOWN),
        ENETUNREACH => nameof(ENETUNREACH),
        ENOBUFS => nameof(ENOBUFS),
        ECONNREFUSED => nameof(ECONNREFUSED),
        113 => "EHOSTUNREACH",
        _ => $"errno {errno}",
    };

    /// <summary>The C library's words for an error.</summary>
    public static string Describe(int errno) => Marshal.GetPInvokeErrorMessage(errno);
}
