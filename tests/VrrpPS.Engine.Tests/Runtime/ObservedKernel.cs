using System.Buffers.Binary;
using VrrpPS.Engine.Linux.Netlink;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>The real kernel; what the loop asks of it is shown first, on the loop's thread, by the number of the request (RTM_*).</summary>
internal sealed class ObservedKernel(Action<int> asked) : INetlinkTransport
{
    private readonly NetlinkSocket _kernel = new();

    public void Send(ReadOnlySpan<byte> datagram)
    {
        asked(BinaryPrimitives.ReadUInt16LittleEndian(datagram[4..]));
        _kernel.Send(datagram);
    }

    public int Receive(Span<byte> buffer) => _kernel.Receive(buffer);

    public void Dispose() => _kernel.Dispose();
}
