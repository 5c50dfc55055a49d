using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VrrpPS.Tool.Lab;

/// <summary>
/// The service behind the VIP: answers every request with the node's name and the path, like a NodePort that every node
/// has. Runs on a thread inside the node's namespace; one connection at a time is plenty for one client.
/// </summary>
internal sealed class EchoServer
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(250);

    private readonly string _node;
    private readonly int _port;

    public EchoServer(string node, int port)
    {
        _node = node;
        _port = port;
    }

    /// <summary>Serves until cancelled.</summary>
    /// <param name="listening">Set once connections are accepted.</param>
    /// <param name="cancellationToken">Ends it within a quarter of a second.</param>
    public void Run(TaskCompletionSource listening, CancellationToken cancellationToken)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Any, _port));
        listener.Listen(64);
        listening.TrySetResult();
        while (!cancellationToken.IsCancellationRequested)
        {
            if (listener.Poll(s_patience, SelectMode.SelectRead))
            {
                using var client = listener.Accept();
                Serve(client);
            }
        }
    }

    private void Serve(Socket client)
    {
        try
        {
            var request = new byte[2048];
            if (!client.Poll(s_patience, SelectMode.SelectRead))
            {
                return;
            }

            var length = client.Receive(request);
            var target = PathOf(Encoding.ASCII.GetString(request, 0, length));
            var body = $"{_node} {target}\n";
            client.Send(Encoding.ASCII.GetBytes(
                $"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
            client.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The client left; it counts its own losses.
            return;
        }
    }

    private static string PathOf(string request)
    {
        var parts = request.Split(' ', 3);
        return parts.Length == 3 ? parts[1] : "?";
    }
}
