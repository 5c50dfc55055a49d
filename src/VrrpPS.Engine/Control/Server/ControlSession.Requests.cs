using System.Text.Json;
using VrrpPS.Engine.Control.Messages;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;

namespace VrrpPS.Engine.Control.Server;

/// <content>From a line to its answer.</content>
internal sealed partial class ControlSession
{
    private async Task AnswerAsync(ReadOnlyMemory<byte> line)
    {
        if (_pace is not null && _pace.Pay() is { } wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, _end.Token).ConfigureAwait(false);
        }

        if (Parse(line, out var error) is not { } request)
        {
            await ReplyAsync(ControlLine.Refusal(default, error!)).ConfigureAwait(false);
            return;
        }

        if (_methods.Find(request.Method!) is not { } method)
        {
            string message = $"There is no method '{Shorten(request.Method!)}'. There are {string.Join(", ", _methods.Names)}.";
            await ReplyAsync(request, new ControlError(ControlProtocol.MethodNotFound, message, null)).ConfigureAwait(false);
        }
        else if (!method.Changes)
        {
            await InvokeAsync(method, request).ConfigureAwait(false);
        }
        else if (!_mayChange)
        {
            await ReplyAsync(request, ErrorOf(VrrpErrors.NotPermitted(method.Name, _peer.UserId, _group.ToString()))).ConfigureAwait(false);
        }
        else
        {
            await _changes.WaitAsync(_end.Token).ConfigureAwait(false);
            _ = ChangeAsync(method, request);
        }
    }

    private async Task ChangeAsync(ControlMethod method, ControlRequest request)
    {
        try
        {
            // Off this thread, so that the next request is read while this one is carried out.
            await Task.Run(() => InvokeAsync(method, request)).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is System.Net.Sockets.SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Nobody is left to be answered; the change itself is done or refused.
            return;
        }
        finally
        {
            Release();
        }
    }

    private void Release()
    {
        try
        {
            _ = _changes.Release();
        }
        catch (ObjectDisposedException)
        {
            // The client has gone meanwhile.
            return;
        }
    }

    private async Task InvokeAsync(ControlMethod method, ControlRequest request)
    {
        byte[] answer;
        try
        {
            var result = await method.Invoke(new ControlCall(request.Params, _peer, this)).ConfigureAwait(false);
            answer = ControlLine.Result(request.Id, result);
        }
        catch (VrrpException refusal)
        {
            answer = ControlLine.Refusal(request.Id, ErrorOf(refusal));
        }
        catch (KernelException refusal)
        {
            answer = ControlLine.Refusal(request.Id, ErrorOf(VrrpErrors.KernelRefused(refusal)));
        }
#pragma warning disable CA1031 // A defect in one method must not end the others' service; who asked is told.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            answer = ControlLine.Refusal(request.Id, new ControlError(ControlProtocol.InternalError, $"This is a defect, please report it: {exception.GetType().Name}: {exception.Message}", null));
        }

        if (request.Id.ValueKind != JsonValueKind.Undefined)
        {
            await ReplyAsync(answer).ConfigureAwait(false);
        }
    }

    private Task ReplyAsync(ControlRequest request, ControlError error)
        => request.Id.ValueKind == JsonValueKind.Undefined ? Task.CompletedTask : ReplyAsync(ControlLine.Refusal(request.Id, error));

    private Task ReplyAsync(byte[] answer)
    {
        _pace?.PayForAnswer(answer.Length);
        return SendAsync(answer, _options.AnswerTimeout);
    }

    private static ControlRequest? Parse(ReadOnlyMemory<byte> line, out ControlError? error)
    {
        error = null;
        ControlRequest? request;
        try
        {
            request = JsonSerializer.Deserialize(line.Span, ControlJsonContext.Shared.ControlRequest);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            error = IsObject(line)
                ? new ControlError(ControlProtocol.ParseError, "This is no JSON-RPC request: it is damaged, too deep, or has a member twice or of the wrong kind.", null)
                : new ControlError(ControlProtocol.ParseError, "This is no JSON object. Write one request per line, and no list of them.", null);
            return null;
        }

        if (request is { Jsonrpc: "2.0", Method: not null, Id.ValueKind: JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.String or JsonValueKind.Number })
        {
            return request;
        }

        error = new ControlError(
            ControlProtocol.InvalidRequest, "A request has \"jsonrpc\": \"2.0\", an \"id\" that is a number or a text, and a \"method\".", null);
        return null;
    }

    private static bool IsObject(ReadOnlyMemory<byte> line) => line.Span.TrimStart(" \t\r"u8) is [(byte)'{', ..];

    private static ControlError ErrorOf(VrrpException refusal) => new(
        refusal.ErrorId switch
        {
            ErrorIds.NotPermitted => ControlProtocol.NotPermitted,
            ErrorIds.InvalidRequest => ControlProtocol.InvalidParameters,
            _ => ControlProtocol.Refused,
        },
        refusal.Message,
        new ControlErrorData(refusal.ErrorId, refusal.Target?.ToString()));

    /// <summary>What a client sent is not sent back to it at length.</summary>
    private static string Shorten(string text) => text.Length <= 64 ? text : string.Concat(text.AsSpan(0, 64), "…");
}
