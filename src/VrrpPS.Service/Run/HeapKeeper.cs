using VrrpPS.Engine.Linux.Scheduling;
using VrrpPS.Engine.Runtime;
using VrrpPS.Protocol;

namespace VrrpPS.Service.Run;

/// <summary>
/// Gives memory back that nobody would collect otherwise: starts, takeovers and reloads leave more than is kept, and afterwards the loops
/// allocate nothing. Once it is quiet, because all threads stand still meanwhile, and never where some milliseconds are much of an
/// advertisement interval.
/// </summary>
internal sealed class HeapKeeper : IDisposable
{
    /// <summary>More than this in a period, and something is going on.</summary>
    private const long QuietBytes = 64 * 1024;

    /// <summary>How many periods may pass between two looks: each wakes threads that nothing else does, which is most of what a node with one router costs.</summary>
    private const int MostPeriods = 12;

    /// <summary>Less than this is not worth a pause.</summary>
    private const long WorthBytes = 1024 * 1024;

    /// <summary>The same after many takeovers at once: the program has read code and tables for them, too, which are given back with the rest.</summary>
    private const long WorthBytesThen = 256 * 1024;

    private const long ManyTransitions = 100;

    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(5);
    private static readonly Interval s_shortest = new(10);
    private readonly IVrrpEngine _engine;
    private readonly Func<long> _allocated;
    private readonly Action _collect;
    private readonly Timer _timer;
    private int _periods = 1;
    private long _seen;
    private long _collected;
    private long _transitions;
    private bool _hasBegun;

    /// <summary>
    /// Looks after the heap of this process. The loops stand still while it is collected, and so it is done as they are scheduled: at ordinary
    /// priority a busy machine would keep loops of a real-time priority waiting.
    /// </summary>
    public HeapKeeper(IVrrpEngine engine, LoopScheduling scheduling)
        : this(engine, static () => GC.GetTotalAllocatedBytes(precise: false), CollectionBy(scheduling))
    {
    }

    /// <summary>Looks after another heap.</summary>
    internal HeapKeeper(IVrrpEngine engine, Func<long> allocated, Action collect)
    {
        _engine = engine;
        _allocated = allocated;
        _collect = collect;
        _engine.EventRaised += Note;
        _timer = new Timer(static self => ((HeapKeeper)self!).LookAndWait(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Until the next look.</summary>
    internal TimeSpan Wait => _periods * s_period;

    /// <inheritdoc/>
    public void Dispose()
    {
        _engine.EventRaised -= Note;
        _timer.Dispose();
    }

    /// <summary>
    /// Begins with what the start has left, soon and on another thread: the code of what the caller still has to do before it waits is
    /// not to be read again afterwards.
    /// </summary>
    public void Begin() => _ = _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);

    /// <summary>One look, <see cref="Wait"/> after the one before; the first takes what the start has left. The longer it is quiet, the longer until the next.</summary>
    internal void Look()
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            Collect();
            return;
        }

        long allocated = _allocated();
        bool isQuiet = allocated - _seen < _periods * QuietBytes;
        bool isMuch = allocated - _collected >= (Interlocked.Read(ref _transitions) < ManyTransitions ? WorthBytes : WorthBytesThen);
        _seen = allocated;
        if (!isQuiet || (isMuch && _periods > 1))
        {
            // What a long time has left may have come just now, in the middle of a takeover.
            _periods = 1;
            return;
        }

        if (isMuch && _engine.GetConfigurations().All(static instance => instance.AdvertisementInterval >= s_shortest))
        {
            Collect();
        }

        _periods = Math.Min(2 * _periods, MostPeriods);
    }

    private void Collect()
    {
        _collect();
        _seen = _collected = _allocated();
        _ = Interlocked.Exchange(ref _transitions, 0);
    }

    private void Note(VrrpEvent report)
    {
        if (report.Transition is not null)
        {
            _ = Interlocked.Increment(ref _transitions);
        }
    }

    private void LookAndWait()
    {
        try
        {
            Look();
        }
        catch (OutOfMemoryException)
        {
            // No thread could be made for it: another time.
        }

        try
        {
            _ = _timer.Change(Wait, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // The service ended meanwhile.
            return;
        }
    }

    private static Action CollectionBy(LoopScheduling scheduling)
    {
        return () =>
        {
            // Found before: the collection takes what finding them leaves.
            var pages = CleanPages.FindOwn();
            scheduling.Run(static () => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true));
            CleanPages.Release(pages);
        };
    }
}
