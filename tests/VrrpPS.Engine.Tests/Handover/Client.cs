using System.Net;
using System.Net.Sockets;
using VrrpPS.Bench.Measure;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using Xunit;

namespace VrrpPS.Engine.Tests.Handover;

/// <summary>
/// A client that pings an address once per millisecond and, where somebody serves, asks for a page over a new connection every five,
/// beside a control that tells when this machine was late: what is lost then says nothing about the engine and does not count.
/// </summary>
internal sealed class Client : IDisposable
{
    private const long Margin = 5 * Clock.Millisecond;

    private readonly Bench.Measure.Control _control = new();
    private readonly PingSender _pings;
    private readonly List<HttpServer> _servers = [];
    private readonly HttpClientLoop? _requests;

    /// <summary>Starts pinging and waits for the first answers.</summary>
    public Client(TestHost host, string address)
        : this(host, [address], [])
    {
    }

    /// <summary>Starts pinging the addresses in turn and asking the first one for pages, which some hosts serve from now on.</summary>
    public Client(TestHost host, IReadOnlyList<string> addresses, IReadOnlyList<TestHost> servers)
    {
        IPAddress[] targets = [.. addresses.Select(IPAddress.Parse)];
        var any = targets[0].AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;
        _servers.AddRange(servers.Select(server => new HttpServer(server.Namespace, any)));
        _pings = new PingSender(host.Namespace, targets);
        LetPass(50);
        _requests = servers.Count > 0 ? new HttpClientLoop(host.Namespace, targets[0]) : null;
        LetPass(50);
    }

    /// <summary>Waits until so many more pings have been due.</summary>
    public void LetPass(int pings)
    {
        long until = _pings.Log.Count + pings;
        Eventually.True(() => _pings.Log.Count >= until, $"{pings} pings have been sent");
    }

    /// <summary>Ends pinging, once the answers have had their time, and gives when pings were lost since an instant.</summary>
    public IReadOnlyList<long> LostSince(long from)
    {
        long to = Clock.Now;
        LetPass((int)(PingLog.AnswerBound / Clock.Millisecond) + 50);
        _pings.Dispose();
        Assert.True(_pings.Log.Count > 0);
        return [.. _pings.Log.Lost(from, to).Where(at => !_control.WasLate(at - Margin, at + Margin))];
    }

    /// <summary>
    /// Ends asking and gives the requests begun since an instant that got no page. One whose connection the announcement found open
    /// is not among them: the new node knows nothing of it and resets it, which no virtual address can change.
    /// </summary>
    public IReadOnlyList<HttpAttempt> FailedSince(long from, WireTap tap)
    {
        _requests!.Dispose();
        long[] switches =
        [
            .. tap.Frames.Where(static frame => frame.Kind is SeenKind.GratuitousArp or SeenKind.UnsolicitedNeighbor).Select(static frame => Clock.FromRealTime(frame.Time)),
        ];
        var attempts = _requests.Attempts.Where(attempt => attempt.Start >= from).ToArray();
        Assert.NotEmpty(attempts);
        return
        [
            .. attempts.Where(attempt => attempt.Outcome != HttpOutcome.Answered
                && !(attempt.Outcome == HttpOutcome.Refused && Array.Exists(switches, at => attempt.Start <= at + Clock.Millisecond && attempt.End >= at - Clock.Millisecond))
                && !_control.WasLate(attempt.Start - Margin, attempt.End + Margin)),
        ];
    }

    public void Dispose()
    {
        _requests?.Dispose();
        _pings.Dispose();
        foreach (var server in _servers)
        {
            server.Dispose();
        }

        _control.Dispose();
    }
}
