using System.Collections.Concurrent;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Runtime;
using VrrpPS.Protocol.Election;

namespace VrrpPS.TestEngine;

/// <summary>
/// The engine's contract kept in memory. Tests elect, fail and delay by hand, so that cmdlets can be tried without root and
/// without waiting; what is written to <see cref="JournalPath"/> survives the process and shows how it ended.
/// </summary>
public sealed class MemoryEngine : IVrrpEngine
{
    private readonly Lock _gate = new();
    private readonly List<MemoryInstance> _instances = [];
    private readonly List<VrrpTransition> _history = [];
    private readonly BlockingCollection<VrrpEvent> _events = [];
    private readonly Thread _raiser;
    private bool _shutDown;

    /// <summary>Makes the engine.</summary>
    public MemoryEngine()
    {
        _raiser = new Thread(RaiseEvents) { IsBackground = true, Name = "Memory engine events" };
        _raiser.Start();
    }

    /// <inheritdoc/>
    public event Action<VrrpEvent>? EventRaised;

    /// <inheritdoc/>
    public event Action? StateUpdated;

    /// <summary>Whether an instance becomes Master as soon as it starts.</summary>
    public bool ElectAtStart { get; set; } = true;

    /// <summary>The router that takes over when an instance stops; null for none.</summary>
    public string? Successor { get; set; } = "192.0.2.202";

    /// <summary>A file to which every command is appended, one per line; null for none.</summary>
    public string? JournalPath { get; set; } = Environment.GetEnvironmentVariable("VRRPPS_TEST_JOURNAL");

    /// <summary>While not null, stops and suspends wait for this.</summary>
    public Task? HandoverGate { get; set; }

    /// <summary>What the next start is refused with.</summary>
    public VrrpException? NextStartRefusal { get; set; }

    /// <inheritdoc/>
    public Task StartAsync(InstanceConfiguration configuration, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (NextStartRefusal is { } refusal)
            {
                NextStartRefusal = null;
                throw refusal;
            }

            var instance = new MemoryInstance(configuration);
            if (_instances.Exists(other => other.Key == instance.Key))
            {
                throw VrrpErrors.InstanceExists(configuration.Name, configuration.NetworkNamespace);
            }

            _instances.Add(instance);
            Journal($"start {instance.Key}");
            Move(instance, RouterState.Backup, LastEvent.Startup, "Started.");
            if (ElectAtStart)
            {
                Move(instance, RouterState.Master, LastEvent.MasterTimeout, "No Master was heard.");
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<StopOutcome> StopAsync(InstanceKey key, StopOptions options, CancellationToken cancellationToken = default)
    {
        var outcome = await LeaveAsync(key, options, RouterState.Initialize, LastEvent.Shutdown, cancellationToken);
        lock (_gate)
        {
            _ = _instances.RemoveAll(instance => instance.Key == key);
            Journal($"stopped {key}");
        }

        return outcome;
    }

    /// <inheritdoc/>
    public async Task ShutdownAsync(StopOptions options, CancellationToken cancellationToken = default)
    {
        InstanceKey[] keys;
        lock (_gate)
        {
            if (_shutDown)
            {
                return;
            }

            _shutDown = true;
            keys = [.. _instances.Select(static instance => instance.Key)];
        }

        foreach (var key in keys)
        {
            _ = await StopAsync(key, options, cancellationToken);
        }

        Journal("shutdown");
    }

    /// <inheritdoc/>
    public Task<StopOutcome> SuspendAsync(InstanceKey key, StopOptions options, CancellationToken cancellationToken = default)
        => LeaveAsync(key, options, RouterState.Suspended, LastEvent.Suspended, cancellationToken);

    /// <inheritdoc/>
    public Task ResumeAsync(InstanceKey key, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            Move(Find(key), RouterState.Backup, LastEvent.Resumed, "Resumed.");
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<MoveOutcome> MoveAsync(InstanceKey key, MoveOptions options, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            RequireMaster(key);
            Move(Find(key), RouterState.Backup, LastEvent.HandOver, "Moved.");
        }

        return Task.FromResult(new MoveOutcome("192.0.2.9", TimeSpan.FromMilliseconds(5)));
    }

    /// <inheritdoc/>
    public Task AnnounceAsync(InstanceKey key, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            RequireMaster(key);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task ApplyAsync(InstanceKey key, InstanceConfiguration configuration, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            Find(key).Configuration = configuration;
            Journal($"apply {key}");
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task ClearCountersAsync(InstanceKey key, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            Find(key).Clear();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public IReadOnlyList<InstanceConfiguration> GetConfigurations() => Read(static instance => instance.Configuration);

    /// <inheritdoc/>
    public IReadOnlyList<VrrpState> GetStates() => Read(static instance => instance.ToState());

    /// <inheritdoc/>
    public IReadOnlyList<VrrpCounter> GetCounters() => Read(static instance => instance.ToCounter());

    /// <inheritdoc/>
    public IReadOnlyList<VrrpTransition> GetHistory()
    {
        lock (_gate)
        {
            return [.. _history];
        }
    }

    /// <summary>Moves an instance to a state, as an election would.</summary>
    public void Elect(string name, string? networkNamespace, RouterState state, LastEvent cause, string reason)
    {
        lock (_gate)
        {
            Move(Find(new InstanceKey(name, string.IsNullOrEmpty(networkNamespace) ? null : networkNamespace)), state, cause, reason);
        }
    }

    /// <summary>Lowers the priority in force, as a tracker would.</summary>
    public void LowerPriority(string name, int priority)
    {
        lock (_gate)
        {
            Find(new InstanceKey(name, null)).EffectivePriority = priority;
        }
    }

    /// <summary>Raises an event that is no transition.</summary>
    public void Raise(string name, VrrpEventKind kind, string message)
    {
        lock (_gate)
        {
            _events.Add(new VrrpEvent { Time = TimeProvider.System.GetLocalNow(), Name = name, Kind = kind, Message = message, IsWarning = kind != VrrpEventKind.Information });
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _events.CompleteAdding();
        Journal("dispose");
    }

    private async Task<StopOutcome> LeaveAsync(InstanceKey key, StopOptions options, RouterState target, LastEvent cause, CancellationToken cancellationToken)
    {
        bool wasMaster;
        lock (_gate)
        {
            var instance = Find(key);
            wasMaster = instance.State == RouterState.Master;
            if (wasMaster)
            {
                Move(instance, RouterState.Leaving, LastEvent.HandOver, "Handing over.");
            }
        }

        if (HandoverGate is { } wait && !options.Force)
        {
            await wait.WaitAsync(cancellationToken);
        }

        lock (_gate)
        {
            Move(Find(key), target, cause, wasMaster ? "Handed over." : "Left.");
        }

        return new StopOutcome(wasMaster, wasMaster && !options.Force && !string.IsNullOrEmpty(Successor) ? Successor : null, TimeSpan.FromMilliseconds(120));
    }

    private MemoryInstance Find(InstanceKey key)
        => _instances.Find(instance => instance.Key == key) ?? throw VrrpErrors.InstanceNotFound(key.Name, key.NetworkNamespace);

    private T[] Read<T>(Func<MemoryInstance, T> read)
    {
        lock (_gate)
        {
            return [.. _instances.Select(read)];
        }
    }

    private void RequireMaster(InstanceKey key)
    {
        if (Find(key).State is var state and not RouterState.Master)
        {
            throw VrrpErrors.NotMaster(key, state);
        }
    }

    private void Move(MemoryInstance instance, RouterState state, LastEvent cause, string reason)
    {
        var transition = instance.Move(state, cause, reason);
        _history.Add(transition);
        StateUpdated?.Invoke();
        Journal($"{instance.Key}: {transition.FromState} -> {transition.ToState}");
        _events.Add(new VrrpEvent
        {
            Time = transition.Time,
            Name = transition.Name,
            Kind = VrrpEventKind.Transition,
            Message = reason,
            Transition = transition,
            NetworkNamespace = transition.NetworkNamespace,
        });
    }

    private void Journal(string line)
    {
        if (!string.IsNullOrEmpty(JournalPath))
        {
            File.AppendAllText(JournalPath, line + "\n");
        }
    }

    private void RaiseEvents()
    {
        foreach (var item in _events.GetConsumingEnumerable())
        {
            EventRaised?.Invoke(item);
        }
    }
}
