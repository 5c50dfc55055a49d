using System.Runtime.InteropServices;

namespace VrrpPS.Engine.Linux.Native;

/// <summary>Imports to start and await a process from a chosen thread (and so in that thread's network namespace).</summary>
internal static unsafe partial class SpawnNative
{
    public const short POSIX_SPAWN_SETSIGDEF = 0x04;
    public const short POSIX_SPAWN_SETSIGMASK = 0x08;
    public const short POSIX_SPAWN_SETSID = 0x80;
    public const int SIGHUP = 1;
    public const int SIGINT = 2;
    public const int SIGQUIT = 3;
    public const int SIGKILL = 9;
    public const int SIGPIPE = 13;
    public const int SIGTERM = 15;

    /// <summary>Room for posix_spawnattr_t (336 bytes in glibc and musl).</summary>
    public const int AttributesSize = 512;

    /// <summary>Room for posix_spawn_file_actions_t (80 bytes in glibc and musl).</summary>
    public const int ActionsSize = 128;

    /// <summary>sizeof(sigset_t) in glibc and musl; signal n is bit n - 1.</summary>
    public const int SignalSetSize = 128;

    private const int SysPidFdOpen = 434;

    [LibraryImport(Libc.Name, EntryPoint = "posix_spawn")]
    public static partial int Spawn(int* pid, byte* path, void* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport(Libc.Name, EntryPoint = "posix_spawnattr_init")]
    public static partial int InitAttributes(void* attributes);

    [LibraryImport(Libc.Name, EntryPoint = "posix_spawnattr_destroy")]
    public static partial int DestroyAttributes(void* attributes);

    [LibraryImport(Libc.Name, EntryPoint = "posix_spawnattr_setflags")]
    public static partial int SetFlags(void* attributes, short flags);

    [LibraryImport(Libc.Name, EntryPoint = "posix_spawnattr_setsigmask")]
    public static partial int SetSignalMask(void* attributes, void* signals);

    [LibraryImport(Libc.Name, EntryPoint = "posix_spawnattr_setsigdefault")]
    public static partial int SetDefaultSignals(void* attributes, void* signals);

    [LibraryImport(Libc.Name, EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int InitActions(void* actions);

    [LibraryImport(Libc.Name, EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial int DestroyActions(void* actions);

    [LibraryImport(Libc.Name, EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial int AddDuplicate(void* actions, int from, int to);

    [LibraryImport(Libc.Name, EntryPoint = "posix_spawn_file_actions_addclose")]
    public static partial int AddClose(void* actions, int fd);

    /// <summary>Closes all from one number on. Not in every libc: <see cref="EntryPointNotFoundException"/> then.</summary>
    [LibraryImport(Libc.Name, EntryPoint = "posix_spawn_file_actions_addclosefrom_np")]
    public static partial int AddCloseFrom(void* actions, int fd);

    [LibraryImport(Libc.Name, EntryPoint = "posix_spawn_file_actions_addopen")]
    public static partial int AddOpen(void* actions, int fd, byte* path, int flags, uint mode);

    [LibraryImport(Libc.Name, EntryPoint = "waitpid", SetLastError = true)]
    public static partial int Wait(int pid, int* status, int options);

    [LibraryImport(Libc.Name, EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);

    /// <summary>A descriptor that becomes readable when the process ends.</summary>
    public static int OpenProcess(int pid) => (int)SystemCall(SysPidFdOpen, pid, 0);

    [LibraryImport(Libc.Name, EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint first, nint second);
}
