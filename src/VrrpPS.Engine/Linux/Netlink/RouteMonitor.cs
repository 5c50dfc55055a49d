using VrrpPS.Engine.Linux.Native;
using VrrpPS.Engine.Linux.Sockets;

namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>
/// Hears that a route of ours or a rule was removed, in the network namespace of the thread that opened it. The kernel's filter lets
/// nothing else through: a router's other routes change all day. Some of ours go without a word (IPv4: when their source address or
/// interface goes), and whoever hears of that looks after the routes, too.
/// </summary>
public sealed class RouteMonitor : IDisposable
{
    private static readonly BpfProgram s_removals = new(
    [
        // The message's type; netlink is in host order, the filter's loads are big-endian.
        new BpfInstruction { Code = 0x28, Operand = 4 },
        new BpfInstruction { Code = 0x15, Operand = NetlinkNumbers.RTM_DELROUTE << 8, JumpTrue = 0, JumpFalse = 2 },

        // A route: its protocol, the sixth byte behind the header.
        new BpfInstruction { Code = 0x30, Operand = NetlinkMessageWriter.HeaderLength + 5 },
        new BpfInstruction { Code = 0x15, Operand = RouteProtocol.VrrpPS, JumpTrue = 1, JumpFalse = 2 },
        new BpfInstruction { Code = 0x15, Operand = NetlinkNumbers.RTM_DELRULE << 8, JumpTrue = 0, JumpFalse = 1 },
        new BpfInstruction { Code = 0x06, Operand = uint.MaxValue },
        new BpfInstruction { Code = 0x06, Operand = 0 },
    ]);

    private readonly NetlinkSocket _socket;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(16 * 1024, pinned: true);

    private RouteMonitor(NetlinkSocket socket) => _socket = socket;

    /// <summary>The descriptor to poll for input.</summary>
    public int FileDescriptor => _socket.FileDescriptor;

    /// <summary>Subscribes in the network namespace of the calling thread.</summary>
    /// <exception cref="KernelException">The kernel refused.</exception>
    public static RouteMonitor Open()
    {
        var socket = new NetlinkSocket(nonBlocking: true);
        try
        {
            s_removals.Attach(socket.FileDescriptor);
            foreach (int group in (int[])[NetlinkNumbers.RTNLGRP_IPV4_ROUTE, NetlinkNumbers.RTNLGRP_IPV4_RULE, NetlinkNumbers.RTNLGRP_IPV6_ROUTE, NetlinkNumbers.RTNLGRP_IPV6_RULE])
            {
                socket.Join(group);
            }

            return new RouteMonitor(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Takes everything that waits; whether there was anything (a lost event counts: nobody knows what it was).</summary>
    /// <exception cref="KernelException">The socket failed.</exception>
    public bool Drain()
    {
        bool any = false;
        while (true)
        {
            if (_socket.TryReceive(_buffer, out int errno) >= 0)
            {
                any = true;
                continue;
            }

            switch (errno)
            {
                case Errno.EAGAIN:
                    return any;
                case Errno.EINTR:
                    continue;
                case Errno.ENOBUFS or Errno.EMSGSIZE:
                    any = true;
                    continue;
                default:
                    throw new KernelException("receive routing events", errno);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}
