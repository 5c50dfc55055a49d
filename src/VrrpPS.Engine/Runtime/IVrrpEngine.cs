using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Runtime;

/// <summary>
/// The one door to the engine, used by the cmdlets, the service and the tests alike. Calls post commands to the loop that
/// owns the instance and complete when it has carried them out; reads return immutable snapshots and never wait for the loop.
/// Every refusal is a <see cref="VrrpException"/>.
/// </summary>
public interface IVrrpEngine : IDisposable
{
    /// <summary>
    /// Everything that instances report, in order per instance, raised on one thread that is not the loop's: a slow handler
    /// delays later events, never the protocol.
    /// </summary>
    event Action<VrrpEvent>? EventRaised;

    /// <summary>
    /// Some state has changed; look again with <see cref="GetStates"/>. Raised on a thread of its own, once for changes that
    /// come close together: a slow handler delays other handlers, never the protocol.
    /// </summary>
    event Action? StateUpdated;

    /// <summary>
    /// Starts an instance. Completes once its sockets are open, or once the wait for its interface or address is visible as
    /// a Fault state.
    /// </summary>
    Task StartAsync(InstanceConfiguration configuration, CancellationToken cancellationToken = default);

    /// <summary>Hands over if Master, releases the addresses and removes the instance. Its history stays.</summary>
    Task<StopOutcome> StopAsync(InstanceKey key, StopOptions options, CancellationToken cancellationToken = default);

    /// <summary>Stops every instance at once, in parallel, and ends the loops. Idempotent: a second call joins the first, and with Force ends its hand-overs.</summary>
    Task ShutdownAsync(StopOptions options, CancellationToken cancellationToken = default);

    /// <summary>Hands over if Master and takes no part in the election until resumed.</summary>
    Task<StopOutcome> SuspendAsync(InstanceKey key, StopOptions options, CancellationToken cancellationToken = default);

    /// <summary>Takes part in the election again; also releases a hold.</summary>
    Task ResumeAsync(InstanceKey key, CancellationToken cancellationToken = default);

    /// <summary>
    /// Hands the Master role over and holds back afterwards: completes when the successor serves. Without one the node
    /// remains Master.
    /// </summary>
    /// <exception cref="VrrpException">NotMaster, NoSuccessor or InstanceNotFound.</exception>
    Task<MoveOutcome> MoveAsync(InstanceKey key, MoveOptions options, CancellationToken cancellationToken = default);

    /// <summary>Announces all addresses of a Master again.</summary>
    /// <exception cref="VrrpException">NotMaster or InstanceNotFound.</exception>
    Task AnnounceAsync(InstanceKey key, CancellationToken cancellationToken = default);

    /// <summary>
    /// Changes a running instance to a new configuration by difference, without leaving the Master role. The identity
    /// (name, namespace, interface, VRID, family, version) cannot change.
    /// </summary>
    Task ApplyAsync(InstanceKey key, InstanceConfiguration configuration, CancellationToken cancellationToken = default);

    /// <summary>Sets the counters of an instance to zero.</summary>
    Task ClearCountersAsync(InstanceKey key, CancellationToken cancellationToken = default);

    /// <summary>
    /// Completes when every loop has turned once since the call, which a loop that hangs never does. An engine without loops has none
    /// that could.
    /// </summary>
    Task TurnAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <summary>The configurations of all running instances.</summary>
    IReadOnlyList<InstanceConfiguration> GetConfigurations();

    /// <summary>The states of all running instances.</summary>
    IReadOnlyList<VrrpState> GetStates();

    /// <summary>The counters of all running instances.</summary>
    IReadOnlyList<VrrpCounter> GetCounters();

    /// <summary>The transitions of all instances since the engine was made, stopped ones included, oldest first (1000 each at most).</summary>
    IReadOnlyList<VrrpTransition> GetHistory();
}
