using System.Collections.Concurrent;
using System.Net.Sockets;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Probe;

namespace VrrpPS.Engine.Measure;

/// <summary>
/// Asks by TCP or HTTP, over a connection of its own each time. The sockets are made on the meter's thread, inside its namespace; their
/// answers arrive on other threads and wake it.
/// </summary>
internal sealed class ServiceMeterProbe(FailoverMeterOptions options, ProbeRoute route) : IMeterProbe
{
    private const string NoAnswer = "";

    private readonly EventFd _wake = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentQueue<ProbeAnswer> _answers = new();
    private readonly HttpMeterClient? _http = options.Uri is { } uri ? new HttpMeterClient(uri, MeterSocket.EndPoint(options, route, uri.Port)) : null;

    /// <inheritdoc/>
    public int FileDescriptor => _wake.FileDescriptor;

    /// <inheritdoc/>
    public string? Send(long number)
    {
        Socket socket;
        try
        {
            socket = MeterSocket.Create(options, route, SocketType.Stream, ProtocolType.Tcp);
        }
        catch (SocketException e)
        {
            return e.Message;
        }

        _ = AskAsync(socket, number);
        return null;
    }

    /// <inheritdoc/>
    public bool TryTake(out ProbeAnswer answer)
    {
        if (_answers.TryDequeue(out answer))
        {
            return true;
        }

        // What is signalled after the drain has its own signal.
        _ = _wake.Drain();
        return _answers.TryDequeue(out answer);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ending.Cancel();
        _http?.Dispose();
        _wake.Dispose();
    }

    private async Task AskAsync(Socket socket, long number)
    {
        string? failure;
        using (var patience = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token))
        using (socket)
        {
            patience.CancelAfter(options.Timeout);
            failure = await TryAskAsync(socket, patience.Token);
        }

        if (failure != NoAnswer)
        {
            _answers.Enqueue(new ProbeAnswer(number, failure));
            _wake.Signal();
        }
    }

    private async Task<string?> TryAskAsync(Socket socket, CancellationToken cancellationToken)
    {
        try
        {
            if (_http is not null)
            {
                return await _http.GetAsync(socket, cancellationToken);
            }

            await socket.ConnectAsync(MeterSocket.EndPoint(options, route, options.Port!.Value), cancellationToken);
            return null;
        }
        catch (OperationCanceledException)
        {
            return NoAnswer;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.ConnectionRefused ? "connection refused" : e.Message;
        }
        catch (HttpRequestException e)
        {
            return e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused } ? "connection refused" : (e.InnerException ?? e).Message;
        }
        catch (Exception e) when (e is ObjectDisposedException or IOException)
        {
            return e is IOException ? e.Message : NoAnswer;
        }
    }
}
