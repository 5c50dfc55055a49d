using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Faults;

/// <summary>A Master on host 0 whose loop stands still for as long as one wishes, beside a world that does not.</summary>
internal sealed class HeldLoop(Cluster cluster, LoopClock clock) : IDisposable
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);

    private readonly ManualResetEventSlim _goOn = new();
    private Task? _command;

    /// <summary>Starts the instance, waits until it is Master, and holds its loop.</summary>
    public async Task BeginAsync(InstanceConfiguration configuration)
    {
        using var stands = new ManualResetEventSlim();
        await cluster.StartAsync(0, configuration);
        cluster.WaitFor(0, RouterState.Master);
        clock.OnNextLook(() =>
        {
            stands.Set();
            _ = _goOn.Wait(s_longest);
        });
        _command = cluster.Engine(0).ClearCountersAsync(cluster.Key(0), TestContext.Current.CancellationToken);
        Assert.True(stands.Wait(Eventually.DefaultBound, TestContext.Current.CancellationToken), "The loop never looked at its clock.");
    }

    /// <summary>Lets the loop go on.</summary>
    public async Task EndAsync()
    {
        _goOn.Set();
        await _command!;
    }

    // Not disposed: the loop's thread may still be about to look at it.
    public void Dispose() => _goOn.Set();
}
