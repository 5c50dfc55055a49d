using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Recording;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Configuration;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Tests.Recording;

/// <summary>Three engines on a real segment whose recordings become one, with the steps of a plan between the lines.</summary>
internal sealed class Topology : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<(Instant At, RecordedMark Mark)> _marks = [];
    private readonly Func<InstanceConfiguration, InstanceConfiguration> _configure;
    private readonly AddressFamily _family;

    public Topology(AddressFamily family, Func<InstanceConfiguration, InstanceConfiguration> configure)
    {
        _family = family;
        _configure = configure;
        Cluster = new Cluster(3, host => new EngineOptions { Recording = new RecordingOptions { Path = FileOf(host), MaxFiles = 2 } });
    }

    public Cluster Cluster { get; }

    /// <summary>Says what is done next.</summary>
    public void Step(string text)
        => _marks.Add((MonotonicClock.Now, new RecordedMark(string.Empty, 0, _marks.Count + 1, text)));

    public Task StartAsync(int host) => Cluster.StartAsync(host, _configure(Cluster.Configuration(host, Priority(host), _family)));

    public void WaitFor(int host, RouterState state) => Cluster.WaitFor(host, state, _family);

    /// <summary>What a host starts with; each has its own, so a Master is known by it.</summary>
    public static int Priority(int host) => 200 - (host * 50);

    /// <summary>Waits until a host serves and the other members of the cluster follow it.</summary>
    public void WaitForMaster(int master, params ReadOnlySpan<int> backups)
    {
        WaitFor(master, RouterState.Master);
        foreach (int backup in backups)
        {
            Cluster.WaitFor(backup, state => state.State == RouterState.Backup && state.MasterPriority == Priority(master), $"{backup} follows {master}", _family);
        }
    }

    /// <summary>Ends the engines and joins what they recorded, in the order of time. Routers are called by their host.</summary>
    public IReadOnlyList<RecordingLine> Finish()
    {
        Step("every node is stopped without a hand-over");
        Cluster.Dispose();
        var lines = _marks.Select(static mark => (mark.At, Line: (RecordingLine)mark.Mark));
        for (int host = 0; host < 3; host++)
        {
            lines = lines.Concat(RecordingReader.ReadAll(FileOf(host)).Select(static line => line switch
            {
                RecordedHeader header => (header.Header.At, (RecordingLine)(header with { Header = header.Header with { Router = ShortName(header.Header.Router) } })),
                RecordedStep step => (step.At, step with { Router = ShortName(step.Router) }),
                _ => throw new InvalidOperationException("An engine writes no marks."),
            }));
        }

        // The order is stable: what has the same time stays as each engine wrote it.
        return [.. lines.OrderBy(static line => line.At).Select(static line => line.Line)];
    }

    public void Dispose()
    {
        Cluster.Dispose();
        _folder.Dispose();
    }

    private static string ShortName(string router) => router[..2];

    private string FileOf(int host) => Path.Combine(_folder.Path, $"host{host}.jsonl");
}
