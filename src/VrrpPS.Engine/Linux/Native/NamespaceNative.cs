using System.Runtime.InteropServices;

namespace VrrpPS.Engine.Linux.Native;

/// <summary>Imports for network namespaces.</summary>
internal static partial class NamespaceNative
{
    public const int CLONE_NEWNET = 0x40000000;
    public const nuint MS_BIND = 0x1000;
    public const nuint MS_REC = 0x4000;
    public const nuint MS_SHARED = 0x100000;
    public const int MNT_DETACH = 2;

    [LibraryImport(Libc.Name, EntryPoint = "setns", SetLastError = true)]
    public static partial int SetNamespace(int fd, int type);

    [LibraryImport(Libc.Name, EntryPoint = "unshare", SetLastError = true)]
    public static partial int Unshare(int flags);

    [LibraryImport(Libc.Name, EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Mount(string source, string target, string? type, nuint flags, nint data);

    [LibraryImport(Libc.Name, EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Unmount(string target, int flags);
}
