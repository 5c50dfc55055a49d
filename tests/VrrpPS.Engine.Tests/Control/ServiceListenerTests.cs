using System.Collections.Concurrent;
using VrrpPS.Engine.Control.Client;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol.Election;
using VrrpPS.TestEngine;
using Xunit;

namespace VrrpPS.Engine.Tests.Control;

/// <summary>Whoever listens to a service goes on listening when it has been restarted.</summary>
public sealed class ServiceListenerTests
{
    private readonly ConcurrentQueue<VrrpEvent> _told = new();

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    private VrrpEvent[] Connections => [.. _told.Where(static item => item.Kind == VrrpEventKind.Connection)];

    [Fact]
    public async Task A_restarted_service_is_found_again_and_what_it_did_meanwhile_is_told_once()
    {
        var first = new ControlBench();
        string path = first.Path;
        await first.Engine.StartAsync(ControlMake.Instance(), Ending);

        // What the start told has gone round once somebody hears what came after it: it is not on its way any more.
        var earlier = new ConcurrentQueue<VrrpEvent>();
        using (new ServiceListener(ServiceEngine.Open(path), () => ServiceEngine.Open(path), earlier.Enqueue))
        {
            first.Engine.Raise("web", VrrpEventKind.Information, "Started.");
            Eventually.True(() => earlier.Any(static item => item.Kind == VrrpEventKind.Information), "the start has gone round");
        }

        using var listener = new ServiceListener(ServiceEngine.Open(path), () => ServiceEngine.Open(path), _told.Enqueue);
        first.Engine.Raise("web", VrrpEventKind.SplitBrain, "Two of us.");
        Eventually.True(() => !_told.IsEmpty, "the first event");
        Assert.DoesNotContain(_told, static item => item.Kind == VrrpEventKind.Transition);

        await first.DisposeAsync();
        Eventually.True(() => Connections is [{ IsWarning: true }], "the end of the connection is told");

        // What it did before anybody could listen.
        using var engine = new MemoryEngine { JournalPath = null };
        await engine.StartAsync(ControlMake.Instance(), Ending);
        await using var second = new ControlBench(engine: engine, path: path);
        Eventually.True(() => Connections is [_, { IsWarning: false }], "the return is told");
        engine.Elect("web", null, RouterState.Backup, LastEvent.HigherPriorityBackup, "Somebody better.");

        Eventually.True(() => _told.Count(static item => item.Kind == VrrpEventKind.Transition) >= 3, "three transitions");
        Assert.Equal(
            engine.GetHistory().Select(static entry => entry.ToState), _told.Select(static item => item.Transition?.ToState).OfType<RouterState>());
    }

    [Fact]
    public async Task Nobody_is_told_after_the_end()
    {
        await using var bench = new ControlBench();
        var others = new ConcurrentQueue<VrrpEvent>();
        using var other = new ServiceListener(ServiceEngine.Open(bench.Path), () => ServiceEngine.Open(bench.Path), others.Enqueue);
        var listener = new ServiceListener(ServiceEngine.Open(bench.Path), () => ServiceEngine.Open(bench.Path), _told.Enqueue);
        bench.Engine.Raise("web", VrrpEventKind.Information, "Before.");
        Eventually.True(() => _told.Count == 1 && others.Count == 1, "both are told");

        listener.Dispose();
        listener.Dispose();
        bench.Engine.Raise("web", VrrpEventKind.Information, "After.");

        Eventually.True(() => others.Count == 2, "the other is told");
        Assert.Single(_told);
        Eventually.True(() => bench.Server.ClientCount == 1, "its connection is closed");
    }
}
