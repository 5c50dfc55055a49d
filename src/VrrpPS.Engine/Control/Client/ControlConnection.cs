using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using VrrpPS.Engine.Control.Messages;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Control.Client;

/// <summary>The client's end of a control socket: calls that may be under way side by side, and what is told without being asked.</summary>
internal sealed class ControlConnection : IDisposable
{
    private readonly string _path;
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly ConcurrentDictionary<long, TaskCompletionSource<JsonElement>> _calls = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly CancellationTokenSource _end = new();
    private readonly Action<string, JsonElement> _told;
    private readonly Action _ended;
    private volatile VrrpException? _failure;
    private long _ids;

    /// <summary>Takes a connected socket over.</summary>
    /// <param name="path">Where it leads, for messages.</param>
    /// <param name="socket">Owned from here on.</param>
    /// <param name="told">Called with each notification, in order, on a thread that must not wait.</param>
    /// <param name="ended">Called once when the other side is gone.</param>
    public ControlConnection(string path, Socket socket, Action<string, JsonElement> told, Action ended)
    {
        _path = path;
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: false);
        _told = told;
        _ended = ended;
        _ = ReadAsync();
    }

    /// <summary>Asks and waits for the answer.</summary>
    /// <exception cref="VrrpException">What the service refuses with; ServiceUnreachable when it goes, ServiceProtocol when it cannot be understood.</exception>
    public async Task<TResult> CallAsync<TParameters, TResult>(
        string method, TParameters parameters, JsonTypeInfo<TParameters> parametersType, JsonTypeInfo<TResult> resultType, CancellationToken cancellationToken)
    {
        long id = Interlocked.Increment(ref _ids);
        var call = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls[id] = call;
        try
        {
            if (_failure is { } failure)
            {
                throw failure;
            }

            await SendAsync(ControlLine.Request(id, method, parameters, parametersType), cancellationToken).ConfigureAwait(false);
            var result = await call.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            return result.Deserialize(resultType) ?? throw VrrpErrors.ServiceProtocol(_path, $"the answer to '{method}' is null");
        }
        catch (JsonException exception)
        {
            throw VrrpErrors.ServiceProtocol(_path, $"the answer to '{method}' cannot be read ({exception.Path})", exception);
        }
        catch (SocketException exception)
        {
            // What the service said before it went is the better reason.
            throw _failure ?? VrrpErrors.ServiceUnreachable(_path, exception.Message, exception);
        }
        finally
        {
            _calls.TryRemove(id, out _);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _stream.Dispose();
        _socket.Dispose();
        _writing.Dispose();
    }

    private async Task SendAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Not cancelled half-way: the rest of the line would be taken for the next one.
            while (!line.IsEmpty)
            {
                line = line[await _socket.SendAsync(line, SocketFlags.None, _end.Token).ConfigureAwait(false)..];
            }
        }
        finally
        {
            _ = _writing.Release();
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            using var reader = new StreamReader(_stream, leaveOpen: true);
            while (await reader.ReadLineAsync(_end.Token).ConfigureAwait(false) is { } line)
            {
                Take(line);
            }

            Fail(VrrpErrors.ServiceUnreachable(_path, "it has closed the connection"));
        }
        catch (JsonException exception)
        {
            Fail(VrrpErrors.ServiceProtocol(_path, "it does not speak JSON", exception));
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            Fail(VrrpErrors.ServiceUnreachable(_path, "the connection is closed", exception));
        }
    }

    private void Take(string line)
    {
        var answer = JsonSerializer.Deserialize(line, ControlJsonContext.Shared.ControlAnswer) ?? throw new JsonException("null");
        if (answer.Method is { } method)
        {
            _told(method, answer.Params);
        }
        else if (answer.Id.ValueKind == JsonValueKind.Number && answer.Id.TryGetInt64(out long id))
        {
            if (_calls.TryGetValue(id, out var call))
            {
                _ = answer.Error is { } error ? call.TrySetException(ErrorOf(error)) : call.TrySetResult(answer.Result);
            }
        }
        else if (answer.Error is { } error)
        {
            // It is about the connection as a whole, and its last word.
            Fail(ErrorOf(error));
        }
    }

    private VrrpException ErrorOf(ControlError error) => error.Data is { } data
        ? new VrrpException(data.ErrorId, error.Message, data.Target)
        : VrrpErrors.ServiceProtocol(_path, $"it answers: {error.Message}");

    private void Fail(VrrpException failure)
    {
        if (_failure is not null)
        {
            return;
        }

        _failure = failure;
        foreach (var call in _calls.Values)
        {
            _ = call.TrySetException(failure);
        }

        _ended();
    }
}
