using System.Net.Sockets;
using System.Text;

namespace VrrpPS.Service.Tests.Support;

/// <summary>A Unix datagram socket of the test's own, in the place of systemd's.</summary>
internal sealed class DatagramListener : IDisposable
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(30);

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly List<string> _seen = [];
    private readonly string? _file;

    /// <summary>Listens at a path, or with <c>@</c> in front at an abstract name.</summary>
    public DatagramListener(string name)
    {
        Name = name;
        _file = name[0] == '@' ? null : name;
        _socket.Bind(new UnixDomainSocketEndPoint(_file ?? "\0" + name[1..]));
    }

    public string Name { get; }

    public IReadOnlyList<string> Seen => _seen;

    public async Task<byte[]> ReceiveAsync()
    {
        using var bound = new CancellationTokenSource(s_bound);
        var buffer = new byte[64 * 1024];
        int count = await _socket.ReceiveAsync(buffer, bound.Token);
        return buffer[..count];
    }

    /// <summary>Waits for a message that has a text in it; those before it are in <see cref="Seen"/>, too.</summary>
    public async Task<string> WaitForAsync(string part)
    {
        while (true)
        {
            string message;
            try
            {
                message = Encoding.UTF8.GetString(await ReceiveAsync());
            }
            catch (OperationCanceledException exception)
            {
                throw new TimeoutException($"No '{part}' within {s_bound}, but: {string.Join(" | ", _seen)}", exception);
            }

            _seen.Add(message);
            if (message.Contains(part, StringComparison.Ordinal))
            {
                return message;
            }
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        if (_file is not null)
        {
            File.Delete(_file);
        }
    }
}
