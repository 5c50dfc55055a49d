using System.Net;
using System.Net.Sockets;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Protocol;
using AddressFamily = System.Net.Sockets.AddressFamily;

namespace VrrpPS.Bench.Measure;

/// <summary>
/// One ping per millisecond, paced by absolute times on a thread of its own in the client's namespace; with several addresses
/// in turn. A ping that the client is more than a millisecond late for is left out, not sent in a burst.
/// </summary>
internal sealed class PingSender : IDisposable
{
    private readonly ProbeThread _thread;
    private readonly SocketAddress[] _targets;
    private readonly bool _ipv6;
    private readonly bool _realTime;

    /// <summary>Starts it; all targets are of one family.</summary>
    /// <param name="client">Where it pings from.</param>
    /// <param name="targets">What it pings.</param>
    /// <param name="realTime">Whether at real-time priority, where that is permitted: then it is in time whatever the programs compute.</param>
    public PingSender(NetworkNamespace client, IReadOnlyList<IPAddress> targets, bool realTime = false)
    {
        _realTime = realTime;
        _ipv6 = targets[0].AddressFamily == AddressFamily.InterNetworkV6;
        _targets = [.. targets.Select(static target => new IPEndPoint(target, 0).Serialize())];
        _thread = new ProbeThread(client, "ping", Run);
    }

    /// <summary>What became of them.</summary>
    public PingLog Log { get; } = new();

    /// <inheritdoc/>
    public void Dispose() => _thread.Dispose();

    private static void TrySend(Socket socket, ReadOnlySpan<byte> request, SocketAddress target)
    {
        try
        {
            _ = socket.SendTo(request, SocketFlags.None, target);
        }
        catch (SocketException)
        {
            // Nobody answers ARP, say: a ping that cannot leave is as lost as one that nobody answers.
            return;
        }
    }

    private void Run(CancellationToken end)
    {
        _ = _realTime && RealTime.TryEnter();
        using var socket = _ipv6
            ? new Socket(AddressFamily.InterNetworkV6, SocketType.Raw, ProtocolType.IcmpV6) { Blocking = false }
            : new Socket(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Icmp) { Blocking = false };
        socket.ReceiveBufferSize = 1 << 20;
        using var poll = new EventPoll();
        poll.Add((int)socket.Handle, 0);
        ushort identifier = (ushort)Environment.ProcessId;
        byte[] request = new byte[EchoMessage.Length], packet = new byte[256];
        Log.Begin(Clock.Now + Clock.Millisecond);
        long number = 0;
        while (!end.IsCancellationRequested)
        {
            if (poll.Wait(new Instant(Log.Due(number))).Length > 0)
            {
                Receive(socket, packet, identifier);
            }

            long now = Clock.Now;
            if (now < Log.Due(number))
            {
                continue;
            }

            number = Math.Max(number, (now - Log.Due(0)) / Clock.Millisecond);
            EchoMessage.WriteRequest(request, identifier, number, _ipv6);
            Log.Sent(number, now);
            TrySend(socket, request, _targets[number % _targets.Length]);
            number++;
        }
    }

    private void Receive(Socket socket, byte[] packet, ushort identifier)
    {
        while (socket.Available > 0)
        {
            int length = socket.Receive(packet, SocketFlags.None, out var error);
            if (error != SocketError.Success)
            {
                return;
            }

            if (EchoMessage.TryReadReply(packet.AsSpan(0, length), identifier, out long number, _ipv6))
            {
                Log.Answered(number, Clock.Now);
            }
        }
    }
}
