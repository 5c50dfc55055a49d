using VrrpPS.Engine.Linux;
using VrrpPS.Protocol;

namespace VrrpPS.Bench.Measure;

/// <summary>
/// The control: an epoll loop on a thread of its own that wakes every millisecond and does nothing. Where it is over 1 ms late, the
/// machine was: what falls into such a window is set aside, and counted. At real-time priority it is late for nothing that a program
/// under test computes. The steal column of /proc/stat tells how much of it the hypervisor took.
/// </summary>
internal sealed class Control : IDisposable
{
    /// <summary>How late is too late.</summary>
    public const long Bound = Clock.Millisecond;

    private readonly List<LateWindow> _late = new(4096);
    private readonly CancellationTokenSource _end = new();
    private readonly Thread _thread;
    private readonly long _stealBefore = ReadSteal();
    private readonly long _since = Clock.Now;
    private long _worst;
    private long _wakeups;

    /// <summary>Starts it.</summary>
    /// <param name="realTime">Whether at real-time priority, where that is permitted.</param>
    /// <param name="prepare">What its thread does first.</param>
    public Control(bool realTime = false, Action? prepare = null)
    {
        _thread = new Thread(() => Run(realTime, prepare)) { IsBackground = true, Name = "control" };
        _thread.Start();
    }

    /// <summary>Whether it runs at real-time priority.</summary>
    public bool IsRealTime { get; private set; }

    /// <summary>How often it woke up.</summary>
    public long Wakeups => Volatile.Read(ref _wakeups);

    /// <summary>How late it was at worst, in nanoseconds.</summary>
    public long Worst => Volatile.Read(ref _worst);

    /// <summary>The share of the time in which it was kept waiting for over 1 ms, 0..1.</summary>
    public double LateShare
    {
        get
        {
            lock (_late)
            {
                return _late.Sum(static window => window.To - window.From) / (double)(Clock.Now - _since);
            }
        }
    }

    /// <summary>How often it was over 1 ms late.</summary>
    public int LateCount
    {
        get
        {
            lock (_late)
            {
                return _late.Count;
            }
        }
    }

    /// <summary>Time that the hypervisor took from this machine since the start, in hundredths of a second over all processors.</summary>
    public long StolenTicks => ReadSteal() - _stealBefore;

    /// <summary>Whether the machine was late by more than a bound at any time between two instants.</summary>
    public bool WasLate(long from, long to, long bound)
    {
        lock (_late)
        {
            return _late.Any(window => window.To >= from && window.From <= to && window.To - window.From > bound);
        }
    }

    /// <summary>Whether the machine was late at any time between two instants.</summary>
    public bool WasLate(long from, long to)
    {
        lock (_late)
        {
            // Sorted by time: the windows that end before are skipped.
            int low = 0, high = _late.Count;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (_late[middle].To < from)
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }

            return low < _late.Count && _late[low].From <= to;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _thread.Join();
        _end.Dispose();
    }

    private static long ReadSteal()
    {
        // "cpu  user nice system idle iowait irq softirq steal ...": the eighth number.
        string[] columns = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return columns.Length > 8 ? long.Parse(columns[8]) : 0;
    }

    private void Run(bool realTime, Action? prepare)
    {
        prepare?.Invoke();
        IsRealTime = realTime && RealTime.TryEnter();
        using var poll = new EventPoll();
        long next = Clock.Now + Clock.Millisecond;
        while (!_end.IsCancellationRequested)
        {
            _ = poll.Wait(new Instant(next));
            long now = Clock.Now;
            long late = now - next;
            _wakeups++;
            if (late > _worst)
            {
                _worst = late;
            }

            if (late > Bound)
            {
                lock (_late)
                {
                    _late.Add(new LateWindow(next, now));
                }
            }

            next = late > Clock.Millisecond ? now + Clock.Millisecond : next + Clock.Millisecond;
        }
    }
}
