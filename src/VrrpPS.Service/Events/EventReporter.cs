using VrrpPS.Engine.Notification.Lines;
using VrrpPS.Engine.Runtime;
using VrrpPS.Service.Events.Journal;

namespace VrrpPS.Service.Events;

/// <summary>
/// Writes what the engine reports. A reader that has gone away or a full disk never disturbs the engine: it is told once on standard
/// error, and again how much is missing when there is room.
/// </summary>
internal sealed class EventReporter
{
    private readonly EventFormat _format;
    private readonly EventOutput _output;
    private readonly TextWriter _error;
    private readonly TransitionLineWriter _lines = new();

    public EventReporter(EventFormat format, TextWriter output, TextWriter error)
    {
        _format = format;
        _output = new EventOutput(output);
        _error = error;
    }

    /// <summary>Where <see cref="EventFormat.Journal"/> goes first; null for nowhere but standard output.</summary>
    public JournalSocket? Journal { get; init; }

    /// <summary>Writes one event; to be subscribed to <see cref="IVrrpEngine.EventRaised"/>.</summary>
    public void Report(VrrpEvent report)
    {
        if (_format == EventFormat.Json)
        {
            if (report.Transition is { } transition)
            {
                WriteOutput(_lines.Write(TransitionLine.Create(transition)));
            }
            else
            {
                _error.WriteLine(ToText(report));
            }
        }
        else if (_format == EventFormat.Journal)
        {
            WriteJournal(report);
        }
        else
        {
            WriteOutput(ToText(report));
        }
    }

    /// <summary>The readable line of an event.</summary>
    internal static string ToText(VrrpEvent report)
    {
        var time = report.Time.ToLocalTime();
        return report.Transition is { } transition
            ? $"{time:HH:mm:ss.fff} {transition}: {transition.Reason}"
            : $"{time:HH:mm:ss.fff} {report.Name}: {(report.IsWarning ? "warning: " : string.Empty)}{report.Message}";
    }

    // The number in front is what systemd and other supervisors read as a priority (sd-daemon(3)).
    private void WriteJournal(VrrpEvent report)
    {
        if (Journal is null || !Journal.TrySend(JournalEvent.Create(report)))
        {
            WriteOutput($"<{JournalEvent.PriorityOf(report)}>{JournalEvent.Text(report).ReplaceLineEndings(" ")}");
        }
    }

    private void WriteOutput(ReadOnlySpan<char> line)
    {
        if (_output.Write(line, out long missing) is { } refusal)
        {
            _error.WriteLine($"vrrpps: events cannot be written to standard output ({refusal.Message}); they are dropped until they can, the instances run on");
        }
        else if (missing > 0)
        {
            _error.WriteLine($"vrrpps: events are written to standard output again; {missing} are missing");
        }
    }
}
