namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>What carries datagrams to the kernel and back; tests put a delegate in its place.</summary>
internal interface INetlinkTransport : IDisposable
{
    /// <summary>Sends one datagram, which may hold many messages.</summary>
    void Send(ReadOnlySpan<byte> datagram);

    /// <summary>Waits for one datagram of the kernel; its length.</summary>
    int Receive(Span<byte> buffer);
}
