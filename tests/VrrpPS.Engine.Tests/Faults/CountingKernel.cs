using System.Buffers.Binary;
using VrrpPS.Engine.Linux.Netlink;

namespace VrrpPS.Engine.Tests.Faults;

/// <summary>The real kernel, and how many requests each datagram to it held.</summary>
internal sealed class CountingKernel(INetlinkTransport kernel) : INetlinkTransport
{
    private readonly List<int> _requests = [];

    /// <summary>The requests of each datagram so far.</summary>
    public int[] Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public void Send(ReadOnlySpan<byte> datagram)
    {
        // Each message begins with its own length (netlink(7)), padded to four bytes.
        int count = 0;
        for (var rest = datagram; rest.Length >= sizeof(uint); count++)
        {
            int length = (int)(BinaryPrimitives.ReadUInt32LittleEndian(rest) + 3) & ~3;
            rest = rest[Math.Min(length, rest.Length)..];
        }

        lock (_requests)
        {
            _requests.Add(count);
        }

        kernel.Send(datagram);
    }

    public int Receive(Span<byte> buffer) => kernel.Receive(buffer);

    public void Dispose() => kernel.Dispose();
}
