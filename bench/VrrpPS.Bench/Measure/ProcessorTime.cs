using System.Globalization;
using VrrpPS.Bench.Nodes;

namespace VrrpPS.Bench.Measure;

/// <summary>
/// What the processors have done up to an instant. A processor's busy time is what it was not idle, so nothing can hide: interrupts,
/// wake-ups, the guard, the kernel's half of every packet. The time of the processes alone comes from the scheduler (nanoseconds); it
/// stays usable where others disturb the idle time.
/// </summary>
internal sealed record ProcessorTime
{
    /// <summary>When.</summary>
    public required long At { get; init; }

    /// <summary>Idle time of each processor, in nanoseconds.</summary>
    public required long[] Idle { get; init; }

    /// <summary>Processor time of the processes of the node.</summary>
    public required long Processes { get; init; }

    /// <summary>How often the processes of the node have gone to sleep or were put aside.</summary>
    public required long Switches { get; init; }

    /// <summary>Processor time of everybody else but this harness and its children, by process.</summary>
    public required IReadOnlyDictionary<int, long> Others { get; init; }

    /// <summary>Now.</summary>
    /// <param name="node">The processes of the node.</param>
    /// <param name="ours">Other processes that belong to the measurement.</param>
    public static ProcessorTime Read(IReadOnlyCollection<int> node, IReadOnlyCollection<int> ours)
    {
        var others = new Dictionary<int, long>();
        foreach (string directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
                && pid != Environment.ProcessId && !node.Contains(pid) && !ours.Contains(pid))
            {
                others[pid] = RunTime(pid);
            }
        }

        return new ProcessorTime
        {
            Others = others,
            Processes = node.Sum(RunTime),
            Switches = node.Sum(SwitchesOf),
            At = Clock.Now,
            Idle = IdleTime.Read(),
        };
    }

    /// <summary>How long a processor was busy since an earlier instant, in nanoseconds.</summary>
    public long BusySince(ProcessorTime before, int processor) => At - before.At - (Idle[processor] - before.Idle[processor]);

    /// <summary>Processor time of everybody else since an earlier instant. What ended meanwhile is not in it.</summary>
    public long OthersSince(ProcessorTime before)
        => Others.Sum(process => Math.Max(0, process.Value - before.Others.GetValueOrDefault(process.Key)));

    private static long RunTime(int pid) => OfTasks(pid, "schedstat", static text => long.Parse(text.AsSpan(0, text.IndexOf(' ')), CultureInfo.InvariantCulture));

    private static long SwitchesOf(int pid) => OfTasks(pid, "status", static text => text.Split('\n')
        .Where(static line => line.Contains("ctxt_switches", StringComparison.Ordinal))
        .Sum(static line => long.Parse(line.AsSpan(line.IndexOf(':') + 1), CultureInfo.InvariantCulture)));

    private static long OfTasks(int pid, string file, Func<string, long> read)
    {
        try
        {
            return ProcessTree.TasksOf(pid).Sum(task => read(File.ReadAllText($"{task}/{file}")));
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return 0;
        }
    }
}
