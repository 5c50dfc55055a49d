using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Engine.Linux.Netlink;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>The real kernel, which has no buffers left (or whatever else is wished) as long as one wishes.</summary>
internal sealed class RefusingKernel(INetlinkTransport kernel, int errorNumber = Errno.ENOBUFS) : INetlinkTransport
{
    private volatile bool _refuses;

    public bool Refuses
    {
        get => _refuses;
        set => _refuses = value;
    }

    public void Send(ReadOnlySpan<byte> datagram)
    {
        if (_refuses)
        {
            throw new KernelException("send a netlink request", errorNumber);
        }

        kernel.Send(datagram);
    }

    public int Receive(Span<byte> buffer) => kernel.Receive(buffer);

    public void Dispose() => kernel.Dispose();
}
