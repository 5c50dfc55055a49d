using System.Net;
using System.Net.Sockets;
using System.Text;
using VrrpPS.Engine.Linux.Namespaces;

namespace VrrpPS.Engine.Tests.Probe;

/// <summary>A TCP service inside a namespace that answers every connection with one HTTP status, or with silence.</summary>
internal sealed class LabService : IDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<TcpClient> _silent = [];
    private readonly Task _serving;

    public LabService(NetworkNamespace space, IPAddress address, int? status)
    {
        _listener = space.RunInside(() =>
        {
            var listener = new TcpListener(address, 0);
            listener.Start();
            return listener;
        });
        _serving = Task.Run(() => ServeAsync(status));
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose()
    {
        _stop.Cancel();
        _serving.GetAwaiter().GetResult();
        _silent.ForEach(static client => client.Dispose());
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync(int? status)
    {
        byte[] answer = Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Test\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                if (status is null)
                {
                    _silent.Add(client);
                    continue;
                }

                using (client)
                {
                    var stream = client.GetStream();
                    _ = await stream.ReadAsync(new byte[4096], _stop.Token);
                    await stream.WriteAsync(answer, _stop.Token);
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (IOException)
            {
                // A client that only connected and went.
                continue;
            }
        }
    }
}
