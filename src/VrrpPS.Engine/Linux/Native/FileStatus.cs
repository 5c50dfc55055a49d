using System.Runtime.InteropServices;

namespace VrrpPS.Engine.Linux.Native;

/// <summary>The type, permissions and owner of an open file.</summary>
/// <param name="Mode">st_mode.</param>
/// <param name="UserId">st_uid.</param>
/// <param name="GroupId">st_gid.</param>
internal readonly partial record struct FileStatus(uint Mode, uint UserId, uint GroupId)
{
    /// <summary>S_ISFIFO.</summary>
    public bool IsFifo => (Mode & 0xF000) == 0x1000;

    /// <summary>S_ISVTX: in such a directory only owners rename and remove.</summary>
    public bool IsSticky => (Mode & 0x200) != 0;

    /// <summary>Reads them.</summary>
    /// <exception cref="KernelException">The descriptor is not open.</exception>
    public static unsafe FileStatus Of(int descriptor)
    {
        // fstat by number, as in FileNative: glibc before 2.33 exports no such symbol. st_nlink stands before st_mode on x64, behind it on arm64.
        bool isX64 = RuntimeInformation.ProcessArchitecture == Architecture.X64;
        uint* status = stackalloc uint[64];
        KernelException.ThrowIfFailed((int)SystemCall(isX64 ? 5 : 80, descriptor, status), "read the status of an open file");
        int mode = isX64 ? 6 : 4;
        return new FileStatus(status[mode], isX64 ? status[7] : status[6], isX64 ? status[8] : status[7]);
    }

    [LibraryImport(Libc.Name, EntryPoint = "syscall", SetLastError = true)]
    private static unsafe partial nint SystemCall(nint number, nint first, void* second);
}
