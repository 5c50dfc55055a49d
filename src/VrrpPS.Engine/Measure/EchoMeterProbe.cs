using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using VrrpPS.Engine.Probe;
using VrrpPS.Protocol.Wire;
using AddressFamily = VrrpPS.Protocol.AddressFamily;

namespace VrrpPS.Engine.Measure;

/// <summary>ICMP echo (RFC 792, RFC 4443 section 4), by the unprivileged kind of socket where the system allows it, else a raw one.</summary>
internal sealed class EchoMeterProbe : IMeterProbe
{
    private const int HeaderLength = 8;
    private const int TokenLength = 8;
    private const int Length = HeaderLength + TokenLength + sizeof(long);

    private readonly Socket _socket;
    private readonly SocketAddress _target;
    private readonly bool _ipv4;
    private readonly byte[] _request = new byte[Length];
    private readonly byte[] _buffer = new byte[2048];

    /// <summary>Opens it in the calling thread's namespace.</summary>
    /// <exception cref="SocketException">The system allows neither kind of socket.</exception>
    public EchoMeterProbe(FailoverMeterOptions options, ProbeRoute route)
    {
        _ipv4 = options.Address.Family == AddressFamily.IPv4;
        var protocol = _ipv4 ? ProtocolType.Icmp : ProtocolType.IcmpV6;
        try
        {
            _socket = MeterSocket.Create(options, route, SocketType.Dgram, protocol);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AccessDenied or SocketError.ProtocolNotSupported)
        {
            _socket = MeterSocket.Create(options, route, SocketType.Raw, protocol);
        }

        _socket.ReceiveBufferSize = 1 << 20;
        _target = MeterSocket.EndPoint(options, route, 0).Serialize();
        _request[0] = _ipv4 ? (byte)8 : (byte)128;
        RandomNumberGenerator.Fill(_request.AsSpan(HeaderLength, TokenLength));
    }

    /// <inheritdoc/>
    public int FileDescriptor => (int)_socket.Handle;

    /// <inheritdoc/>
    public string? Send(long number)
    {
        // The kernel replaces the identifier of an unprivileged socket; the token and the number behind it prove an answer.
        BinaryPrimitives.WriteUInt16BigEndian(_request.AsSpan(6), (ushort)number);
        BinaryPrimitives.WriteInt64BigEndian(_request.AsSpan(HeaderLength + TokenLength), number);
        _request[2] = _request[3] = 0;
        if (_ipv4)
        {
            // In IPv6 the kernel computes it, because it knows the source address.
            BinaryPrimitives.WriteUInt16BigEndian(_request.AsSpan(2), InternetChecksum.Finish(InternetChecksum.Sum(_request)));
        }

        try
        {
            _ = _socket.SendTo(_request, SocketFlags.None, _target);
            return null;
        }
        catch (SocketException e)
        {
            return e.Message;
        }
    }

    /// <inheritdoc/>
    public bool TryTake(out ProbeAnswer answer)
    {
        answer = default;
        while (true)
        {
            int length = _socket.Receive(_buffer, SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock)
            {
                return false;
            }

            // An error is one that an earlier request met, such as a neighbour that nobody answered for: that one stays unanswered.
            if (error == SocketError.Success && TryRead(_buffer.AsSpan(0, length), out long number))
            {
                answer = new ProbeAnswer(number, Failure: null);
                return true;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private bool TryRead(ReadOnlySpan<byte> packet, out long number)
    {
        // A raw IPv4 socket shows the IP header, the others do not.
        if (_ipv4 && packet.Length > 0 && packet[0] >> 4 == 4)
        {
            int header = (packet[0] & 0xF) * 4;
            packet = header <= packet.Length ? packet[header..] : default;
        }

        number = 0;
        if (packet.Length < Length
            || packet[0] != (_ipv4 ? 0 : 129)
            || !packet.Slice(HeaderLength, TokenLength).SequenceEqual(_request.AsSpan(HeaderLength, TokenLength)))
        {
            return false;
        }

        number = BinaryPrimitives.ReadInt64BigEndian(packet[(HeaderLength + TokenLength)..]);
        return true;
    }
}
