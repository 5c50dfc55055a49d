using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Service.Control;

/// <summary>
/// The service's Unix socket, bound for as long as the service runs. This version answers every connection with one line,
/// an error object that says so, and closes it: a client learns at once that somebody is there and what it cannot do.
/// </summary>
internal sealed class ControlSocket : IAsyncDisposable
{
    private const int Backlog = 16;
    private static readonly byte[] s_answer = MakeAnswer();

    private readonly Socket _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    private ControlSocket(string path, Socket listener)
    {
        Path = path;
        _listener = listener;
        _serving = ServeAsync();
    }

    /// <summary>Where it is bound.</summary>
    public string Path { get; }

    /// <summary>Binds, replacing a socket whose owner is gone.</summary>
    /// <exception cref="VrrpException">
    /// <see cref="ErrorIds.ControlSocketInUse"/>: another service answers there;
    /// <see cref="ErrorIds.ControlSocketUnusable"/>: the path cannot be bound.
    /// </exception>
    public static ControlSocket Bind(string path)
    {
        UnixDomainSocketEndPoint endPoint;
        try
        {
            endPoint = new UnixDomainSocketEndPoint(path);
        }
        catch (ArgumentException exception)
        {
            throw VrrpErrors.ControlSocketUnusable(path, $"the path is empty or longer than a Unix socket's can be ({exception.GetType().Name})", exception);
        }

        var listener = new Socket(System.Net.Sockets.AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            if (System.IO.Path.GetDirectoryName(path) is { Length: > 0 } directory)
            {
                Directory.CreateDirectory(directory);
            }

            RemoveStale(path, endPoint);
            listener.Bind(endPoint);
            // Any local user may ask for state; what a caller may change is decided from its credentials, not from the file.
            File.SetUnixFileMode(path, (UnixFileMode)0b110_110_110);
            listener.Listen(Backlog);
            return new ControlSocket(path, listener);
        }
        catch (Exception exception) when (exception is SocketException or IOException or UnauthorizedAccessException)
        {
            listener.Dispose();
            throw VrrpErrors.ControlSocketUnusable(path, exception.Message.TrimEnd('.'), exception);
        }
        catch (VrrpException)
        {
            listener.Dispose();
            throw;
        }
    }

    /// <summary>Binds the first default that can be bound.</summary>
    /// <exception cref="VrrpException">As <see cref="Bind"/>, about the last one tried.</exception>
    public static ControlSocket BindDefault(IReadOnlyList<string> paths)
    {
        for (var i = 0; i < paths.Count - 1; i++)
        {
            try
            {
                return Bind(paths[i]);
            }
            catch (VrrpException exception) when (exception.ErrorId == ErrorIds.ControlSocketUnusable)
            {
                // Not ours to write: the next place is tried, and the last one's error is the one to tell.
                continue;
            }
        }

        return Bind(paths[^1]);
    }

    /// <summary>Ends serving and removes the socket file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        // Removes the file too. Nobody can have bound the path meanwhile: a live socket is never replaced.
        _listener.Dispose();
        _stop.Dispose();
    }

    private static void RemoveStale(string path, UnixDomainSocketEndPoint endPoint)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var probe = new Socket(System.Net.Sockets.AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(endPoint);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused)
        {
            // Refused is what a dead owner's socket says, but an ordinary file says it too, and that is not ours to delete.
            if (!IsSocket(path))
            {
                throw VrrpErrors.ControlSocketUnusable(path, "there is a file there that is not a socket", exception);
            }

            File.Delete(path);
            return;
        }

        throw VrrpErrors.ControlSocketInUse(path);
    }

    // A socket is neither a regular file nor a directory nor a link: .NET reports its size as 0 and no other attribute.
    private static bool IsSocket(string path)
    {
        try
        {
            using var handle = File.OpenHandle(path);
            return false;
        }
        catch (IOException)
        {
            // ENXIO: open() on a socket.
            return true;
        }
    }

    private static byte[] MakeAnswer()
    {
        const int notImplemented = -32001;
        var message = $"vrrpps {ProductVersion.Text} answers no control requests yet: the control protocol comes in a later version. "
            + "Signals work: SIGHUP reloads, SIGTERM hands over and ends.";
        var answer = new ControlAnswer("2.0", null, new ControlError(notImplemented, message, ProductVersion.Text, "control-protocol"));
        return [.. Encoding.UTF8.GetBytes(JsonSerializer.Serialize(answer, ControlJsonContext.Default.ControlAnswer)), (byte)'\n'];
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptAsync(_stop.Token);
                // The line fits any socket buffer, so this never waits for a slow client.
                client.Blocking = false;
                client.Send(s_answer);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException) when (!_stop.IsCancellationRequested)
            {
                // A client that left before its answer concerns nobody else.
                continue;
            }
        }
    }
}
