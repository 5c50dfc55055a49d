using System.Diagnostics;
using System.Management.Automation;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Report;
using VrrpPS.Engine.Runtime;
using VrrpPS.Formatting;
using VrrpPS.Lifecycle;
using VrrpPS.Parameters;

namespace VrrpPS.Commands;

/// <summary>Shows all instances, those of this session and of the service, and what changes: a board drawn in place at a terminal, a row for each change elsewhere.</summary>
[Cmdlet(VerbsCommon.Watch, "VrrpState")]
[OutputType(typeof(VrrpState))]
public sealed class WatchVrrpStateCommand : InstanceReaderCmdlet
{
    private readonly AutoResetEvent _changed = new(initialState: false);
    private readonly Dictionary<(InstanceKey Key, VrrpHost Host), VrrpState> _shown = [];
    private readonly HashSet<IVrrpEngine> _followed = [];
    private SourceScopes? _scopes;
    private bool _lost;

    /// <summary>Ends after that many changes; the states at the beginning count as none.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long Count { get; set; } = long.MaxValue;

    /// <summary>Ends after that time. Without it and without -Count, q or Ctrl+C ends it.</summary>
    [Parameter]
    [Duration]
    public VrrpDuration? Duration { get; set; }

    /// <summary>How long it rests at most before it looks again, 50 ms..1 h; 1 s unless given. Changes are shown at once.</summary>
    [Parameter]
    [Duration]
    public VrrpDuration? Interval { get; set; }

    /// <summary>Emits the states, and each that changes, instead of drawing a board; so it does anyway where there is no terminal.</summary>
    [Parameter]
    public SwitchParameter Plain { get; set; }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        var interval = Interval?.Value ?? TimeSpan.FromSeconds(1);
        if (interval < TimeSpan.FromMilliseconds(50) || interval > TimeSpan.FromHours(1))
        {
            throw VrrpErrors.DurationOutOfRange("An interval", interval, "50ms to 1h");
        }

        bool board = !Plain && IsTerminal();
        using var screen = board ? new BoardScreen(Host.UI) : null;
        using var keys = board ? EndKeys.Watch(this, takeInterrupt: false) : null;
        long start = Stopwatch.GetTimestamp();
        long changes = 0;
        for (bool first = true; !StopToken.IsCancellationRequested; first = false)
        {
            var states = Look(first);
            var news = TakeNews(states);
            changes += first ? 0 : news.Count;
            if (screen is not null)
            {
                Draw(screen, states);
            }
            else
            {
                WriteObject(news, enumerateCollection: true);
            }

            var left = Duration is { } limit ? limit.Value - Stopwatch.GetElapsedTime(start) : interval;
            if (changes >= Count || left <= TimeSpan.Zero || !Rest(left < interval ? left : interval, keys))
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Unfollow();
        _scopes?.Dispose();
        _changed.Dispose();
        base.Dispose(disposing);
    }

    private bool IsTerminal()
        => MyInvocation.PipelineLength == 1 && Host.UI?.RawUI is not null && !Console.IsOutputRedirected && string.Equals(Host.Name, "ConsoleHost", StringComparison.Ordinal);

    /// <summary>Waits for a change, the interval or a key; false when it is over.</summary>
    private bool Rest(TimeSpan time, EndKeys? keys)
    {
        long start = Stopwatch.GetTimestamp();
        var turn = TimeSpan.FromMilliseconds(100);
        while (true)
        {
            var left = time - Stopwatch.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
            {
                return true;
            }

            int signalled = WaitHandle.WaitAny([StopToken.WaitHandle, _changed], keys is not null && left > turn ? turn : left);
            if (signalled == 0 || keys is { Pressed: true })
            {
                return false;
            }

            if (signalled == 1)
            {
                return true;
            }
        }
    }

    private IReadOnlyList<VrrpState> Look(bool first)
    {
        try
        {
            // A service that was restarted is another connection.
            _scopes ??= new SourceScopes(GetUnresolvedProviderPathFromPSPath, first ? WriteWarning : static _ => { });
            var sources = _scopes.Of(Service, Typed(nameof(SocketPath)), SocketPath);
            Follow(sources);
            IReadOnlyList<VrrpState> states = InstanceSelector.Select(
                sources.States, InstanceCatalog.KeyOf, Name, NamespaceFilter.From(Typed(nameof(NetworkNamespace)), NetworkNamespace), refusal => RefuseFirst(refusal, first));
            _lost = false;
            return states;
        }
        catch (VrrpException) when (!first)
        {
            if (!_lost)
            {
                WriteWarning("The service does not answer; it is asked again until it does.");
            }

            _lost = true;
            Unfollow();
            _scopes?.Dispose();
            _scopes = null;
            return [];
        }
    }

    private void RefuseFirst(VrrpException refusal, bool first)
    {
        if (first)
        {
            WriteError(Errors.ErrorRecords.From(refusal));
        }
    }

    private void Follow(InstanceSources sources)
    {
        foreach (var engine in new[] { sources.Session, sources.Service }.OfType<IVrrpEngine>().Where(_followed.Add))
        {
            engine.StateUpdated += Signal;
        }
    }

    private void Unfollow()
    {
        foreach (var engine in _followed)
        {
            engine.StateUpdated -= Signal;
        }

        _followed.Clear();
    }

    private void Signal()
    {
        try
        {
            _ = _changed.Set();
        }
        catch (ObjectDisposedException)
        {
            // The command has ended while the engine was telling.
            return;
        }
    }

    private List<VrrpState> TakeNews(IReadOnlyList<VrrpState> states)
    {
        var news = new List<VrrpState>();
        foreach (var state in states)
        {
            var key = (InstanceCatalog.KeyOf(state), state.Host);
            if (!_shown.TryGetValue(key, out var before) || IsNews(before, state))
            {
                news.Add(state);
                _shown[key] = state;
            }
        }

        foreach (var gone in _lost ? [] : _shown.Keys.Except(states.Select(static state => (Key: InstanceCatalog.KeyOf(state), state.Host))).ToArray())
        {
            _ = _shown.Remove(gone);
            WriteVerbose($"'{gone.Key}' was stopped.");
        }

        return news;
    }

    private static bool IsNews(VrrpState before, VrrpState now)
        => before.State != now.State
        || before.TransitionCount != now.TransitionCount
        || before.Held != now.Held
        || before.Priority != now.Priority
        || before.MasterAddress != now.MasterAddress
        || !before.FaultReason.Equals(now.FaultReason)
        || !before.Warning.Equals(now.Warning)
        || !before.Tracker.Select(static t => (t.Name, t.Status)).SequenceEqual(now.Tracker.Select(static t => (t.Name, t.Status)));

    private void Draw(BoardScreen screen, IReadOnlyList<VrrpState> states)
    {
        var size = Host.UI.RawUI.WindowSize;
        var chosen = states.Select(InstanceCatalog.KeyOf).ToHashSet();
        IReadOnlyList<VrrpTransition> history = _scopes is null ? [] : [.. _scopes.Of(Service, Typed(nameof(SocketPath)), SocketPath).History.Where(step => chosen.Contains(InstanceCatalog.KeyOf(step)))];
        var now = states.Count > 0 ? states.Max(static state => state.CapturedAt) : TimeProvider.System.GetLocalNow();
        screen.Draw(StateBoard.Draw(states, history, now, Math.Max(40, size.Width - 1), Math.Max(5, size.Height - 2), TerminalText.Colour(this)));
    }
}
