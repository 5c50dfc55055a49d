using System.Net;
using System.Net.Sockets;
using System.Text;
using VrrpPS.Engine.Linux.Namespaces;

namespace VrrpPS.Engine.Tests.Health;

/// <summary>A service inside a namespace on a chosen port, which can be taken down and put up again as its process would be.</summary>
internal sealed class HttpService : IDisposable
{
    private readonly NetworkNamespace _space;
    private readonly IPEndPoint _address;
    private readonly List<Socket> _held = [];
    private TcpListener? _listener;

    /// <summary>Starts; the whole answer is sent to everybody, in silence for null.</summary>
    public HttpService(NetworkNamespace space, string address, int port, string? answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nready")
    {
        _space = space;
        _address = new IPEndPoint(IPAddress.Parse(address), port);
        Answer = answer;
        Start();
    }

    public string? Answer { get; set; }

    public void Start()
    {
        var listener = _space.RunInside(() =>
        {
            var made = new TcpListener(_address);
            made.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            made.Start();
            return made;
        });
        _listener = listener;
        _ = Task.Run(() => ServeAsync(listener));
    }

    public void Stop()
    {
        _listener?.Dispose();
        _listener = null;
    }

    public void Dispose()
    {
        Stop();
        lock (_held)
        {
            _held.ForEach(static socket => socket.Dispose());
        }
    }

    private async Task ServeAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync();
                _ = AnswerAsync(socket);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
            return;
        }
    }

    private async Task AnswerAsync(Socket socket)
    {
        if (Answer is not { } answer)
        {
            lock (_held)
            {
                _held.Add(socket);
            }

            return;
        }

        using (socket)
        {
            try
            {
                _ = await socket.ReceiveAsync(new byte[4096]);
                _ = await socket.SendAsync(Encoding.ASCII.GetBytes(answer));
                socket.Shutdown(SocketShutdown.Send);
                _ = await socket.ReceiveAsync(new byte[4096]);
            }
            catch (SocketException)
            {
                // A client that only connected and went.
                return;
            }
        }
    }
}
