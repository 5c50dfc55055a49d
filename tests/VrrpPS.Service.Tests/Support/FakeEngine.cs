using System.Collections.Concurrent;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Runtime;
using Xunit;

namespace VrrpPS.Service.Tests.Support;

/// <summary>An engine that only keeps books: what was asked of it, in order.</summary>
internal sealed class FakeEngine : IVrrpEngine
{
    private readonly ConcurrentDictionary<InstanceKey, InstanceConfiguration> _running = new();
    private readonly SemaphoreSlim _turns = new(0);
    private readonly TaskCompletionSource _handover = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public event Action<VrrpEvent>? EventRaised;

    public event Action? StateUpdated
    {
        add { }
        remove { }
    }

    public ConcurrentQueue<string> Calls { get; } = new();

    public HashSet<string> RefusedNames { get; } = [];

    public IReadOnlyList<VrrpState> States { get; set; } = [];

    public IReadOnlyList<VrrpCounter> Counters { get; init; } = [];

    /// <summary>What a turn of the loops waits for; null for nothing.</summary>
    public TaskCompletionSource? Turning { get; set; }

    /// <summary>Whether a shutdown waits until it is forced.</summary>
    public bool HasNoSuccessor { get; init; }

    public void Raise(VrrpEvent report) => EventRaised?.Invoke(report);

    public Task StartAsync(InstanceConfiguration configuration, CancellationToken cancellationToken = default)
    {
        if (RefusedNames.Contains(configuration.Name))
        {
            Calls.Enqueue($"refused {configuration.Name}");
            return Task.FromException(new VrrpException(ErrorIds.InterfaceNotFound, "no such interface", configuration.Name));
        }

        _running[Key(configuration)] = configuration;
        Calls.Enqueue($"start {configuration.Name}");
        return Task.CompletedTask;
    }

    public Task<StopOutcome> StopAsync(InstanceKey key, StopOptions options, CancellationToken cancellationToken = default)
    {
        _running.TryRemove(key, out _);
        Calls.Enqueue($"stop {key.Name}");
        return Task.FromResult(new StopOutcome(false, null, TimeSpan.Zero));
    }

    public Task ShutdownAsync(StopOptions options, CancellationToken cancellationToken = default)
    {
        Calls.Enqueue(options.Force ? "shutdown force" : "shutdown");
        if (options.Force || !HasNoSuccessor)
        {
            _handover.TrySetResult();
        }

        return _handover.Task;
    }

    public Task<MoveOutcome> MoveAsync(InstanceKey key, MoveOptions options, CancellationToken cancellationToken = default)
        => throw new NotSupportedException("The service does not move yet.");

    public Task AnnounceAsync(InstanceKey key, CancellationToken cancellationToken = default)
        => throw new NotSupportedException("The service does not announce yet.");

    public Task ApplyAsync(InstanceKey key, InstanceConfiguration configuration, CancellationToken cancellationToken = default)
    {
        _running[key] = configuration;
        Calls.Enqueue($"apply {key.Name} {configuration.Priority}");
        return Task.CompletedTask;
    }

    public Task<StopOutcome> SuspendAsync(InstanceKey key, StopOptions options, CancellationToken cancellationToken = default)
        => throw new InvalidOperationException("The service does not suspend.");

    public Task ResumeAsync(InstanceKey key, CancellationToken cancellationToken = default)
        => throw new InvalidOperationException("The service does not resume.");

    public Task ClearCountersAsync(InstanceKey key, CancellationToken cancellationToken = default)
        => throw new InvalidOperationException("The service does not clear counters.");

    public Task TurnAsync(CancellationToken cancellationToken = default)
    {
        if (Turning is not { } turning)
        {
            return Task.CompletedTask;
        }

        _turns.Release();
        return turning.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Waits until somebody waits for a turn.</summary>
    public async Task WaitForTurnAsync() => Assert.True(await _turns.WaitAsync(TimeSpan.FromSeconds(30)));

    public IReadOnlyList<InstanceConfiguration> GetConfigurations() => [.. _running.Values];

    public IReadOnlyList<VrrpState> GetStates() => States;

    public IReadOnlyList<VrrpCounter> GetCounters() => Counters;

    public IReadOnlyList<VrrpTransition> GetHistory() => [];

    public void Dispose()
    {
        Calls.Enqueue("dispose");
        _turns.Dispose();
    }

    private static InstanceKey Key(InstanceConfiguration configuration) => new(configuration.Name, configuration.NetworkNamespace);
}
