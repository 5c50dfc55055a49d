using System.Runtime.InteropServices;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Engine.Linux.Sockets;

namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>
/// Hears every change of links and addresses in the network namespace of the thread that opened it. Poll
/// <see cref="FileDescriptor"/>, then call <see cref="TryRead"/> until it returns false. Allocates nothing per event.
/// The kernel queues the events of a change before it acknowledges the request that made it.
/// </summary>
public sealed class NetlinkMonitor : IDisposable
{
    private const int ReceiveBuffer = 4 * 1024 * 1024;

    private readonly NetlinkSocket _socket;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(64 * 1024, pinned: true);
    private int _position;
    private int _length;

    private NetlinkMonitor(NetlinkSocket socket) => _socket = socket;

    /// <summary>The descriptor to poll for input.</summary>
    public int FileDescriptor => _socket.FileDescriptor;

    /// <summary>Subscribes in the network namespace of the calling thread. List links and addresses after this, not before.</summary>
    /// <exception cref="KernelException">The kernel refused.</exception>
    public static NetlinkMonitor Open()
    {
        var socket = new NetlinkSocket(nonBlocking: true);
        try
        {
            socket.SetReceiveBuffer(ReceiveBuffer);
            socket.Join(NetlinkNumbers.RTNLGRP_LINK);
            socket.Join(NetlinkNumbers.RTNLGRP_IPV4_IFADDR);
            socket.Join(NetlinkNumbers.RTNLGRP_IPV6_IFADDR);
            return new NetlinkMonitor(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// No longer hears of IPv4 addresses that were bound or renewed by the quiet requests of a connection: whoever renews hundreds of
    /// leases a second knows it, and would be woken by each. The kernel does not say whose request an IPv6 event comes from.
    /// </summary>
    /// <param name="port">The connection's <see cref="RouteNetlink.Port"/>.</param>
    /// <exception cref="KernelException">The kernel refused.</exception>
    public void IgnoreQuiet(uint port) => Filters.NoQuietAddresses(port).Attach(_socket.FileDescriptor);

    /// <summary>Takes the next event; false when there is none yet.</summary>
    /// <exception cref="KernelException">The socket failed.</exception>
    public bool TryRead(out LinkOrAddressChange change)
    {
        while (true)
        {
            while (_position < _length)
            {
                ReadOnlySpan<byte> rest = _buffer.AsSpan(_position, _length - _position);
                int before = rest.Length;
                if (!NetlinkMessage.TryRead(ref rest, out var message))
                {
                    _position = _length;
                    break;
                }

                _position += before - rest.Length;
                if (TryInterpret(message, out change))
                {
                    return true;
                }
            }

            int received = _socket.TryReceive(_buffer, out int errno);
            if (received >= 0)
            {
                _position = 0;
                _length = received;
                continue;
            }

            change = default;
            switch (errno)
            {
                case Errno.EAGAIN:
                    return false;
                case Errno.EINTR:
                    continue;
                case Errno.ENOBUFS:
                case Errno.EMSGSIZE:
                    change = new LinkOrAddressChange { Kind = NetlinkChangeKind.Overrun };
                    return true;
                default:
                    throw new KernelException("receive netlink events", errno);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    internal static bool TryInterpret(NetlinkMessage message, out LinkOrAddressChange change)
    {
        change = default;
        switch (message.Type)
        {
            case NetlinkNumbers.RTM_NEWADDR or NetlinkNumbers.RTM_DELADDR when AddressRequests.TryRead(message.Payload, out var address):
                change = new LinkOrAddressChange
                {
                    Kind = message.Type == NetlinkNumbers.RTM_NEWADDR ? NetlinkChangeKind.AddressAdded : NetlinkChangeKind.AddressRemoved,
                    InterfaceIndex = address.InterfaceIndex,
                    Address = address,
                };
                return true;
            case NetlinkNumbers.RTM_NEWLINK or NetlinkNumbers.RTM_DELLINK when message.Payload.Length >= InterfaceMessage.Size:
                var header = MemoryMarshal.Read<InterfaceMessage>(message.Payload);
                if (header.Family != 0)
                {
                    // A bridge's view of its port (AF_BRIDGE), not a change of the link itself.
                    return false;
                }

                change = ReadLink(message, header);
                return true;
            default:
                return false;
        }
    }

    private static LinkOrAddressChange ReadLink(NetlinkMessage message, in InterfaceMessage header)
    {
        var change = new LinkOrAddressChange
        {
            Kind = message.Type == NetlinkNumbers.RTM_NEWLINK ? NetlinkChangeKind.LinkChanged : NetlinkChangeKind.LinkRemoved,
            InterfaceIndex = header.Index,
            Flags = (LinkFlags)header.Flags,
        };
        var attributes = message.Payload[InterfaceMessage.Size..];
        while (NetlinkAttribute.TryRead(ref attributes, out var attribute))
        {
            change = attribute.Type switch
            {
                NetlinkNumbers.IFLA_IFNAME => change with { Name = new InterfaceName(attribute.AsTextBytes) },
                NetlinkNumbers.IFLA_ADDRESS => change with { MacAddress = attribute.AsMac },
                NetlinkNumbers.IFLA_MTU => change with { Mtu = (int)attribute.AsUInt32 },
                NetlinkNumbers.IFLA_OPERSTATE => change with { OperationalState = (OperationalState)attribute.AsByte },
                _ => change,
            };
        }

        return change;
    }
}
