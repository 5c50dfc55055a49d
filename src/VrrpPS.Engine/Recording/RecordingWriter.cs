using System.Globalization;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Recording;

/// <summary>
/// Writes down what the loops have put into their rings, on a thread of its own: the loops never wait for a disk. What it cannot
/// keep up with, or the disk does not take, is dropped, counted and reported; recording goes on with fresh headers.
/// </summary>
internal sealed class RecordingWriter : IDisposable
{
    private const int BlockSize = 64 * 1024;
    private const long Period = 100 * Instant.NanosecondsPerMillisecond;
    private const long RetryDelay = 5 * Instant.NanosecondsPerSecond;
    private const long ReportGap = 60 * Instant.NanosecondsPerSecond;

    private readonly EventFd _wake = new();
    private readonly EventPoll _poll = new();
    private readonly RecordingFile _file;
    private readonly RecordingLines _lines = new();
    private readonly Action<string> _report;
    private readonly string _path;
    private readonly Thread _thread;
    private readonly Lock _lock = new();
    private RecordingChannel[] _channels = [];
    private volatile bool _closing;
    private long _written;
    private long _discarded;
    private long _lostBefore;
    private long _reportedLost;
    private long _unsaidLost;
    private Instant _nextReport;
    private Instant _retryAt = Instant.Never;

    /// <summary>Begins the file, so that what is wrong with its path is an error now and not a finding later.</summary>
    /// <param name="options">Where to.</param>
    /// <param name="report">Takes a sentence about what was lost; called at most once a minute.</param>
    /// <exception cref="VrrpException">RecordingUnwritable, InvalidConfiguration.</exception>
    public RecordingWriter(RecordingOptions options, Action<string> report)
    {
        if (options.MaxFileSize < BlockSize || options.MaxFiles < 1)
        {
            throw VrrpErrors.InvalidRecordingOptions(options);
        }

        _report = report;
        _path = options.Path;
        _file = new RecordingFile(options);
        try
        {
            _file.Begin();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw VrrpErrors.RecordingUnwritable(options.Path, exception);
        }

        _poll.Add(_wake.FileDescriptor, 0);
        _thread = new Thread(Run) { IsBackground = true, Name = "vrrp recording" };
        _thread.Start();
    }

    /// <summary>Steps in the file so far.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Steps lost so far: no room in a ring, or refused by the disk.</summary>
    public long Lost => Interlocked.Read(ref _discarded) + LostByLoops;

    /// <summary>Loops that still record.</summary>
    public int ChannelCount => Volatile.Read(ref _channels).Length;

    private long LostByLoops => Interlocked.Read(ref _lostBefore) + Volatile.Read(ref _channels).Sum(static channel => channel.Lost);

    /// <summary>A ring for one more loop.</summary>
    public RecordingChannel OpenChannel()
    {
        var channel = new RecordingChannel(_wake);
        lock (_lock)
        {
            Volatile.Write(ref _channels, [.. _channels, channel]);
        }

        return channel;
    }

    /// <summary>Writes what is left and ends the thread; waits for it at most two seconds.</summary>
    public void Dispose()
    {
        _closing = true;
        _wake.Signal();
        if (_thread.Join(TimeSpan.FromSeconds(2)))
        {
            _file.Dispose();
            _lines.Dispose();
            _poll.Dispose();
            _wake.Dispose();
        }
    }

    private void Run()
    {
        bool last;
        do
        {
            last = _closing;
            _ = last ? default : _poll.Wait(Period);
            _ = _wake.Drain();
            BeginAgain();
            foreach (var channel in Volatile.Read(ref _channels))
            {
                bool isClosed = channel.IsClosed;
                Drain(channel);
                if (isClosed)
                {
                    Remove(channel);
                }
            }

            Save();
            ReportLost();
        }
        while (!last);
    }

    private void Remove(RecordingChannel channel)
    {
        lock (_lock)
        {
            Volatile.Write(ref _channels, [.. _channels.Where(other => other != channel)]);
            Interlocked.Add(ref _lostBefore, channel.Lost);
        }
    }

    private void Drain(RecordingChannel channel)
    {
        int waiting = channel.Ring.Count;
        while (waiting > 0)
        {
            int taken = _lines.Add(channel.Ring);
            channel.Ring.Release(taken);
            waiting -= taken;
            if (_lines.Length >= BlockSize)
            {
                Save();
            }
        }
    }

    private void Save()
    {
        if (_lines.Length == 0)
        {
            return;
        }

        long steps = _lines.Steps;
        try
        {
            if (_file.IsOpen && _file.IsFullWith(_lines.Length))
            {
                _file.Begin();
                AskForHeaders();
            }

            if (_file.IsOpen)
            {
                _file.Write(_lines.Bytes);
                Interlocked.Add(ref _written, steps);
                steps = 0;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Fail(exception);
        }

        Interlocked.Add(ref _discarded, steps);
        _lines.Clear();
    }

    private void Fail(Exception exception)
    {
        _file.Dispose();
        _retryAt = MonotonicClock.Now + RetryDelay;
        if (MonotonicClock.Now >= _nextReport)
        {
            _nextReport = MonotonicClock.Now + ReportGap;
            _report($"The recording '{_path}' cannot be written: {exception.Message} It is tried again every five seconds; what happens meanwhile is not recorded.");
        }
    }

    // After a failure the rest of the old file may end in the middle of a line, so a new one begins.
    private void BeginAgain()
    {
        if (MonotonicClock.Now < _retryAt)
        {
            return;
        }

        _retryAt = Instant.Never;
        try
        {
            _file.Begin();
            AskForHeaders();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Fail(exception);
        }
    }

    private void AskForHeaders()
    {
        foreach (var channel in Volatile.Read(ref _channels))
        {
            channel.NextGeneration();
        }
    }

    private void ReportLost()
    {
        long lost = LostByLoops;
        _unsaidLost += lost - _reportedLost;
        _reportedLost = lost;
        if (_unsaidLost > 0 && MonotonicClock.Now >= _nextReport)
        {
            _nextReport = MonotonicClock.Now + ReportGap;
            _report(string.Create(
                CultureInfo.InvariantCulture,
                $"{_unsaidLost} steps are missing from the recording '{_path}': more happened than the disk could take."));
            _unsaidLost = 0;
        }
    }
}
