using System.Net.Sockets;
using VrrpPS.Engine.Control.Access;
using VrrpPS.Engine.Control.Messages;

namespace VrrpPS.Engine.Control.Server;

/// <summary>
/// One connection. What only looks is answered in the order it was asked; changes run side by side and are answered when they are
/// done. Everything has a bound: the length of a line, the time it takes, the time without one, the time an answer waits for its reader.
/// </summary>
internal sealed partial class ControlSession : IDisposable
{
    private const int FarewellLength = 64 * 1024;
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(1);

    private readonly Socket _socket;
    private readonly PeerCredentials _peer;
    private readonly bool _mayChange;
    private readonly RequestPace? _pace;
    private readonly ControlMethodTable _methods;
    private readonly EventFeed _feed;
    private readonly ControlServerOptions _options;
    private readonly LineReader _reader;
    private readonly ControlGroup _group;
    private readonly CancellationTokenSource _end;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly SemaphoreSlim _changes;

    /// <summary>Makes a session.</summary>
    /// <param name="socket">Owned from here on.</param>
    /// <param name="peer">Who connected.</param>
    /// <param name="mayChange">Whether it may use the methods that change something.</param>
    /// <param name="pace">What it may ask for in a time; null without a bound.</param>
    /// <param name="server">What all sessions share.</param>
    /// <param name="stop">Ends all sessions.</param>
    public ControlSession(Socket socket, PeerCredentials peer, bool mayChange, RequestPace? pace, ControlServices server, CancellationToken stop)
    {
        _socket = socket;
        _peer = peer;
        _mayChange = mayChange;
        _pace = pace;
        _methods = server.Methods;
        _feed = server.Feed;
        _options = server.Options;
        _group = server.Options.Group;
        _reader = new LineReader(socket, mayChange ? _options.MaxLineLength : _options.MaxReaderLineLength);
        _end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _changes = new SemaphoreSlim(_options.MaxChanges, _options.MaxChanges);
    }

    /// <summary>Serves until the client leaves, is too slow, or the server ends. Never throws.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (await ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                await AnswerAsync(line).ConfigureAwait(false);
            }

            // Whoever closed only his side still wants to know what came of what he asked.
            await ChangesDoneAsync().ConfigureAwait(false);
        }
        catch (LineTooLongException exception)
        {
            await SayGoodbyeAsync(ControlProtocol.TooLong, $"A line may have {exception.Limit} bytes at most. The connection is closed.").ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client is gone or does not read, or the server ends: there is nobody left to tell.
            return;
        }
        finally
        {
            Unsubscribe();
            await _end.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _end.Dispose();
        _writing.Dispose();
        _changes.Dispose();
    }

    private bool IsChanging => _changes.CurrentCount < _options.MaxChanges;

    private async Task<ReadOnlyMemory<byte>?> ReadLineAsync()
    {
        long? begun = null;
        while (true)
        {
            if (_reader.TryTake(out var line))
            {
                return line;
            }

            begun = _reader.HasPartialLine ? begun ?? Environment.TickCount64 : null;
            var limit = begun is { } since
                ? _options.LineTimeout - TimeSpan.FromMilliseconds(Environment.TickCount64 - since)
                : _options.IdleTimeout;
            using var bound = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
            bound.CancelAfter(limit > TimeSpan.Zero ? limit : TimeSpan.Zero);
            try
            {
                if (!await _reader.FillAsync(bound.Token).ConfigureAwait(false))
                {
                    return null;
                }
            }
            catch (OperationCanceledException) when (!_end.IsCancellationRequested)
            {
                if (begun is null && (_subscription is not null || IsChanging))
                {
                    // It is told something, or waits for an answer: that is not idle.
                    continue;
                }

                string what = begun is null ? $"Nothing was asked for {limit.TotalSeconds:0} s." : $"A line had no end within {_options.LineTimeout.TotalSeconds:0} s.";
                await SayGoodbyeAsync(ControlProtocol.TimedOut, $"{what} The connection is closed.").ConfigureAwait(false);
                return null;
            }
        }
    }

    private async Task ChangesDoneAsync()
    {
        for (int i = 0; i < _options.MaxChanges; i++)
        {
            await _changes.WaitAsync(_end.Token).ConfigureAwait(false);
        }
    }

    /// <summary>The last words; whether anybody reads them does not matter.</summary>
    private async Task SayGoodbyeAsync(int code, string message)
    {
        try
        {
            await SendAsync(ControlLine.Refusal(default, new ControlError(code, message, null)), _options.AnswerTimeout).ConfigureAwait(false);
            _socket.Shutdown(SocketShutdown.Send);

            // The kernel takes the last words back when the rest of a line is left unread: a little of it is waited for and dropped.
            using var bound = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
            bound.CancelAfter(s_farewell);
            byte[] rest = new byte[FarewellLength / 16];
            for (int left = FarewellLength; left > 0;)
            {
                int read = await _socket.ReceiveAsync(rest, SocketFlags.None, bound.Token).ConfigureAwait(false);
                left = read == 0 ? 0 : left - read;
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            return;
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> line, TimeSpan limit)
    {
        await _writing.WaitAsync(_end.Token).ConfigureAwait(false);
        try
        {
            using var bound = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
            bound.CancelAfter(limit);
            while (!line.IsEmpty)
            {
                line = line[await _socket.SendAsync(line, SocketFlags.None, bound.Token).ConfigureAwait(false)..];
            }
        }
        catch
        {
            // Half a line cannot be taken back, and who does not read will not read the next one either.
            await _end.CancelAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            _ = _writing.Release();
        }
    }
}
