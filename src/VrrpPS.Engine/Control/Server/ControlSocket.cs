using System.Net.Sockets;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Control.Server;

/// <summary>
/// The service's Unix socket, bound and listening for as long as the service runs; a <see cref="ControlServer"/> answers on it.
/// Until that is there, connections wait.
/// </summary>
public sealed class ControlSocket : IDisposable
{
    private const int Backlog = 128;

    private ControlSocket(string path, Socket listener)
    {
        Path = path;
        Listener = listener;
    }

    /// <summary>Where it is bound.</summary>
    public string Path { get; }

    /// <summary>What accepts connections.</summary>
    internal Socket Listener { get; }

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
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, (UnixFileMode)0b110_110_110);
            }

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

    /// <summary>Closes it and removes its file. Nobody can have bound the path meanwhile: a live socket is never replaced.</summary>
    public void Dispose() => Listener.Dispose();

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
}
