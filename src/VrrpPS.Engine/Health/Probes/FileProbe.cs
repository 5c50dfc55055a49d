using System.Diagnostics;
using System.Globalization;
using System.Text;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Engine.Linux;

namespace VrrpPS.Engine.Health.Probes;

/// <summary>
/// Reads a whole number from a file, at every interval and whenever the kernel tells of a change. What is no number changes nothing:
/// somebody may be writing it.
/// </summary>
internal sealed class FileProbe(FileTracker tracker) : IProbe, IDisposable
{
    /// <summary>More than any number with blanks around it; the file may be anything.</summary>
    private const int MaxLength = 256;

    private readonly byte[] _buffer = new byte[MaxLength];
    private FileWatch? _watch;
    private ProbeWait? _wait;
    private string? _method;
    private long _value;

    /// <inheritdoc/>
    public ProbeResult Look(CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        Watch();
        string output;
        try
        {
            using var file = new FileStream(tracker.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            int length = file.ReadAtLeast(_buffer, MaxLength, throwOnEndOfStream: false);
            string text = Encoding.UTF8.GetString(_buffer, 0, length).Trim();
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
            {
                _value = value;
                output = $"value {_value}";
            }
            else
            {
                output = $"value {_value}; what the file has now is no whole number";
            }
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            _value = 0;
            output = "value 0; there is no such file";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            output = $"value {_value}; the file cannot be read: {exception.Message}";
        }

        return new ProbeResult(tracker.Weight != 0 || _value == 0, output, Stopwatch.GetElapsedTime(start)) { Value = _value, Method = _method };
    }

    /// <inheritdoc/>
    public void Wait(TimeSpan pause, CancellationToken cancellationToken)
    {
        if (_wait is null)
        {
            _ = cancellationToken.WaitHandle.WaitOne(pause);
            return;
        }

        var until = MonotonicClock.Now + (long)pause.TotalNanoseconds;
        while (_wait.HasInput(until, cancellationToken) && !_watch!.Drain())
        {
            // Something else in that directory.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _wait?.Dispose();
        _watch?.Dispose();
    }

    /// <summary>Watches before the file is read, so that nothing is missed in between.</summary>
    private void Watch()
    {
        if (_method is not null && _watch is null)
        {
            return;
        }

        try
        {
            if (_watch is null)
            {
                _watch = new FileWatch(tracker.Path);
                _wait = new ProbeWait(_watch.FileDescriptor);
                _method = "file events";
            }

            _watch.Renew();
        }
        catch (KernelException exception)
        {
            Dispose();
            (_wait, _watch) = (null, null);
            _method = $"polling every {DurationText.Format(tracker.Interval)}: {exception.Message}";
        }
    }
}
