using System.Runtime.InteropServices;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.Sockets;

/// <summary>
/// A raw socket on one interface, in the network namespace of the thread that opened it. It receives nothing (a filter drops
/// all); packet sockets do that. It holds a group membership, answers for a protocol, or sends to unicast peers.
/// </summary>
public sealed unsafe class RawVrrpSocket : IDisposable
{
    private const int VrrpProtocol = 112;
    private const int AuthenticationHeaderProtocol = 51;

    /// <summary>IPPROTO_RAW: the sender writes the IP header.</summary>
    private const int OwnHeader = 255;
    private const int NetworkControlTrafficClass = 0xC0;
    private const int HighestPriority = 7;

    private readonly Descriptor _descriptor;
    private readonly int _interfaceIndex;

    private RawVrrpSocket(Descriptor descriptor, int interfaceIndex)
    {
        _descriptor = descriptor;
        _interfaceIndex = interfaceIndex;
    }

    /// <summary>
    /// Joins 224.0.0.18 or ff02::12 on the interface as long as the socket lives. That keeps IGMP and MLD snooping switches
    /// sending to us, and the kernel from answering unicast peers with ICMP protocol unreachable.
    /// </summary>
    /// <exception cref="KernelException">The kernel refused; ENODEV without the interface.</exception>
    public static RawVrrpSocket OpenMembership(AddressFamily family, int interfaceIndex)
    {
        var socket = Create(family, interfaceIndex, VrrpProtocol);
        try
        {
            socket.JoinGroup(family);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Says that somebody here takes IPv4 packets with an IP Authentication Header (protocol 51): without it the kernel answers those
    /// of unicast peers with ICMP protocol unreachable.
    /// </summary>
    /// <exception cref="KernelException">The kernel refused; ENODEV without the interface.</exception>
    public static RawVrrpSocket OpenAuthenticated(int interfaceIndex)
        => Create(AddressFamily.IPv4, interfaceIndex, AuthenticationHeaderProtocol);

    /// <summary>
    /// Opens a sender to unicast peers: TTL or hop limit 255 (RFC 9568 section 5.1.1.3), class CS6, never fragmented. The
    /// kernel writes the IP header; the VRRP checksum is the caller's in both families (IPV6_CHECKSUM is off).
    /// </summary>
    /// <param name="source">The address to send from, bound to the interface; it also decides the family.</param>
    /// <param name="interfaceIndex">The interface to send through.</param>
    /// <param name="ownHeader">IPv4 only: the caller writes the IP header, because an IP Authentication Header covers it.</param>
    /// <exception cref="KernelException">The kernel refused; EADDRNOTAVAIL when the source address is not bound.</exception>
    public static RawVrrpSocket OpenUnicastSender(InetAddress source, int interfaceIndex, bool ownHeader = false)
    {
        var socket = Create(source.Family, interfaceIndex, ownHeader ? OwnHeader : VrrpProtocol);
        try
        {
            socket.PrepareToSend(source);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends one VRRP message; whether the kernel took it.</summary>
    /// <param name="destination">The peer.</param>
    /// <param name="message">The VRRP message with its checksum; behind an IP header of its own if the socket was opened for that.</param>
    /// <param name="errorNumber">Otherwise the error: EPERM from a local firewall, ENETUNREACH, ENETDOWN, EMSGSIZE.</param>
    public bool Send(InetAddress destination, ReadOnlySpan<byte> message, out int errorNumber)
    {
        var address = SockAddrInet.From(destination, _interfaceIndex);
        fixed (byte* data = message)
        {
            nint sent;
            do
            {
                sent = SocketNative.SendTo(
                    _descriptor.Number, data, (nuint)message.Length, SocketConstants.MSG_DONTWAIT, &address, address.Length);
            }
            while (sent < 0 && Errno.Last == Errno.EINTR);

            errorNumber = sent < 0 ? Errno.Last : 0;
            return sent >= 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _descriptor.Dispose();

    private static RawVrrpSocket Create(AddressFamily family, int interfaceIndex, int protocol)
    {
        int domain = family == AddressFamily.IPv4 ? SocketConstants.AF_INET : SocketConstants.AF_INET6;
        int type = SocketConstants.SOCK_RAW | SocketConstants.SOCK_NONBLOCK | SocketConstants.SOCK_CLOEXEC;
        var socket = new RawVrrpSocket(
            Descriptor.Own(SocketNative.Socket(domain, type, protocol), "open a raw VRRP socket"), interfaceIndex);
        try
        {
            Filters.Nothing.Attach(socket._descriptor.Number);
            socket.Set(SocketConstants.SOL_SOCKET, SocketConstants.SO_BINDTOIFINDEX, interfaceIndex, "bind a raw VRRP socket to its interface");
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void JoinGroup(AddressFamily family)
    {
        byte* request = stackalloc byte[20];
        var bytes = new Span<byte>(request, 20);
        bytes.Clear();
        _ = InetAddress.VrrpGroup(family).Write(bytes);
        int fd = _descriptor.Number;
        if (family == AddressFamily.IPv4)
        {
            // struct ip_mreqn: group, local address, interface.
            MemoryMarshal.Write(bytes[8..], _interfaceIndex);
            KernelException.ThrowIfFailed(
                SocketNative.SetOption(fd, SocketConstants.IPPROTO_IP, SocketConstants.IP_ADD_MEMBERSHIP, request, 12), "join 224.0.0.18");
            return;
        }

        // struct ipv6_mreq: group, interface.
        MemoryMarshal.Write(bytes[16..], _interfaceIndex);
        KernelException.ThrowIfFailed(
            SocketNative.SetOption(fd, SocketConstants.IPPROTO_IPV6, SocketConstants.IPV6_JOIN_GROUP, request, 20), "join ff02::12");
    }

    private void PrepareToSend(InetAddress source)
    {
        if (source.Family == AddressFamily.IPv4)
        {
            Set(SocketConstants.IPPROTO_IP, SocketConstants.IP_TTL, 255, "set the TTL");
            Set(SocketConstants.IPPROTO_IP, SocketConstants.IP_TOS, NetworkControlTrafficClass, "set the traffic class");
            Set(SocketConstants.IPPROTO_IP, SocketConstants.IP_MTU_DISCOVER, SocketConstants.IP_PMTUDISC_PROBE, "refuse fragmentation");
        }
        else
        {
            Set(SocketConstants.IPPROTO_IPV6, SocketConstants.IPV6_UNICAST_HOPS, 255, "set the hop limit");
            Set(SocketConstants.IPPROTO_IPV6, SocketConstants.IPV6_TCLASS, NetworkControlTrafficClass, "set the traffic class");
            Set(SocketConstants.IPPROTO_IPV6, SocketConstants.IPV6_MTU_DISCOVER, SocketConstants.IP_PMTUDISC_PROBE, "refuse fragmentation");
            Set(SocketConstants.IPPROTO_IPV6, SocketConstants.IPV6_CHECKSUM, -1, "switch the kernel's checksum off");
        }

        // IP_TOS sets a priority of its own, so this comes after it.
        if (SocketNative.SetOption(_descriptor.Number, SocketConstants.SOL_SOCKET, SocketConstants.SO_PRIORITY, HighestPriority) < 0)
        {
            Set(SocketConstants.SOL_SOCKET, SocketConstants.SO_PRIORITY, HighestPriority - 1, "set the priority");
        }

        var address = SockAddrInet.From(source, _interfaceIndex);
        KernelException.ThrowIfFailed(
            SocketNative.Bind(_descriptor.Number, &address, address.Length), $"send from {source}");
    }

    private void Set(int level, int name, int value, string operation)
        => KernelException.ThrowIfFailed(SocketNative.SetOption(_descriptor.Number, level, name, value), operation);
}
