using System.Runtime.InteropServices;

namespace VrrpPS.Engine.Linux.Native;

/// <summary>Imports for scheduling and memory locking.</summary>
internal static unsafe partial class SchedulingNative
{
    public const int SCHED_FIFO = 1;

    /// <summary>Threads and processes that the calling thread makes begin at ordinary priority.</summary>
    public const int SCHED_RESET_ON_FORK = 0x40000000;

    public const int MCL_CURRENT = 1;
    public const int MCL_FUTURE = 2;

    /// <summary>A page is locked when it is first used, instead of all of them at once.</summary>
    public const int MCL_ONFAULT = 4;

    /// <summary>By how many nanoseconds the kernel may wake the calling thread late to save wake-ups: 50 000 unless it is told otherwise.</summary>
    public const int PR_SET_TIMERSLACK = 29;

    [LibraryImport(Libc.Name, EntryPoint = "prctl", SetLastError = true)]
    public static partial int Control(int option, nuint argument);

    /// <summary>Process 0 is the calling thread; struct sched_param is one int.</summary>
    [LibraryImport(Libc.Name, EntryPoint = "sched_setscheduler", SetLastError = true)]
    public static partial int SetScheduler(int process, int policy, int* priority);

    /// <summary>Process 0 is the calling thread.</summary>
    [LibraryImport(Libc.Name, EntryPoint = "sched_setaffinity", SetLastError = true)]
    public static partial int SetAffinity(int process, nuint size, ulong* mask);

    [LibraryImport(Libc.Name, EntryPoint = "mlockall", SetLastError = true)]
    public static partial int LockAll(int flags);
}
