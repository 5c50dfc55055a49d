using System.Globalization;

namespace VrrpPS.Tool.Lab;

/// <summary>
/// The process that made a lab, told from every other one that had or will have its number: by number and start time. What
/// /proc says about it is the same for every user, mount namespace and temporary directory, so that no lab takes another
/// one's living network for a leftover.
/// </summary>
/// <param name="ProcessId">Its number.</param>
/// <param name="StartTime">When it started, in clock ticks since boot; it survives exec.</param>
internal readonly record struct LabOwner(int ProcessId, long StartTime)
{
    /// <summary>This process.</summary>
    public static LabOwner Current { get; } = Of(Environment.ProcessId)
        ?? throw new InvalidOperationException("/proc does not show this process.");

    /// <summary>Whether the process lives.</summary>
    public bool IsAlive => Of(ProcessId) == this;

    /// <summary>A living process; null when there is none of that number, or only what is left to be waited for.</summary>
    public static LabOwner? Of(int processId)
    {
        string stat;
        try
        {
            stat = File.ReadAllText($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/stat");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        // "pid (name) state ppid ...": the name may contain anything, so the fields count from its last parenthesis.
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        const int state = 0;
        const int startTime = 19;
        return fields.Length > startTime
            && fields[state] is not ("Z" or "X")
            && long.TryParse(fields[startTime], NumberStyles.None, CultureInfo.InvariantCulture, out var started)
            ? new LabOwner(processId, started)
            : null;
    }

    /// <summary><c>PID.START</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ProcessId}.{StartTime}");

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out LabOwner owner)
    {
        owner = default;
        var dot = text.IndexOf('.');
        if (dot <= 0
            || !int.TryParse(text[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var processId)
            || !long.TryParse(text[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var startTime))
        {
            return false;
        }

        owner = new LabOwner(processId, startTime);
        return true;
    }
}
