using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Engine.Notification.Lines;

namespace VrrpPS.Engine.Notification;

/// <summary>
/// All notifications of one engine: keeps the order when a name is used again, shares FIFOs and files between instances, and waits
/// at the end, within a bound, until everybody has been told.
/// </summary>
/// <param name="timeProvider">The wall clock.</param>
/// <param name="report">Told of what goes wrong: the subject, null for what several share, and a sentence.</param>
internal sealed class NotificationCenter(TimeProvider timeProvider, Action<NoticeSubject?, string> report) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<NoticeSubject, long> _sequences = [];
    private readonly Dictionary<NoticeSubject, Task> _leaving = [];
    private readonly HashSet<Notifier> _notifiers = [];
    private readonly Dictionary<string, LineSink> _sinks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task> _closing = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _hurried = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TimeProvider TimeProvider => timeProvider;

    /// <summary>Begins to tell about a subject; null when nobody wants to be told.</summary>
    public Notifier? Open(NoticeSubject subject, NotificationOptions options)
    {
        if (options == NotificationOptions.None)
        {
            return null;
        }

        lock (_gate)
        {
            // The last words of the one before come first.
            var notifier = new Notifier(this, subject, options, _leaving.GetValueOrDefault(subject, Task.CompletedTask));
            _notifiers.Add(notifier);
            return notifier;
        }
    }

    /// <summary>Tells no more about a subject; what waits is still told.</summary>
    public void Close(Notifier notifier)
    {
        notifier.Complete();
        lock (_gate)
        {
            var ended = notifier.Ended;
            _leaving[notifier.Subject] = ended;
            _ = ended.ContinueWith(_ => Forget(notifier, ended), TaskScheduler.Default);
        }
    }

    /// <summary>Waits until everything is told, and gives up what is left after the bound.</summary>
    public void Finish(TimeSpan bound)
    {
        Notifier[] notifiers;
        Task[] ends;
        lock (_gate)
        {
            notifiers = [.. _notifiers];
        }

        foreach (var notifier in notifiers)
        {
            Close(notifier);
        }

        lock (_gate)
        {
            ends = [.. notifiers.Select(static notifier => notifier.Ended), .. _closing.Values];
        }

        var all = Task.WhenAll(ends);
        if (Task.WaitAny([all, _hurried.Task], bound) != 0)
        {
            foreach (var notifier in notifiers)
            {
                int abandoned = notifier.Abandon();
                if (abandoned > 0)
                {
                    Report(notifier.Subject, $"{abandoned} changes were not told any more: commands or mails took too long at the end.");
                }
            }

            // Killing takes a moment, and its report should be heard.
            all.Wait(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Somebody lost patience with a <see cref="Finish"/> that is under way.</summary>
    public void Hurry() => _hurried.TrySetResult();

    /// <summary>Gives everything up at once.</summary>
    public void Dispose() => Finish(TimeSpan.Zero);

    internal long NextSequence(NoticeSubject subject)
    {
        lock (_gate)
        {
            return _sequences[subject] = _sequences.GetValueOrDefault(subject) + 1;
        }
    }

    internal void Report(NoticeSubject? subject, string message) => report(subject, message);

    internal LineSink OpenFifo(string path) => OpenSink(path, $"The FIFO {path}", () => new FifoWriter(path));

    internal LineSink OpenFile(EventFileOptions options) => OpenSink(options.Path, $"The event file {options.Path}", () => new EventFileWriter(options));

    internal void Close(LineSink sink)
    {
        lock (_gate)
        {
            if (--sink.Users > 0)
            {
                return;
            }

            string path = _sinks.First(pair => ReferenceEquals(pair.Value, sink)).Key;
            _ = _sinks.Remove(path);
            sink.Complete();
            _closing[path] = sink.Ended;
        }
    }

    private LineSink OpenSink(string path, string name, Func<ILineWriter> open)
    {
        lock (_gate)
        {
            if (!_sinks.TryGetValue(path, out var sink))
            {
                sink = new LineSink(name, open(), message => report(null, message), _closing.GetValueOrDefault(path));
                _sinks.Add(path, sink);
            }

            sink.Users++;
            return sink;
        }
    }

    private void Forget(Notifier notifier, Task ended)
    {
        lock (_gate)
        {
            _ = _notifiers.Remove(notifier);
            if (_leaving.TryGetValue(notifier.Subject, out var last) && ReferenceEquals(last, ended))
            {
                _ = _leaving.Remove(notifier.Subject);
            }
        }
    }
}
