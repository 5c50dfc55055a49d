using System.Diagnostics;
using System.Net.Sockets;

namespace VrrpPS.Engine.Probe;

/// <summary>Connects to a TCP port and asks for an HTTP status, through sockets made inside the namespace.</summary>
internal sealed class ServiceProbe(VipProbeOptions options, ProbeRoute route)
{
    /// <summary>Connects and closes.</summary>
    public async Task<ServiceAnswer> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.Timeout);
        try
        {
            using var socket = await ProbeSocket.CreateAsync(options, route, SocketType.Stream, ProtocolType.Tcp);
            long start = Stopwatch.GetTimestamp();
            await socket.ConnectAsync(ProbeSocket.EndPoint(options, route, port), patience.Token);
            return new ServiceAnswer(true, Stopwatch.GetElapsedTime(start), null, null, string.Empty);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return Failed(VipProblemCode.TcpRefused, $"{options.Address} is there, but nothing listens on TCP port {port} (connection refused).");
        }
        catch (SocketException e)
        {
            return Failed(VipProblemCode.TcpFailed, $"TCP port {port} of {options.Address} cannot be reached: {e.Message}.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(VipProblemCode.TcpTimeout, $"TCP port {port} of {options.Address} did not answer within {Seconds}.");
        }
    }

    /// <summary>Asks for the headers of a URI; redirections are an answer and are not followed.</summary>
    public async Task<ServiceAnswer> GetAsync(Uri uri, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.Timeout);
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectCallback = async (_, token) => await OpenAsync(uri.Port, token),
        };
        using var client = new HttpClient(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        try
        {
            long start = Stopwatch.GetTimestamp();
            using var response = await client.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            int status = (int)response.StatusCode;
            return status is >= 200 and < 400
                ? new ServiceAnswer(true, Stopwatch.GetElapsedTime(start), status, null, string.Empty)
                : new ServiceAnswer(false, null, status, VipProblemCode.HttpStatus, $"{uri} answers with HTTP status {status}.");
        }
        catch (HttpRequestException e)
        {
            return Failed(VipProblemCode.HttpFailed, $"{uri} on {options.Address} does not answer: {(e.InnerException ?? e).Message}.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(VipProblemCode.HttpTimeout, $"{uri} on {options.Address} did not answer within {Seconds}.");
        }
    }

    private string Seconds => $"{options.Timeout.TotalSeconds:0.###} s";

    private async Task<Stream> OpenAsync(int port, CancellationToken cancellationToken)
    {
        var socket = await ProbeSocket.CreateAsync(options, route, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.NoDelay = true;
            await socket.ConnectAsync(ProbeSocket.EndPoint(options, route, port), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static ServiceAnswer Failed(VipProblemCode code, string text) => new(false, null, null, code, text);
}
