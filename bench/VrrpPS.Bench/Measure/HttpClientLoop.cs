using System.Net;
using System.Net.Sockets;
using System.Text;
using VrrpPS.Bench.Network;
using VrrpPS.Engine.Linux;
using VrrpPS.Protocol;
using AddressFamily = System.Net.Sockets.AddressFamily;

namespace VrrpPS.Bench.Measure;

/// <summary>
/// A new TCP connection with one HTTP request every few milliseconds, one after the other, on a thread of its own in the
/// client's namespace. While nobody answers, an attempt is given up after a quarter of a second.
/// </summary>
internal sealed class HttpClientLoop : IDisposable
{
    private const long Interval = 5 * Clock.Millisecond;
    private const int TimeoutMicroseconds = 250_000;

    private static readonly byte[] s_request = Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: vip\r\nConnection: close\r\n\r\n");

    private readonly ProbeThread _thread;
    private readonly List<HttpAttempt> _attempts = new(65536);

    /// <summary>Starts it.</summary>
    public HttpClientLoop(BenchHost client) => _thread = new ProbeThread(client.Namespace, "http client", Run);

    /// <summary>Every attempt, in order; to be read after it has ended.</summary>
    public IReadOnlyList<HttpAttempt> Attempts => _attempts;

    /// <inheritdoc/>
    public void Dispose() => _thread.Dispose();

    private static HttpOutcome Try(IPEndPoint target)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        try
        {
            try
            {
                socket.Connect(target);
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                if (!socket.Poll(TimeoutMicroseconds, SelectMode.SelectWrite))
                {
                    return HttpOutcome.TimedOut;
                }
            }

            _ = socket.Send(s_request);
            byte[] page = new byte[512];
            return socket.Poll(TimeoutMicroseconds, SelectMode.SelectRead) && socket.Receive(page) > 0
                ? HttpOutcome.Answered
                : HttpOutcome.TimedOut;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset ? HttpOutcome.Refused : HttpOutcome.TimedOut;
        }
    }

    private void Run(CancellationToken end)
    {
        using var poll = new EventPoll();
        var target = new IPEndPoint(IPAddress.Parse(BenchNetwork.VirtualAddress(0).ToString()), HttpServer.Port);
        long next = Clock.Now;
        while (!end.IsCancellationRequested)
        {
            _ = poll.Wait(new Instant(next));
            long start = Clock.Now;
            next = Math.Max(next + Interval, start);
            var outcome = Try(target);
            _attempts.Add(new HttpAttempt(start, Clock.Now, outcome));
        }
    }
}
