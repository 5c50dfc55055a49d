using System.Diagnostics;
using System.Text;
using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Engine.Linux;

namespace VrrpPS.Engine.Health.Probes;

/// <summary>Counts living processes of a name in /proc.</summary>
internal sealed class ProcessProbe(ProcessTracker tracker) : IProbe
{
    /// <summary>TASK_COMM_LEN without its terminator.</summary>
    private const int NameLength = 15;

    private readonly string _kernelName = Cut(tracker.ProcessName);

    /// <inheritdoc/>
    public ProbeResult Look(CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        int count = 0;
        foreach (int pid in ProcessTable.ProcessIds())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (string.Equals(ProcessTable.Name(pid), _kernelName, StringComparison.Ordinal) && HasWholeName(pid) && ProcessTable.IsAlive(pid))
            {
                count++;
            }
        }

        bool succeeded = count >= tracker.Quorum && count <= (tracker.QuorumMaximum ?? int.MaxValue);
        string wanted = tracker.QuorumMaximum is { } most ? $"{tracker.Quorum} to {most}" : $"{tracker.Quorum}";
        string output = $"{count} {(count == 1 ? "process" : "processes")} named '{tracker.ProcessName}'{(succeeded ? string.Empty : $"; {wanted} wanted")}";
        return new ProbeResult(succeeded, output, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>The kernel keeps the beginning of a name only; the rest stands in the command line.</summary>
    private bool HasWholeName(int pid)
        => _kernelName.Length == tracker.ProcessName.Length
        || string.Equals(Path.GetFileName(ProcessTable.Program(pid)), tracker.ProcessName, StringComparison.Ordinal);

    private static string Cut(string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        return Encoding.UTF8.GetString(bytes, 0, Math.Min(NameLength, bytes.Length));
    }
}
