using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Runtime.Routers;

/// <summary>Somebody waits for a router to leave.</summary>
internal sealed class StopRequest(RouterState target, StopOptions options, Instant since)
{
    /// <summary>The longest hand-over without being told otherwise.</summary>
    public const long MaxHandover = 10 * Instant.NanosecondsPerSecond;

    private readonly TaskCompletionSource<StopOutcome> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StopRequest? _follower;

    /// <summary>Initialize or Suspended.</summary>
    public RouterState Target { get; } = target;

    /// <summary>How to leave.</summary>
    public StopOptions Options { get; } = options;

    /// <summary>Whether there was a role to hand over.</summary>
    public bool WasMaster { get; set; }

    /// <summary>Completes when the router has left.</summary>
    public Task<StopOutcome> Completion => _completion.Task;

    /// <summary>A later request takes over; both complete together.</summary>
    public void Supersede(StopRequest later) => later._follower = this;

    /// <summary>The router has left.</summary>
    public void Complete(Instant now, string? successor)
    {
        _completion.TrySetResult(new StopOutcome(WasMaster, successor, TimeSpan.FromTicks((now - since) / 100)));
        _follower?.Complete(now, successor);
    }
}
