using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using VrrpPS.Protocol.Wire;
using AddressFamily = VrrpPS.Protocol.AddressFamily;

namespace VrrpPS.Engine.Probe;

/// <summary>
/// ICMP echo (RFC 792, RFC 4443 section 4). Uses the unprivileged kind of socket where the system allows it, else a raw one.
/// </summary>
internal sealed class EchoProbe(VipProbeOptions options, ProbeRoute route)
{
    private const int HeaderLength = 8;
    private const int TokenLength = 16;

    private readonly byte[] _request = new byte[HeaderLength + TokenLength];
    private readonly byte[] _buffer = new byte[2048];
    private readonly bool _ipv4 = options.Address.Family == AddressFamily.IPv4;

    /// <summary>Sends the requests one after the other.</summary>
    /// <returns>Null when the process may open neither kind of socket.</returns>
    public async Task<EchoAnswers?> RunAsync(CancellationToken cancellationToken)
    {
        using var socket = await OpenAsync();
        if (socket is null)
        {
            return null;
        }

        int sent = 0;
        int received = 0;
        TimeSpan? fastest = null;
        string? refusal = null;
        for (int sequence = 1; sequence <= options.Count; sequence++)
        {
            options.Progress?.Invoke($"echo request {sequence} of {options.Count}, {received} answered");
            try
            {
                long start = Stopwatch.GetTimestamp();
                WriteRequest(sequence);
                _ = await socket.SendToAsync(_request, SocketFlags.None, ProbeSocket.EndPoint(options, route, 0), cancellationToken);
                sent++;
                if (await WaitAsync(socket, cancellationToken))
                {
                    var elapsed = Stopwatch.GetElapsedTime(start);
                    fastest = fastest is { } best && best < elapsed ? best : elapsed;
                    received++;
                }
            }
            catch (SocketException e)
            {
                // EHOSTUNREACH, EPERM of a firewall and the like: said once, and the next request may fare better.
                refusal = e.Message;
            }
        }

        return new EchoAnswers(sent, received, fastest, refusal);
    }

    private async Task<Socket?> OpenAsync()
    {
        var protocol = _ipv4 ? ProtocolType.Icmp : ProtocolType.IcmpV6;
        foreach (var type in new[] { SocketType.Dgram, SocketType.Raw })
        {
            try
            {
                return await ProbeSocket.CreateAsync(options, route, type, protocol);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AccessDenied or SocketError.ProtocolNotSupported)
            {
                // The next kind may be allowed.
                continue;
            }
        }

        return null;
    }

    private async Task<bool> WaitAsync(Socket socket, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.Timeout);
        try
        {
            while (true)
            {
                var result = await socket.ReceiveFromAsync(_buffer, SocketFlags.None, ProbeSocket.EndPoint(options, route, 0), patience.Token);
                if (IsReply(_buffer.AsSpan(0, result.ReceivedBytes)))
                {
                    return true;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private void WriteRequest(int sequence)
    {
        // The kernel replaces the identifier of an unprivileged socket; the random token is what proves an answer.
        _request[0] = _ipv4 ? (byte)8 : (byte)128;
        BinaryPrimitives.WriteUInt16BigEndian(_request.AsSpan(6), (ushort)sequence);
        RandomNumberGenerator.Fill(_request.AsSpan(HeaderLength));
        _request[2] = _request[3] = 0;
        if (_ipv4)
        {
            // In IPv6 the kernel computes it, because it knows the source address.
            ulong sum = InternetChecksum.Sum(_request);
            BinaryPrimitives.WriteUInt16BigEndian(_request.AsSpan(2), InternetChecksum.Finish(sum));
        }
    }

    private bool IsReply(ReadOnlySpan<byte> packet)
    {
        // A raw IPv4 socket shows the IP header, the others do not.
        if (_ipv4 && packet.Length > 0 && packet[0] >> 4 == 4)
        {
            int header = (packet[0] & 0xF) * 4;
            packet = header <= packet.Length ? packet[header..] : default;
        }

        return packet.Length >= HeaderLength + TokenLength
            && packet[0] == (_ipv4 ? 0 : 129)
            && packet.Slice(HeaderLength, TokenLength).SequenceEqual(_request.AsSpan(HeaderLength));
    }
}
