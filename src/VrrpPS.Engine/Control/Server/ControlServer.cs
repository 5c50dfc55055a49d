using System.Collections.Concurrent;
using System.Net.Sockets;
using VrrpPS.Engine.Control.Access;
using VrrpPS.Engine.Control.Messages;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Runtime;

namespace VrrpPS.Engine.Control.Server;

/// <summary>
/// Answers on a control socket: JSON-RPC 2.0, one message per line. It runs beside the engine, on pool threads, and posts commands
/// and reads snapshots as any other user of the engine does; no client can make the loop wait.
/// </summary>
public sealed class ControlServer : IAsyncDisposable
{
    private static readonly TimeSpan s_acceptFailurePause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_endBound = TimeSpan.FromSeconds(2);

    private readonly ControlSocket _socket;
    private readonly ControlServerOptions _options;
    private readonly ControlAccess _access;
    private readonly ClientAdmission _admission;
    private readonly RequestPaces _paces;
    private readonly EventFeed _feed;
    private readonly ControlServices _services;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<ControlSession, Task> _sessions = new();
    private readonly Task _accepting;
    private long _refused;

    /// <summary>Begins to answer.</summary>
    /// <param name="socket">Where; owned by the caller and disposed after this.</param>
    /// <param name="engine">Whose instances; owned by the caller and disposed after this.</param>
    /// <param name="service">What is around the engine.</param>
    /// <param name="options">The bounds.</param>
    public ControlServer(ControlSocket socket, IVrrpEngine engine, IControlledService service, ControlServerOptions options)
    {
        _socket = socket;
        _options = options;
        _access = new ControlAccess(options.Group);
        _admission = new ClientAdmission(options.MaxClients, options.MaxClientsPerUser);
        _paces = new RequestPaces(options.RequestsPerSecond, options.RequestBurst);
        _feed = new EventFeed(engine);
        _services = new ControlServices(new ControlMethodTable(engine, service, options, _access), _feed, options);
        _accepting = AcceptAsync();
    }

    /// <summary>How many connections there are.</summary>
    public int ClientCount => _admission.Count;

    /// <summary>How many connections were refused because there were too many.</summary>
    public long RefusedCount => Interlocked.Read(ref _refused);

    /// <summary>Ends all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        await Task.WhenAny(Task.WhenAll(_sessions.Values), Task.Delay(s_endBound)).ConfigureAwait(false);
        _feed.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await _socket.Listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
                if (!Admit(client))
                {
                    await Task.Delay(_options.RefusalSpacing, _stop.Token).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException)
            {
                // A client that has left already, or no descriptor to be had: later there may be one.
                await Task.Delay(s_acceptFailurePause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private bool Admit(Socket client)
    {
        PeerCredentials peer;
        try
        {
            peer = PeerCredentials.Of(client);
        }
        catch (KernelException)
        {
            client.Dispose();
            return false;
        }

        bool mayChange = _access.MayChange(peer);
        if (!_admission.TryEnter(peer.UserId, mayChange))
        {
            Refuse(client, peer);
            return false;
        }

        var session = new ControlSession(client, peer, mayChange, mayChange ? null : _paces.Of(peer.UserId), _services, _stop.Token);
        _sessions[session] = Task.CompletedTask;
        _sessions.TryUpdate(session, Task.Run(() => ServeAsync(session, peer.UserId, mayChange)), Task.CompletedTask);
        return true;
    }

    private async Task ServeAsync(ControlSession session, uint userId, bool mayChange)
    {
        await session.RunAsync().ConfigureAwait(false);
        session.Dispose();
        _admission.Leave(userId, mayChange);
        _sessions.TryRemove(session, out _);
    }

    private void Refuse(Socket client, PeerCredentials peer)
    {
        _ = Interlocked.Increment(ref _refused);
        var refusal = VrrpErrors.ControlBusy(peer.UserId, _options.MaxClients, _options.MaxClientsPerUser);
        byte[] line = ControlLine.Refusal(default, new ControlError(ControlProtocol.Busy, refusal.Message, new ControlErrorData(refusal.ErrorId, null)));
        try
        {
            // The line fits any socket buffer, so this never waits for a slow client.
            client.Blocking = false;
            _ = client.Send(line);
        }
        catch (SocketException)
        {
            // It has gone before it could be told.
            return;
        }
        finally
        {
            client.Dispose();
        }
    }
}
