using System.Globalization;

namespace VrrpPS.Engine.Tests.Hostile;

/// <summary>What the loops of this process cost, by the kernel's own books: time on a processor and how often they slept.</summary>
internal readonly record struct LoopLoad(TimeSpan Processor, long WakeUps, long AllocatedBytes)
{
    /// <summary>The loop threads in the namespaces of a test network, whose names begin alike.</summary>
    public static LoopLoad Now()
    {
        long nanoseconds = 0;
        long wakeUps = 0;
        foreach (string task in Directory.GetDirectories("/proc/self/task"))
        {
            string name;
            try
            {
                name = File.ReadAllText(Path.Combine(task, "comm"));
            }
            catch (IOException)
            {
                // A thread that has ended since it was listed.
                continue;
            }

            if (!name.StartsWith("vrrp vrrpps", StringComparison.Ordinal))
            {
                continue;
            }

            nanoseconds += long.Parse(File.ReadAllText(Path.Combine(task, "schedstat")).Split(' ')[0], CultureInfo.InvariantCulture);
            wakeUps += File.ReadLines(Path.Combine(task, "status"))
                .Where(static line => line.StartsWith("voluntary_ctxt_switches", StringComparison.Ordinal))
                .Sum(static line => long.Parse(line.Split(':')[1], CultureInfo.InvariantCulture));
        }

        return new LoopLoad(TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick), wakeUps, GC.GetTotalAllocatedBytes());
    }

    public static LoopLoad operator -(LoopLoad left, LoopLoad right)
        => new(left.Processor - right.Processor, left.WakeUps - right.WakeUps, left.AllocatedBytes - right.AllocatedBytes);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Processor.TotalMilliseconds:F1} ms on a processor, {WakeUps} wake-ups, {AllocatedBytes / 1024} KiB allocated");
}
