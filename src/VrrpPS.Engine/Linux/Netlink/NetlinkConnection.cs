using System.Buffers.Binary;
using VrrpPS.Engine.Linux.Native;

namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>
/// Requests and their answers: sequence numbers, acknowledgements with the kernel's words, multipart dumps, and batches of
/// many requests in one datagram. Knows nothing of links and addresses. For one thread.
/// </summary>
internal sealed class NetlinkConnection : IDisposable
{
    /// <summary>
    /// The bit of a sequence number that marks a quiet request: a <see cref="NetlinkMonitor"/> that was told of this connection does not
    /// hear what it does to addresses.
    /// </summary>
    public const uint Quiet = 0x8000_0000;

    private const int DumpAttempts = 8;

    /// <summary>Numbers begin anew long before they would reach the bit.</summary>
    private const uint GreatestSequence = 0x7FFF_0000;

    private readonly INetlinkTransport _transport;
    private readonly byte[] _receiveBuffer = GC.AllocateUninitializedArray<byte>(64 * 1024, pinned: true);
    private uint _sequence;
    private uint _firstSequence;

    /// <summary>Talks over a transport, which it owns.</summary>
    /// <param name="transport">What reaches the kernel.</param>
    /// <param name="requestBuffer">How many bytes of requests fit in one datagram.</param>
    public NetlinkConnection(INetlinkTransport transport, int requestBuffer = NetlinkMessageWriter.DefaultCapacity)
    {
        _transport = transport;
        Writer = new NetlinkMessageWriter(requestBuffer);
    }

    /// <summary>Where the next request is written, between <see cref="Begin"/> and <see cref="NetlinkMessageWriter.End"/>.</summary>
    public NetlinkMessageWriter Writer { get; }

    /// <summary>The number of requests begun since the last <see cref="Reset"/>.</summary>
    public int Count => (int)(_sequence - _firstSequence);

    /// <summary>Forgets requests that were not sent.</summary>
    /// <param name="isQuiet">Whether the next requests are <see cref="Quiet"/>.</param>
    public void Reset(bool isQuiet = false)
    {
        Writer.Reset();
        uint number = _sequence & ~Quiet;
        _sequence = (number < GreatestSequence ? number : 0) | (isQuiet ? Quiet : 0);
        _firstSequence = _sequence;
    }

    /// <summary>Starts a request with the next sequence number.</summary>
    public void Begin(ushort type, ushort flags)
        => Writer.Begin(type, (ushort)(flags | NetlinkNumbers.NLM_F_REQUEST), unchecked(++_sequence));

    /// <summary>Sends the one request written since <see cref="Reset"/> and throws unless the kernel carried it out.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void Execute(string operation)
    {
        Span<NetlinkAcknowledgement> answer = [default];
        Execute(operation, answer);
        if (answer[0].ErrorNumber != 0)
        {
            throw new NetlinkException(operation, answer[0].ErrorNumber, answer[0].KernelMessage);
        }
    }

    /// <summary>
    /// Sends all requests written since <see cref="Reset"/> in one datagram and collects the answers, which come in their order: all
    /// refusals, and of what was carried out at least that of the last request, which has to ask for it.
    /// </summary>
    public void Execute(string operation, Span<NetlinkAcknowledgement> answers)
    {
        Send(operation);
        bool isDone = Count == 0;
        while (!isDone)
        {
            ReadOnlySpan<byte> datagram = _receiveBuffer.AsSpan(0, _transport.Receive(_receiveBuffer));
            while (NetlinkMessage.TryRead(ref datagram, out var message))
            {
                uint index = message.Sequence - _firstSequence - 1;
                if (message.Type == NetlinkNumbers.NLMSG_ERROR && index < (uint)answers.Length)
                {
                    answers[(int)index] = ReadAcknowledgement(message);
                    isDone |= index == (uint)Count - 1;
                }
            }
        }

        Reset();
    }

    /// <summary>
    /// Sends all requests written since <see cref="Reset"/> in one datagram, as a transaction of netfilter: the first and the last are its
    /// brackets, which the kernel answers only when it refuses the whole. Throws unless all was carried out; nothing was, otherwise.
    /// </summary>
    /// <exception cref="NetlinkException">The kernel refused; its first word about it.</exception>
    public void ExecuteTransaction(string operation)
    {
        Send(operation);
        int missing = Count - 2;
        NetlinkAcknowledgement? refusal = null;
        bool refusesAll = false;
        while (missing > 0 && !refusesAll)
        {
            ReadOnlySpan<byte> datagram = _receiveBuffer.AsSpan(0, _transport.Receive(_receiveBuffer));
            while (NetlinkMessage.TryRead(ref datagram, out var message))
            {
                uint index = message.Sequence - _firstSequence - 1;
                if (message.Type != NetlinkNumbers.NLMSG_ERROR || index >= (uint)Count)
                {
                    continue;
                }

                var answer = ReadAcknowledgement(message);
                bool isBracket = index == 0 || index == (uint)Count - 1;
                refusesAll |= isBracket && answer.ErrorNumber != 0;
                refusal ??= answer.ErrorNumber != 0 ? answer : null;
                missing -= isBracket ? 0 : 1;
            }
        }

        Reset();
        if (refusal is { } error)
        {
            throw new NetlinkException(operation, error.ErrorNumber, error.KernelMessage);
        }
    }

    /// <summary>
    /// Sends the one dump request written since <see cref="Reset"/> and passes every message on. When the kernel says that
    /// the dump was torn by a change, <paramref name="restart"/> is called and it starts over.
    /// </summary>
    public void Dump<TState>(string operation, TState state, NetlinkMessageHandler<TState> handler, Action<TState> restart)
    {
        for (int attempt = 1; ; attempt++)
        {
            Send(operation);
            bool torn = ReadDump(operation, state, handler);
            if (!torn || attempt == DumpAttempts)
            {
                Reset();
                return;
            }

            restart(state);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    private void Send(string operation)
    {
        if (Writer.Failed)
        {
            Reset();
            throw new NetlinkException(operation, Errno.EMSGSIZE, "the request does not fit its buffer");
        }

        _transport.Send(Writer.Written);
    }

    private bool ReadDump<TState>(string operation, TState state, NetlinkMessageHandler<TState> handler)
    {
        bool torn = false;
        while (true)
        {
            ReadOnlySpan<byte> datagram = _receiveBuffer.AsSpan(0, _transport.Receive(_receiveBuffer));
            while (NetlinkMessage.TryRead(ref datagram, out var message))
            {
                if (message.Sequence != _sequence)
                {
                    continue;
                }

                torn |= (message.Flags & NetlinkNumbers.NLM_F_DUMP_INTR) != 0;
                switch (message.Type)
                {
                    case NetlinkNumbers.NLMSG_DONE:
                    case NetlinkNumbers.NLMSG_ERROR:
                        var end = ReadAcknowledgement(message);
                        if (end.ErrorNumber != 0)
                        {
                            Reset();
                            throw new NetlinkException(operation, end.ErrorNumber, end.KernelMessage);
                        }

                        return torn;
                    default:
                        handler(message, state);
                        break;
                }
            }
        }
    }

    private static NetlinkAcknowledgement ReadAcknowledgement(NetlinkMessage message)
    {
        var payload = message.Payload;
        if (payload.Length < 4)
        {
            return default;
        }

        int errno = -BinaryPrimitives.ReadInt32LittleEndian(payload);
        string? text = null;
        if ((message.Flags & NetlinkNumbers.NLM_F_ACK_TLVS) != 0)
        {
            text = ReadKernelMessage(message);
        }

        return new NetlinkAcknowledgement(errno, text);
    }

    private static string? ReadKernelMessage(NetlinkMessage message)
    {
        // NLMSG_DONE: the attributes follow the error number. NLMSG_ERROR: they follow the request's header, and the
        // request's payload too unless the kernel left it out (NETLINK_CAP_ACK).
        int offset = 4;
        if (message.Type == NetlinkNumbers.NLMSG_ERROR)
        {
            if (message.Payload.Length < 4 + NetlinkMessageWriter.HeaderLength)
            {
                return null;
            }

            offset += (message.Flags & NetlinkNumbers.NLM_F_CAPPED) != 0
                ? NetlinkMessageWriter.HeaderLength
                : (BinaryPrimitives.ReadInt32LittleEndian(message.Payload[4..]) + 3) & ~3;
        }

        if (offset < 0 || offset > message.Payload.Length)
        {
            return null;
        }

        var attributes = message.Payload[offset..];
        while (NetlinkAttribute.TryRead(ref attributes, out var attribute))
        {
            if (attribute.Type == NetlinkNumbers.NLMSGERR_ATTR_MSG)
            {
                return attribute.AsText;
            }
        }

        return null;
    }
}
