using System.Net;
using System.Net.Sockets;
using System.Text;
using VrrpPS.Engine.Linux.Namespaces;

namespace VrrpPS.Bench.Measure;

/// <summary>The service behind the virtual address: answers every request with one short page, on every node.</summary>
internal sealed class HttpServer : IDisposable
{
    /// <summary>Where it listens.</summary>
    public const int Port = 8080;

    private const int PatienceMicroseconds = 100_000;

    private static readonly byte[] s_page = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");

    private readonly ProbeThread _thread;

    /// <summary>Starts it.</summary>
    /// <param name="host">Where it listens.</param>
    /// <param name="any">All addresses of the family to serve.</param>
    public HttpServer(NetworkNamespace host, IPAddress any) => _thread = new ProbeThread(host, "http server", end => Run(any, end));

    /// <inheritdoc/>
    public void Dispose() => _thread.Dispose();

    private static void Run(IPAddress any, CancellationToken end)
    {
        using var listener = new Socket(any.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(any, Port));
        listener.Listen(256);
        byte[] buffer = new byte[1024];
        while (!end.IsCancellationRequested)
        {
            if (!listener.Poll(PatienceMicroseconds, SelectMode.SelectRead))
            {
                continue;
            }

            using var client = listener.Accept();
            Serve(client, buffer);
        }
    }

    private static void Serve(Socket client, byte[] buffer)
    {
        // The client closes first, so that the ports of closed connections wait at its side.
        if (client.Poll(PatienceMicroseconds, SelectMode.SelectRead) && client.Receive(buffer, SocketFlags.None, out _) > 0)
        {
            _ = client.Send(s_page, SocketFlags.None, out _);
            if (client.Poll(PatienceMicroseconds, SelectMode.SelectRead))
            {
                _ = client.Receive(buffer, SocketFlags.None, out _);
            }
        }
    }
}
