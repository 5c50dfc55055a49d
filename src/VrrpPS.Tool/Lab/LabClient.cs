using System.Net;

namespace VrrpPS.Tool.Lab;

/// <summary>The fourth host: pings the VIP, asks its service for a page, and hears the link's advertisements.</summary>
internal sealed class LabClient : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PingProbe _ping;
    private readonly HttpProbe _http;
    private readonly Task[] _running;

    private LabClient(LabPlan plan, LabTimeline timeline)
    {
        _ping = new PingProbe(plan.VirtualAddress, timeline.Clock);
        _http = new HttpProbe(new IPEndPoint(plan.VirtualAddress, LabPlan.Port), LabPlan.RequestPath, timeline.Clock);
        _running =
        [
            LabNetwork.StartThread(LabNetwork.ClientRole, "ping", () => _ping.Run(_stop.Token)),
            LabNetwork.StartThread(LabNetwork.ClientRole, "http", () => _http.Run(_stop.Token)),
            WireWatch.Start(Wire, timeline, _stop.Token),
        ];
    }

    /// <summary>The pings.</summary>
    public ProbeLog Ping => _ping.Log;

    /// <summary>The requests.</summary>
    public ProbeLog Http => _http.Log;

    /// <summary>The advertisements heard.</summary>
    public WireLog Wire { get; } = new();

    /// <summary>Starts asking.</summary>
    public static LabClient Start(LabPlan plan, LabTimeline timeline) => new(plan, timeline);

    /// <summary>Completes with the page's text once both a ping and a request made after a moment were answered.</summary>
    public async Task<string> ReachableAsync(TimeSpan after)
    {
        await Ping.FirstAnswerAfter(after);
        return (await Http.FirstAnswerAfter(after)).Answer ?? string.Empty;
    }

    /// <summary>Completes when one of the client's parts fails; the lab then cannot go on.</summary>
    public async Task FailureAsync() => await await Task.WhenAny(_running);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }
}
