using System.Text.Json;
using System.Threading.Channels;
using VrrpPS.Engine.Control.Messages;

namespace VrrpPS.Engine.Control.Client;

/// <content>What the service tells without being asked; the first subscriber of an event asks for it.</content>
public sealed partial class ServiceEngine
{
    /// <summary>More than that does not wait for a slow subscriber; the oldest go.</summary>
    private const int Capacity = 4096;

    private readonly Lock _gate = new();
    private readonly Channel<Action> _news = Channel.CreateBounded<Action>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private Action<VrrpEvent>? _eventRaised;
    private Action? _stateUpdated;
    private Action? _connectionEnded;
    private SubscribeParameters? _subscribed;
    private Task? _telling;

    /// <inheritdoc/>
    public event Action<VrrpEvent>? EventRaised
    {
        add => Listen(() => _eventRaised += value);
        remove
        {
            lock (_gate)
            {
                _eventRaised -= value;
            }
        }
    }

    /// <inheritdoc/>
    public event Action? StateUpdated
    {
        add => Listen(() => _stateUpdated += value);
        remove
        {
            lock (_gate)
            {
                _stateUpdated -= value;
            }
        }
    }

    /// <summary>The other side is gone. Told once, after everything that it has said; never of a connection that was ended here.</summary>
    public event Action? ConnectionEnded
    {
        add
        {
            lock (_gate)
            {
                _connectionEnded += value;
            }
        }
        remove
        {
            lock (_gate)
            {
                _connectionEnded -= value;
            }
        }
    }

    private void Listen(Action add)
    {
        SubscribeParameters wanted;
        lock (_gate)
        {
            add();
            wanted = new SubscribeParameters { Events = _eventRaised is not null, States = _stateUpdated is not null };
            if (wanted == _subscribed)
            {
                return;
            }

            _subscribed = wanted;
            _telling ??= Task.Run(TellAsync);
        }

        using var bound = new CancellationTokenSource(s_readBound);
        _ = _connection.CallAsync(
            ControlMethods.Subscribe, wanted, ControlJsonContext.Shared.SubscribeParameters, ControlJsonContext.Shared.Nothing, bound.Token).GetAwaiter().GetResult();
    }

    private void OnTold(string method, JsonElement parameters)
    {
        switch (method)
        {
            case ControlMethods.Event when parameters.Deserialize(ControlJsonContext.Shared.VrrpEvent) is { } report:
                Post(() => _eventRaised?.Invoke(report));
                break;
            case ControlMethods.Lost when parameters.Deserialize(ControlJsonContext.Shared.LostNotice) is { } lost:
                var notice = new VrrpEvent
                {
                    Time = TimeProvider.System.GetLocalNow(),
                    Name = "service",
                    Kind = VrrpEventKind.Connection,
                    Message = $"{lost.Count} events are missing here: this process was too slow to read them.",
                    IsWarning = true,
                };
                Post(() => _eventRaised?.Invoke(notice));
                break;
            case ControlMethods.StateChanged:
                Post(() => _stateUpdated?.Invoke());
                break;
            default:
                // A later version tells more.
                break;
        }
    }

    /// <summary>Whoever waits for a state looks again, and finds that the service is gone.</summary>
    private void OnEnded()
    {
        Post(() => _stateUpdated?.Invoke());
        Post(() => _connectionEnded?.Invoke());
        _ = _news.Writer.TryComplete();
    }

    private void Post(Action news) => _ = _news.Writer.TryWrite(news);

    /// <summary>Not on the thread that reads: a subscriber may ask the service something.</summary>
    private async Task TellAsync()
    {
        await foreach (var news in _news.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                news();
            }
#pragma warning disable CA1031 // A subscriber that is just leaving may have closed what it waits on; the others are told all the same.
            catch (Exception)
#pragma warning restore CA1031
            {
                continue;
            }
        }
    }

    private void EndTelling() => _ = _news.Writer.TryComplete();
}
