using System.Runtime.InteropServices;

namespace VrrpPS.Service.Native;

/// <summary>The process calls .NET does not offer. Return values as in the C library: -1 and errno on failure.</summary>
internal static partial class ProcessNative
{
    /// <summary>SIGHUP's number on every Linux architecture .NET runs on.</summary>
    public const int SigHup = 1;

    /// <summary>SIGINT's number on every Linux architecture .NET runs on.</summary>
    public const int SigInt = 2;

    /// <summary>SIGSTOP's number on every Linux architecture .NET runs on.</summary>
    public const int SigStop = 19;

    /// <summary>SIGKILL's number on every Linux architecture .NET runs on.</summary>
    public const int SigKill = 9;

    /// <summary>SIGTERM's number on every Linux architecture .NET runs on.</summary>
    public const int SigTerm = 15;

    /// <summary>SIGQUIT's number on every Linux architecture .NET runs on.</summary>
    public const int SigQuit = 3;

    /// <summary>MADV_DONTNEED: the next access reads the file anew.</summary>
    public const int NotNeeded = 4;

    /// <summary>M_ARENA_MAX: how many heaps the C library keeps for threads that allocate at the same time.</summary>
    public const int GreatestArenas = -8;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);

    /// <summary>Sets what a signal does; 0 means its default.</summary>
    [LibraryImport("libc", EntryPoint = "signal", SetLastError = true)]
    public static partial nint SetDisposition(int signal, nint disposition);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint GetEffectiveUserId();

    /// <summary>Tells the state of descriptors; <paramref name="timeout"/> in milliseconds.</summary>
    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(ref PollDescriptor descriptors, nuint count, int timeout);

    /// <summary>Replaces this process; returns only on failure. <paramref name="arguments"/> ends with a null element.</summary>
    [LibraryImport("libc", EntryPoint = "execvp", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Execute(string file, string?[] arguments);

    /// <summary>The same for a file that is not looked for, and not handed to a shell when it is no program.</summary>
    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ExecuteFile(string file, string?[] arguments);

    /// <summary>Sets how the C library allocates; only glibc has it.</summary>
    [LibraryImport("libc", EntryPoint = "mallopt")]
    public static partial int SetAllocation(int option, int value);

    /// <summary>Tells the kernel what becomes of a range of memory.</summary>
    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    public static partial int Advise(nint start, nuint length, int advice);
}
