using System.Globalization;
using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Engine.Linux.Native;

namespace VrrpPS.Engine.Linux.Scheduling;

/// <summary>
/// How the engine's loops are scheduled: for a machine whose load would otherwise make advertisements late. Only the loops are
/// raised; what they start (checks, commands, the guard) runs at ordinary priority.
/// </summary>
public sealed record LoopScheduling
{
    /// <summary>The least real-time priority.</summary>
    public const int LeastPriority = 1;

    /// <summary>The greatest real-time priority.</summary>
    public const int GreatestPriority = 99;

    /// <summary>As every other thread.</summary>
    public static LoopScheduling Ordinary { get; } = new();

    /// <summary>
    /// The priority under SCHED_FIFO, 1..99; 0 for ordinary scheduling. Needs CAP_SYS_NICE or a limit (RLIMIT_RTPRIO) of that height.
    /// </summary>
    public int RealTimePriority { get; init; }

    /// <summary>
    /// Whether pages that were used once stay in memory, of the whole process. Needs CAP_IPC_LOCK or a limit (RLIMIT_MEMLOCK) beyond
    /// the process's size, reserved address space included.
    /// </summary>
    public bool LockMemory { get; init; }

    /// <summary>The processors that the loops, and what they start, may run on; null for all.</summary>
    public ProcessorSet? Processors { get; init; }

    /// <summary>Reads a real-time priority, 1..99.</summary>
    public static bool TryParsePriority(string text, out int priority)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out priority) && priority is >= LeastPriority and <= GreatestPriority;

    /// <summary>The options of <c>vrrpps run</c> that ask for it.</summary>
    public IEnumerable<string> Arguments()
    {
        if (RealTimePriority > 0)
        {
            yield return "--realtime-priority";
            yield return RealTimePriority.ToString(CultureInfo.InvariantCulture);
        }

        if (LockMemory)
        {
            yield return "--lock-memory";
        }

        if (Processors is { } processors)
        {
            yield return "--processors";
            yield return processors.Text;
        }
    }

    /// <summary>
    /// Asks the kernel for all of it, for the memory for good and for the rest on a thread that ends again; what it refuses, each
    /// with the way out.
    /// </summary>
    public IReadOnlyList<string> Prepare()
    {
        var refusals = new List<string>();
        if (LockMemory && SchedulingNative.LockAll(SchedulingNative.MCL_CURRENT | SchedulingNative.MCL_FUTURE | SchedulingNative.MCL_ONFAULT) < 0)
        {
            refusals.Add($"Cannot lock the memory: {Words()}. Give the process CAP_IPC_LOCK, or LimitMEMLOCK=infinity in its unit.");
        }

        refusals.AddRange(DedicatedThread.Run(Apply));
        return refusals;
    }

    /// <summary>Does some work scheduled as the loops are, on a thread of its own, and waits for it; what the kernel refuses is left out.</summary>
    public void Run(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        _ = DedicatedThread.Run(() =>
        {
            _ = Apply();
            work();
            return true;
        });
    }

    /// <summary>Applies priority and processors to the calling thread, and has its timers kept exactly; what the kernel refuses leaves it as it was and is returned.</summary>
    internal unsafe IReadOnlyList<string> Apply()
    {
        var refusals = new List<string>();

        // A loop puts wake-ups together by itself, where being late costs nothing. Refused by no kernel.
        _ = SchedulingNative.Control(SchedulingNative.PR_SET_TIMERSLACK, 1);
        if (Processors is { } processors)
        {
            fixed (ulong* mask = processors.Mask)
            {
                if (SchedulingNative.SetAffinity(0, (nuint)(processors.Mask.Length * sizeof(ulong)), mask) < 0)
                {
                    refusals.Add($"Cannot run on the processors {processors}: {Words()}. This machine has {Environment.ProcessorCount}, numbered from 0, unless its administrator took some away.");
                }
            }
        }

        int priority = RealTimePriority;
        if (priority > 0 && SchedulingNative.SetScheduler(0, SchedulingNative.SCHED_FIFO | SchedulingNative.SCHED_RESET_ON_FORK, &priority) < 0)
        {
            refusals.Add($"Cannot run at real-time priority {priority}: {Words()}. Give the process CAP_SYS_NICE, or LimitRTPRIO={priority} and no RestrictRealtime= in its unit.");
        }

        return refusals;
    }

    private static string Words()
    {
        int number = Errno.Last;
        return $"{Errno.Name(number)} ({Errno.Describe(number)})";
    }
}
