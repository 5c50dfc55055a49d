using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VrrpPS.Service.Systemd;

/// <summary>
/// The socket on which a service manager hears about this process (sd_notify(3)): one datagram per message, lines of
/// <c>KEY=value</c>. A manager that does not listen is no reason to do anything differently, so nothing is thrown.
/// </summary>
internal sealed class NotifySocket : IDisposable
{
    /// <summary>The variable that names it: an absolute path, or <c>@name</c> for an abstract socket.</summary>
    public const string Variable = "NOTIFY_SOCKET";

    private const int SendTimeoutMilliseconds = 1000;

    private readonly Socket _socket;
    private readonly EndPoint _manager;

    private NotifySocket(Socket socket, EndPoint manager)
    {
        _socket = socket;
        _manager = manager;
    }

    /// <summary>The socket that a name means; null when there is none, or when it is of a kind that this process does not speak.</summary>
    public static NotifySocket? Open(string? name)
    {
        if (name is not (['/', _, ..] or ['@', _, ..]))
        {
            return null;
        }

        try
        {
            var manager = new UnixDomainSocketEndPoint(name[0] == '@' ? "\0" + name[1..] : name);
            var socket = new Socket(System.Net.Sockets.AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { SendTimeout = SendTimeoutMilliseconds };
            return new NotifySocket(socket, manager);
        }
        catch (Exception exception) when (exception is ArgumentException or SocketException)
        {
            return null;
        }
    }

    /// <summary>Sends one message.</summary>
    /// <param name="lines">Assignments, separated by line ends.</param>
    public void Send(string lines)
    {
        try
        {
            _ = _socket.SendTo(Encoding.UTF8.GetBytes(lines), _manager);
        }
        catch (SocketException)
        {
            // The manager has gone, or is so busy that a second was not enough. The instances run on all the same.
            return;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}
