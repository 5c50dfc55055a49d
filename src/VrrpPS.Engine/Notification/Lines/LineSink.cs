namespace VrrpPS.Engine.Notification.Lines;

/// <summary>
/// A destination of lines that several instances share, with a queue of its own: a hanging disk holds up its own lines only. What
/// is not taken is counted, and told when it begins and when it is over.
/// </summary>
internal sealed class LineSink : IDisposable
{
    private const int Capacity = 1024;

    private readonly ILineWriter _writer;
    private readonly Action<string> _report;
    private readonly OrderedQueue<string> _queue;
    private readonly Task _closed;
    private readonly string _name;
    private long _failing;
    private long _droppedTold;

    public LineSink(string name, ILineWriter writer, Action<string> report, Task? after)
    {
        _name = name;
        _writer = writer;
        _report = report;
        _queue = new OrderedQueue<string>("vrrp notify lines", Capacity, (line, _) => Write(line), exception => Failed(exception.Message), after);
        _closed = _queue.Ended.ContinueWith(_ => _writer.Dispose(), TaskScheduler.Default);
    }

    /// <summary>How many instances write here.</summary>
    public int Users { get; set; }

    /// <summary>How many lines were lost.</summary>
    public long Lost => _queue.Lost + _writer.Lost;

    /// <summary>Completes when the last line is written and the destination closed.</summary>
    public Task Ended => _closed;

    public void Post(string line) => _queue.Post(line);

    /// <summary>Takes no more lines.</summary>
    public void Complete() => _queue.Complete();

    /// <summary>Forgets what waits.</summary>
    public void Dispose()
    {
        _queue.Dispose();
    }

    private void Write(string line)
    {
        if (_writer.Write(line) is { } problem)
        {
            Failed(problem);
            return;
        }

        long dropped = _queue.Lost - _droppedTold;
        if (_failing + dropped > 0)
        {
            _report($"{_name} takes lines again; {_failing + dropped} were lost meanwhile.");
            _failing = 0;
            _droppedTold += dropped;
        }
    }

    private void Failed(string problem)
    {
        if (_failing++ == 0)
        {
            _report(problem);
        }
    }
}
