using System.Runtime.InteropServices;

namespace VrrpPS.Bench.Measure;

/// <summary>Real-time scheduling for the threads that measure.</summary>
internal static unsafe partial class RealTime
{
    private const int Fifo = 1;

    /// <summary>
    /// Puts the calling thread above every ordinary one; false where that is not permitted. What the programs under test compute then
    /// delays neither the control nor the probes: a sample is set aside for what the machine did, never for what a program did.
    /// </summary>
    public static bool TryEnter()
    {
        int priority = 1;
        return SetScheduler(0, Fifo, &priority) == 0;
    }

    [LibraryImport("libc", EntryPoint = "sched_setscheduler", SetLastError = true)]
    private static partial int SetScheduler(int thread, int policy, int* priority);
}
