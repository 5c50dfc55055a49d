using System.Net;
using System.Net.Sockets;

namespace VrrpPS.Engine.Measure;

/// <summary>Gets the headers of one URI over and over, each time through the socket that it is given.</summary>
internal sealed class HttpMeterClient : IDisposable
{
    private static readonly HttpRequestOptionsKey<Socket> SocketKey = new("VrrpPS.Socket");

    private readonly Uri _uri;
    private readonly IPEndPoint _endPoint;
    private readonly HttpClient _client;

    /// <summary>Makes it; redirections are an answer and are not followed.</summary>
    public HttpMeterClient(Uri uri, IPEndPoint endPoint)
    {
        _uri = uri;
        _endPoint = endPoint;
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Asks once.</summary>
    /// <returns>Null for a status of success or redirection, else what it is.</returns>
    public async Task<string?> GetAsync(Socket socket, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _uri);
        request.Headers.ConnectionClose = true;
        request.Options.Set(SocketKey, socket);
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        int status = (int)response.StatusCode;
        return status is >= 200 and < 400 ? null : $"HTTP status {status}";
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        if (!context.InitialRequestMessage.Options.TryGetValue(SocketKey, out var socket))
        {
            throw new InvalidOperationException("A request without a socket of its own.");
        }

        socket.NoDelay = true;
        await socket.ConnectAsync(_endPoint, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
