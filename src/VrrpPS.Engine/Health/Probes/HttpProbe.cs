using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Engine.Probe;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Health.Probes;

/// <summary>Asks a URI and judges status and body. Each look makes a connection of its own: an old one says nothing about new clients.</summary>
internal sealed class HttpProbe : IProbe
{
    private const int MaxBody = 64 * 1024;

    private readonly HttpTracker _tracker;
    private readonly InstanceConfiguration _instance;
    private readonly Uri _uri;
    private readonly Regex? _body;

    public HttpProbe(HttpTracker tracker, InstanceConfiguration instance)
    {
        _tracker = tracker;
        _instance = instance;
        _uri = new Uri(tracker.Uri);

        // Without backtracking, so that no body can make it run for ever.
        _body = tracker.ExpectBody is { } pattern ? new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant) : null;
    }

    /// <inheritdoc/>
    public ProbeResult Look(CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        var (succeeded, output) = AskAsync(ProbeTarget.Resolve(_uri.IdnHost.Trim('[', ']')), cancellationToken).GetAwaiter().GetResult();
        return new ProbeResult(succeeded, output, Stopwatch.GetElapsedTime(start));
    }

    private async Task<(bool Succeeded, string Output)> AskAsync(InetAddress address, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_tracker.EffectiveTimeout);
        using var handler = Handler(address);
        using var client = new HttpClient(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Get, _uri);
        request.Headers.ConnectionClose = true;
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
            int status = (int)response.StatusCode;
            if (!_tracker.ExpectStatus.Contains(status))
            {
                return (false, $"HTTP status {status}; {_tracker.ExpectStatus} expected");
            }

            if (_body is null)
            {
                return (true, $"HTTP status {status}");
            }

            string body = await ReadAsync(response, patience.Token).ConfigureAwait(false);
            return _body.IsMatch(body)
                ? (true, $"HTTP status {status}, the body matches")
                : (false, $"HTTP status {status}, but the body does not match '{_tracker.ExpectBody}'");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (false, $"no answer within {DurationText.Format(_tracker.EffectiveTimeout)}");
        }
        catch (HttpRequestException exception)
        {
            return (false, $"no answer: {(exception.InnerException ?? exception).Message}");
        }
        catch (IOException exception)
        {
            return (false, $"the answer broke off: {exception.Message}");
        }
    }

    private SocketsHttpHandler Handler(InetAddress address)
    {
        var options = ProbeTarget.Options(address, _tracker.EffectiveTimeout, _instance);
        var route = ProbeTarget.Route(address, _instance);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxResponseHeadersLength = 64,
            ConnectCallback = async (_, token) =>
            {
                // Made inside the namespace, whatever thread this runs on.
                var socket = await ProbeSocket.CreateAsync(options, route, SocketType.Stream, ProtocolType.Tcp).ConfigureAwait(false);
                try
                {
                    socket.NoDelay = true;
                    await socket.ConnectAsync(ProbeSocket.EndPoint(options, route, _uri.Port), token).ConfigureAwait(false);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        if (_tracker.SkipCertificateCheck)
        {
#pragma warning disable CA5359 // Asked for by name, for a server whose certificate nobody can check from here.
            handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }

        return handler;
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[MaxBody];
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            int length = await stream.ReadAtLeastAsync(buffer, MaxBody, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return Encoding.UTF8.GetString(buffer, 0, length);
        }
    }
}
