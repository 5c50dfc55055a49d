using System.Text;
using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Engine.Linux;

namespace VrrpPS.Engine.Health.Probes;

/// <summary>Whether a process is one that a tracker counts.</summary>
internal sealed class ProcessMatch(ProcessTracker tracker)
{
    /// <summary>TASK_COMM_LEN without its terminator.</summary>
    private const int NameLength = 15;

    private readonly string _kernelName = Cut(tracker.ProcessName);

    /// <summary>Whether it is; false for one that is gone.</summary>
    public bool Is(int pid)
    {
        if (!tracker.FullCommand && !string.Equals(ProcessTable.Name(pid), _kernelName, StringComparison.Ordinal))
        {
            return false;
        }

        bool isCut = _kernelName.Length != tracker.ProcessName.Length;
        if (!tracker.FullCommand && !isCut && tracker.ArgumentMatch == ArgumentMatch.None)
        {
            return true;
        }

        if (ProcessTable.Arguments(pid) is not [var program, ..] words)
        {
            // A kernel thread, or gone.
            return false;
        }

        // The kernel keeps the beginning of a name only; the rest stands in the command line.
        bool hasName = tracker.FullCommand
            ? string.Equals(program, tracker.ProcessName, StringComparison.Ordinal)
            : !isCut || string.Equals(Path.GetFileName(program), tracker.ProcessName, StringComparison.Ordinal);
        return hasName && HasArguments(words.AsSpan(1));
    }

    private bool HasArguments(ReadOnlySpan<string> actual)
    {
        var wanted = tracker.Arguments;
        if (tracker.ArgumentMatch == ArgumentMatch.None)
        {
            return true;
        }

        if (actual.Length < wanted.Count || (tracker.ArgumentMatch == ArgumentMatch.Exact && actual.Length != wanted.Count))
        {
            return false;
        }

        for (int i = 0; i < wanted.Count; i++)
        {
            bool beginningOnly = tracker.ArgumentMatch == ArgumentMatch.Initial && i == wanted.Count - 1;
            if (beginningOnly ? !actual[i].StartsWith(wanted[i], StringComparison.Ordinal) : !string.Equals(actual[i], wanted[i], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    private static string Cut(string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        return Encoding.UTF8.GetString(bytes, 0, Math.Min(NameLength, bytes.Length));
    }
}
