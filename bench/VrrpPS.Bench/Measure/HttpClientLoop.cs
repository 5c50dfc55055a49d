using System.Net;
using System.Net.Sockets;
using System.Text;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Protocol;

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
    /// <param name="client">Where it asks from.</param>
    /// <param name="target">The virtual address to ask.</param>
    public HttpClientLoop(NetworkNamespace client, IPAddress target)
        => _thread = new ProbeThread(client, "http client", end => Run(new IPEndPoint(target, HttpServer.Port), end));

    /// <summary>Every attempt, in order; to be read after it has ended.</summary>
    public IReadOnlyList<HttpAttempt> Attempts => _attempts;

    /// <inheritdoc/>
    public void Dispose() => _thread.Dispose();

    private static HttpOutcome Try(IPEndPoint target)
    {
        using var socket = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
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

    private void Run(IPEndPoint target, CancellationToken end)
    {
        using var poll = new EventPoll();
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
