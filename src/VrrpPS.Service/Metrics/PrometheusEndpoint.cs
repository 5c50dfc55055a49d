using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Metrics;

namespace VrrpPS.Service.Metrics;

/// <summary>
/// Answers <c>GET /metrics</c> over HTTP/1.1 and nothing else: a few clients at once, small requests, little time for each. It has no
/// protection of its own, so it belongs on a loopback address or behind a firewall.
/// </summary>
internal sealed class PrometheusEndpoint : IAsyncDisposable
{
    private const int Backlog = 16;
    private const int MostClients = 8;
    private const int LongestRequest = 8 * 1024;
    private const string Place = "/metrics";

    private readonly Socket _listener;
    private readonly Func<string> _text;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _places = new(MostClients);
    private readonly Task _serving;

    private PrometheusEndpoint(Socket listener, Func<string> text)
    {
        _listener = listener;
        _text = text;
        _serving = ServeAsync();
    }

    /// <summary>How long a client may take, request and answer together.</summary>
    internal static TimeSpan Patience { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Where it listens; the port that the kernel chose, if it was asked to.</summary>
    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndPoint!;

    /// <summary>Binds and serves.</summary>
    /// <param name="address">Where; port 0 lets the kernel choose.</param>
    /// <param name="text">Makes the answer.</param>
    /// <exception cref="VrrpException">MetricsUnavailable: the address cannot be bound.</exception>
    public static PrometheusEndpoint Start(IPEndPoint address, Func<string> text)
    {
        var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(address);
            listener.Listen(Backlog);
            return new PrometheusEndpoint(listener, text);
        }
        catch (SocketException exception)
        {
            listener.Dispose();
            throw VrrpErrors.MetricsUnavailable(address.ToString(), exception.Message, exception);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        for (int i = 0; i < MostClients; i++)
        {
            await _places.WaitAsync(CancellationToken.None);
        }

        _listener.Dispose();
        _stop.Dispose();
        _places.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                // With all places taken nobody is accepted: the others wait in the kernel's queue, which has an end as well.
                await _places.WaitAsync(_stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            try
            {
                var client = await _listener.AcceptAsync(_stop.Token);
                _ = AnswerAsync(client);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                // The end, or a client that left before it was greeted.
                _places.Release();
            }
        }
    }

    private async Task AnswerAsync(Socket client)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        bound.CancelAfter(Patience);
        try
        {
            var (method, place) = await ReadAsync(client, bound.Token);
            byte[] answer = Answer(method, place);
            for (int sent = 0; sent < answer.Length;)
            {
                sent += await client.SendAsync(answer.AsMemory(sent), bound.Token);
            }

            client.Shutdown(SocketShutdown.Send);

            // Until the client has taken it: closing with something unread would cut the answer off.
            var rest = new byte[1024];
            while (await client.ReceiveAsync(rest, bound.Token) > 0)
            {
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // It left, or took too long.
            return;
        }
        finally
        {
            client.Dispose();
            _places.Release();
        }
    }

    /// <summary>The request line's method and target; empty ones for what is no request.</summary>
    private static async Task<(string Method, string Place)> ReadAsync(Socket client, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestRequest];
        int length = 0;
        while (length < buffer.Length)
        {
            int count = await client.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            if (count == 0)
            {
                break;
            }

            length += count;
            if (buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) >= 0)
            {
                string line = Encoding.ASCII.GetString(buffer, 0, buffer.AsSpan(0, length).IndexOf("\r\n"u8));
                string[] words = line.Split(' ');
                return words is [var method, var place, "HTTP/1.0" or "HTTP/1.1"] ? (method, place.Split('?')[0]) : (string.Empty, string.Empty);
            }
        }

        return (string.Empty, string.Empty);
    }

    private byte[] Answer(string method, string place) => (method, place) switch
    {
        ("", _) => Response("400 Bad Request", "This is no HTTP/1.1 request.\n"),
        ("GET", Place) => Response("200 OK", _text(), PrometheusText.ContentType),
        ("HEAD", Place) => Response("200 OK", _text(), PrometheusText.ContentType, withBody: false),
        ("GET" or "HEAD", _) => Response("404 Not Found", $"There is nothing but {Place} here.\n", withBody: method == "GET"),
        _ => Response("405 Method Not Allowed", "Metrics can only be read.\n"),
    };

    private static byte[] Response(string status, string body, string contentType = "text/plain; charset=utf-8", bool withBody = true)
    {
        byte[] content = Encoding.UTF8.GetBytes(body);
        string allow = status.StartsWith("405", StringComparison.Ordinal) ? "Allow: GET, HEAD\r\n" : string.Empty;
        byte[] head = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"HTTP/1.1 {status}\r\nContent-Type: {contentType}\r\nContent-Length: {content.Length}\r\n{allow}Connection: close\r\n\r\n"));
        return withBody ? [.. head, .. content] : head;
    }
}
