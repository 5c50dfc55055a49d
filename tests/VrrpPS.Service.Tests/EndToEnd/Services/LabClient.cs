using System.Net;
using VrrpPS.Bench.Measure;
using VrrpPS.Engine.Linux.Namespaces;

namespace VrrpPS.Service.Tests.EndToEnd.Services;

/// <summary>The client of row 3: one ping per millisecond, a new connection every five, and two controls beside them.</summary>
internal sealed class LabClient : IDisposable
{
    private const long Margin = 5 * Clock.Millisecond;

    private readonly OwnerWatch _owners;
    private readonly string _address;
    private readonly PingSender _pings;
    private readonly HttpClientLoop _requests;
    private readonly Bench.Measure.Control _machine = new(realTime: true);
    private readonly Bench.Measure.Control _ordinary = new();

    /// <summary>Starts it.</summary>
    public LabClient(NetworkNamespace client, string address, OwnerWatch owners)
    {
        _owners = owners;
        _address = address;
        _pings = new PingSender(client, [IPAddress.Parse(address)], realTime: true);
        _requests = new HttpClientLoop(client, IPAddress.Parse(address));
    }

    /// <summary>Waits until so many more pings have been due.</summary>
    public async Task PassAsync(long count)
    {
        long until = _pings.Log.Count + count;
        while (_pings.Log.Count < until)
        {
            await Task.Delay(5);
        }
    }

    /// <summary>Whether processes of ordinary priority had to wait between two instants.</summary>
    public bool WasBusy(long from, long to) => _ordinary.WasLate(from, to);

    /// <summary>Ends it, once the last answers have had their time, and gives what happened since an instant.</summary>
    public async Task<LabSample> EndAsync(long from)
    {
        long to = Clock.Now;
        await PassAsync((PingLog.AnswerBound / Clock.Millisecond) + 50);
        _pings.Dispose();
        _requests.Dispose();
        var lost = _pings.Log.Lost(from, to);
        var changes = _owners.ChangesSince(_address, from);
        var overlaps = _owners.OverlapsSince(_address, from);
        int failed = _requests.Attempts.Count(attempt => attempt.Start >= from && attempt.Start < to && attempt.Outcome != HttpOutcome.Answered
            && !overlaps.Any(overlap => attempt.Start <= overlap.To + Clock.Millisecond && attempt.End >= overlap.From - Clock.Millisecond));

        // The kernel answers pings whatever its processes do; how long two have the address is for two processes to say.
        bool disturbed = lost.Concat(changes.Select(static change => change.Time)).Any(at => _machine.WasLate(at - Margin, at + Margin))
            || overlaps.Any(overlap => WasBusy(overlap.From, overlap.To));
        return new LabSample(lost, failed, overlaps.Select(static overlap => overlap.To - overlap.From).DefaultIfEmpty(0).Max(), changes, disturbed);
    }

    public void Dispose()
    {
        _pings.Dispose();
        _requests.Dispose();
        _machine.Dispose();
        _ordinary.Dispose();
    }
}
