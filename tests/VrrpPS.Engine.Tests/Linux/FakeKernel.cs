using System.Buffers.Binary;
using VrrpPS.Engine.Linux.Netlink;

namespace VrrpPS.Engine.Tests.Linux;

/// <summary>A kernel made of a delegate: from one request datagram to the datagrams of the answer.</summary>
internal sealed class FakeKernel(Func<byte[], IEnumerable<byte[]>> answer) : INetlinkTransport
{
    private readonly Queue<byte[]> _answers = [];

    public List<byte[]> Requests { get; } = [];

    public void Send(ReadOnlySpan<byte> datagram)
    {
        byte[] request = datagram.ToArray();
        Requests.Add(request);
        foreach (byte[] reply in answer(request))
        {
            _answers.Enqueue(reply);
        }
    }

    public int Receive(Span<byte> buffer)
    {
        byte[] next = _answers.Dequeue();
        next.CopyTo(buffer);
        return next.Length;
    }

    public void Dispose()
    {
    }

    /// <summary>The sequence numbers of a datagram's messages.</summary>
    public static List<uint> Sequences(byte[] datagram)
    {
        var found = new List<uint>();
        ReadOnlySpan<byte> rest = datagram;
        while (NetlinkMessage.TryRead(ref rest, out var message))
        {
            found.Add(message.Sequence);
        }

        return found;
    }

    /// <summary>What the kernel answers to a datagram: a refusal in any case, success where it is asked to. One answer each.</summary>
    /// <param name="datagram">The requests.</param>
    /// <param name="errorOf">The error number of a request's sequence number; 0 for none.</param>
    public static IEnumerable<byte[]> Answer(byte[] datagram, Func<uint, int> errorOf)
    {
        const int Acknowledged = 4;
        var answers = new List<byte[]>();
        ReadOnlySpan<byte> rest = datagram;
        while (NetlinkMessage.TryRead(ref rest, out var message))
        {
            int error = errorOf(message.Sequence);
            if (error != 0 || (message.Flags & Acknowledged) != 0)
            {
                answers.Add(Acknowledge(message.Sequence, error));
            }
        }

        return answers;
    }

    public static byte[] Message(ushort type, ushort flags, uint sequence, ReadOnlySpan<byte> payload)
    {
        byte[] bytes = new byte[16 + ((payload.Length + 3) & ~3)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, 16 + payload.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4), type);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(6), flags);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), sequence);
        payload.CopyTo(bytes.AsSpan(16));
        return bytes;
    }

    /// <summary>An acknowledgement; with words, as NETLINK_CAP_ACK and NETLINK_EXT_ACK make it.</summary>
    public static byte[] Acknowledge(uint sequence, int errno = 0, string? words = null)
    {
        byte[] payload = new byte[20 + (words is null ? 0 : 4 + words.Length + 1)];
        BinaryPrimitives.WriteInt32LittleEndian(payload, -errno);
        BinaryPrimitives.WriteInt32LittleEndian(payload.AsSpan(4), 16);
        if (words is not null)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(payload.AsSpan(20), (ushort)(4 + words.Length + 1));
            BinaryPrimitives.WriteUInt16LittleEndian(payload.AsSpan(22), 1);
            System.Text.Encoding.ASCII.GetBytes(words, payload.AsSpan(24));
        }

        return Message(2, (ushort)(words is null ? 0x100 : 0x300), sequence, payload);
    }
}
