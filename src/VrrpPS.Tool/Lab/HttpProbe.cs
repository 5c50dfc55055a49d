using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VrrpPS.Tool.Lab;

/// <summary>
/// Asks for a page again and again, a new connection each time, and notes who answered. Runs on a thread inside the client's
/// namespace; blocking sockets with short timeouts, because a pool thread must never make a socket here.
/// </summary>
internal sealed class HttpProbe
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan s_timeout = TimeSpan.FromMilliseconds(250);

    private readonly IPEndPoint _target;
    private readonly Stopwatch _clock;
    private readonly byte[] _request;

    public HttpProbe(IPEndPoint target, string path, Stopwatch clock)
    {
        _target = target;
        _clock = clock;
        _request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {target}\r\nConnection: close\r\n\r\n");
    }

    /// <summary>The attempts; an answer is the page's text.</summary>
    public ProbeLog Log { get; } = new();

    /// <summary>Asks until cancelled.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        var next = _clock.Elapsed;
        while (!cancellationToken.IsCancellationRequested)
        {
            var wait = next - _clock.Elapsed;
            if (wait > TimeSpan.Zero && cancellationToken.WaitHandle.WaitOne(wait))
            {
                return;
            }

            next = Max(next, _clock.Elapsed - s_interval) + s_interval;
            var attempt = Log.Attempt(_clock.Elapsed);
            if (TryGet() is { } answer)
            {
                Log.Answered(attempt, answer);
            }
        }
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private string? TryGet()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        try
        {
            if (!TryConnect(socket))
            {
                return null;
            }

            socket.Send(_request);
            var buffer = new byte[2048];
            var length = 0;
            while (length < buffer.Length && socket.Poll(s_timeout, SelectMode.SelectRead))
            {
                var received = socket.Receive(buffer.AsSpan(length));
                if (received == 0)
                {
                    return ParseBody(Encoding.ASCII.GetString(buffer, 0, length));
                }

                length += received;
            }

            return null;
        }
        catch (SocketException)
        {
            // Refused, reset or unreachable: for a client all of it is "no answer".
            return null;
        }
    }

    private bool TryConnect(Socket socket)
    {
        try
        {
            socket.Connect(_target);
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            // SelectWrite also becomes true on failure; SO_ERROR tells them apart.
            return socket.Poll(s_timeout, SelectMode.SelectWrite)
                && (int)(socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error) ?? -1) == 0;
        }
    }

    private static string? ParseBody(string response)
    {
        var body = response.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return body >= 0 && response.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal) ? response[(body + 4)..].Trim() : null;
    }
}
