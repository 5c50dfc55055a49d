using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Sockets;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime.Ports;

/// <summary>
/// Counts the advertisements of virtual routers that nobody here belongs to without ever looking at one: a packet socket for
/// them with the smallest buffer there is, which nobody polls or reads. Once it is full the kernel drops and counts, and that
/// number is fetched when somebody asks. So a busy segment, or a flood, costs the loop nothing.
/// </summary>
internal sealed class ForeignRouterCounter : IDisposable
{
    private readonly Lock _lock = new();
    private readonly PacketSocket _socket;
    private readonly AddressFamily _family;
    private long _count;
    private bool _disposed;

    /// <summary>Opens the socket in the calling thread's network namespace; it counts nothing before <see cref="Narrow"/>.</summary>
    /// <exception cref="KernelException">The kernel refused.</exception>
    public ForeignRouterCounter(int interfaceIndex, AddressFamily family)
    {
        _family = family;
        _socket = PacketSocket.OpenReceiver(new PacketSocketOptions
        {
            InterfaceIndex = interfaceIndex,
            EtherType = family == AddressFamily.IPv4 ? EtherType.IPv4 : EtherType.IPv6,
            Filter = Filters.Nothing,
            ReceiveBuffer = 1,
        });
    }

    /// <summary>The packets so far; from any thread.</summary>
    public long Count
    {
        get
        {
            // Not the packet path: only who asks for counters comes here, and who closes the port.
            lock (_lock)
            {
                if (!_disposed)
                {
                    _count += _socket.TakePacketCount();
                }

                return _count;
            }
        }
    }

    /// <summary>Says which virtual routers are ours.</summary>
    /// <exception cref="KernelException">The kernel refused.</exception>
    public void Narrow(ReadOnlySpan<byte> virtualRouterIds) => _socket.Attach(Filters.VrrpForeign(_family, virtualRouterIds));

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _socket.Dispose();
        }
    }
}
