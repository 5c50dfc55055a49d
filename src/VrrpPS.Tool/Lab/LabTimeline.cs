using System.Diagnostics;

namespace VrrpPS.Tool.Lab;

/// <summary>
/// The lab's one clock and its printed story: a line per event with the seconds since the start, wrapped to 80 columns.
/// </summary>
internal sealed class LabTimeline
{
    private const int Width = 80;
    private const int Indent = 21;

    private readonly TextWriter _output;
    private readonly Lock _lock = new();
    private readonly DateTimeOffset _startedAt;

    public LabTimeline(TextWriter output, TimeProvider time)
    {
        _output = output;
        _startedAt = time.GetUtcNow();
        Clock = Stopwatch.StartNew();
    }

    /// <summary>Runs since the lab's start.</summary>
    public Stopwatch Clock { get; }

    /// <summary>A wall-clock time of this machine on the lab's clock.</summary>
    public TimeSpan At(DateTimeOffset time) => time - _startedAt;

    /// <summary>A headline.</summary>
    public void Section(string title) => Write(["", $"== {title}"]);

    /// <summary>Plain lines.</summary>
    public void Text(params string[] lines) => Write(lines);

    /// <summary>What happened to whom, when.</summary>
    public void Event(TimeSpan at, string who, string what)
        => WriteIndented($"{$"+{at.TotalSeconds:0.000} s",11}  {who,-7} ", what);

    /// <summary>One result with its name.</summary>
    public void Result(string name, string value) => WriteIndented($"  {name,-(Indent - 3)} ", value);

    /// <summary>Breaks a text that does not fit at its spaces; a word longer than the width stays whole.</summary>
    internal static List<string> Wrap(string text, int width)
    {
        if (text.Length <= width)
        {
            return [text];
        }

        var lines = new List<string>();
        var line = string.Empty;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line);
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        lines.Add(line);
        return lines;
    }

    private void WriteIndented(string head, string text)
    {
        var lines = Wrap(text, Width - Indent);
        lines[0] = head + lines[0];
        for (var i = 1; i < lines.Count; i++)
        {
            lines[i] = new string(' ', Indent) + lines[i];
        }

        Write(lines);
    }

    private void Write(IEnumerable<string> lines)
    {
        lock (_lock)
        {
            foreach (var line in lines)
            {
                _output.WriteLine(line);
            }

            _output.Flush();
        }
    }
}
