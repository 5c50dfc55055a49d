using System.Net;
using VrrpPS.Bench.Measure;
using VrrpPS.Engine.Tests.Support;
using Xunit;

namespace VrrpPS.Engine.Tests.Handover;

/// <summary>
/// A client that pings an address once per millisecond, beside a control that tells when this machine was late: what is lost then
/// says nothing about the engine and does not count.
/// </summary>
internal sealed class Client : IDisposable
{
    private const long Margin = 5 * Clock.Millisecond;

    private readonly Control _control = new();
    private readonly PingSender _pings;

    /// <summary>Starts pinging and waits for the first answers.</summary>
    public Client(TestHost host, string address)
    {
        _pings = new PingSender(host.Namespace, [IPAddress.Parse(address)]);
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

    public void Dispose()
    {
        _pings.Dispose();
        _control.Dispose();
    }
}
