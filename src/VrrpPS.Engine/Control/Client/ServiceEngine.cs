using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Control.Changes;
using VrrpPS.Engine.Control.Messages;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Runtime;

namespace VrrpPS.Engine.Control.Client;

/// <summary>
/// The engine of a service, reached through its control socket: the same door as to an engine of this process, with the same values.
/// Reads ask the service each time. Every member may be called from any thread; a service that goes is
/// <see cref="ErrorIds.ServiceUnreachable"/>.
/// </summary>
public sealed partial class ServiceEngine : IVrrpEngine
{
    private static readonly TimeSpan s_readBound = TimeSpan.FromSeconds(10);

    private readonly ControlConnection _connection;

    private ServiceEngine(string path, Socket socket)
    {
        Path = path;
        _connection = new ControlConnection(path, socket, OnTold, OnEnded);
    }

    /// <summary>The control socket.</summary>
    public string Path { get; }

    /// <summary>The service's version.</summary>
    public string Version { get; private set; } = string.Empty;

    /// <summary>Whether this user may change what the service does.</summary>
    public bool MayChange { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<InstanceConfiguration> GetConfigurations()
    {
        var result = Read(ControlMethods.Instances, ControlJsonContext.Shared.JsonElement);
        if (result.ValueKind != JsonValueKind.Object || !result.TryGetProperty("instances", out var instances) || instances.ValueKind != JsonValueKind.Array)
        {
            throw VrrpErrors.ServiceProtocol(Path, "the answer to 'instances' has no list");
        }

        return [.. instances.EnumerateArray().Select(InstanceJson.Read)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<VrrpState> GetStates()
        => [.. Read(ControlMethods.State, ControlJsonContext.Shared.StateResult).States.Select(static state => state with { Host = VrrpHost.Service })];

    /// <inheritdoc/>
    public IReadOnlyList<VrrpCounter> GetCounters()
        => [.. Read(ControlMethods.Counters, ControlJsonContext.Shared.CountersResult).Counters.Select(static counter => counter with { Host = VrrpHost.Service })];

    /// <inheritdoc/>
    public IReadOnlyList<VrrpTransition> GetHistory()
        => [.. Read(ControlMethods.History, ControlJsonContext.Shared.HistoryResult).Transitions.Select(static entry => entry with { Host = VrrpHost.Service })];

    /// <summary>Starts an instance that the service's configuration has and that does not run; of the configuration only the name counts.</summary>
    public Task StartAsync(InstanceConfiguration configuration, CancellationToken cancellationToken = default)
        => DoAsync(ControlMethods.Start, new InstanceKey(configuration.Name, configuration.NetworkNamespace), cancellationToken);

    /// <inheritdoc/>
    public Task<StopOutcome> StopAsync(InstanceKey key, StopOptions options, CancellationToken cancellationToken = default)
        => LeaveAsync(ControlMethods.Stop, key, options, cancellationToken);

    /// <inheritdoc/>
    public Task<StopOutcome> SuspendAsync(InstanceKey key, StopOptions options, CancellationToken cancellationToken = default)
        => LeaveAsync(ControlMethods.Suspend, key, options, cancellationToken);

    /// <summary>Stops an instance and starts it again as it is.</summary>
    /// <exception cref="VrrpException">InstanceNotFound, or why it does not start again.</exception>
    public Task<StopOutcome> RestartAsync(InstanceKey key, StopOptions options, CancellationToken cancellationToken = default)
        => LeaveAsync(ControlMethods.Restart, key, options, cancellationToken);

    /// <inheritdoc/>
    public Task ResumeAsync(InstanceKey key, CancellationToken cancellationToken = default)
        => DoAsync(ControlMethods.Resume, key, cancellationToken);

    /// <inheritdoc/>
    public Task AnnounceAsync(InstanceKey key, CancellationToken cancellationToken = default)
        => DoAsync(ControlMethods.Announce, key, cancellationToken);

    /// <inheritdoc/>
    public Task ClearCountersAsync(InstanceKey key, CancellationToken cancellationToken = default)
        => DoAsync(ControlMethods.ClearCounters, key, cancellationToken);

    /// <inheritdoc/>
    public Task<MoveOutcome> MoveAsync(InstanceKey key, MoveOptions options, CancellationToken cancellationToken = default)
        => _connection.CallAsync(
            ControlMethods.Move,
            new MoveParameters { Name = key.Name, NetworkNamespace = key.NetworkNamespace ?? string.Empty, HoldFor = options.HoldFor, Timeout = options.Timeout },
            ControlJsonContext.Shared.MoveParameters,
            ControlJsonContext.Shared.MoveOutcome,
            cancellationToken);

    /// <inheritdoc/>
    public Task ApplyAsync(InstanceKey key, InstanceConfiguration configuration, CancellationToken cancellationToken = default)
    {
        var current = GetConfigurations().FirstOrDefault(item => new InstanceKey(item.Name, item.NetworkNamespace) == key)
            ?? throw VrrpErrors.InstanceNotFound(key.Name, key.NetworkNamespace);
        return ChangeAsync(current, configuration, cancellationToken);
    }

    /// <summary>Changes a running instance by what differs between two configurations; what somebody else has changed meanwhile stays.</summary>
    /// <param name="before">As the service gave it.</param>
    /// <param name="after">The same with other values.</param>
    /// <param name="cancellationToken">Ends the wait, not the change.</param>
    public async Task ChangeAsync(InstanceConfiguration before, InstanceConfiguration after, CancellationToken cancellationToken = default)
    {
        var changes = MergePatch.Between(InstanceJson.Write(before), InstanceJson.Write(after));
        using var patch = JsonDocument.Parse(changes.ToJsonString());
        _ = await _connection.CallAsync(
            ControlMethods.Set,
            new SetParameters { Name = before.Name, NetworkNamespace = before.NetworkNamespace ?? string.Empty, Changes = patch.RootElement },
            ControlJsonContext.Shared.SetParameters,
            ControlJsonContext.Shared.Nothing,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes the service read its configuration again.</summary>
    /// <exception cref="VrrpException">The configuration is refused; the old one stays in force.</exception>
    public Task<ReloadOutcome> ReloadAsync(CancellationToken cancellationToken = default)
        => _connection.CallAsync(
            ControlMethods.Reload, new Nothing(), ControlJsonContext.Shared.Nothing, ControlJsonContext.Shared.ReloadOutcome, cancellationToken);

    /// <summary>Ends the connection; the service runs on.</summary>
    public Task ShutdownAsync(StopOptions options, CancellationToken cancellationToken = default)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Ends the connection; the service runs on.</summary>
    public void Dispose()
    {
        EndTelling();
        _connection.Dispose();
    }

    private Task<StopOutcome> LeaveAsync(string method, InstanceKey key, StopOptions options, CancellationToken cancellationToken) => _connection.CallAsync(
        method,
        new LeaveParameters
        {
            Name = key.Name,
            NetworkNamespace = key.NetworkNamespace ?? string.Empty,
            Force = options.Force,
            HandoverTimeout = options.HandoverTimeout,
        },
        ControlJsonContext.Shared.LeaveParameters,
        ControlJsonContext.Shared.StopOutcome,
        cancellationToken);

    private Task<Nothing> DoAsync(string method, InstanceKey key, CancellationToken cancellationToken) => _connection.CallAsync(
        method,
        new InstanceParameters { Name = key.Name, NetworkNamespace = key.NetworkNamespace ?? string.Empty },
        ControlJsonContext.Shared.InstanceParameters,
        ControlJsonContext.Shared.Nothing,
        cancellationToken);

    private T Read<T>(string method, JsonTypeInfo<T> type) => ReadAsync(method, type).GetAwaiter().GetResult();

    private async Task<T> ReadAsync<T>(string method, JsonTypeInfo<T> type)
    {
        using var bound = new CancellationTokenSource(s_readBound);
        try
        {
            return await _connection.CallAsync(method, new Nothing(), ControlJsonContext.Shared.Nothing, type, bound.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            throw VrrpErrors.ServiceUnreachable(Path, $"it does not answer '{method}' within {s_readBound.TotalSeconds:0} s", exception);
        }
    }
}
