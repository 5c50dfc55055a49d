using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace VrrpPS.Tool.Lab;

/// <summary>Pings an address at a fixed pace and notes each attempt. Runs on a thread inside the client's namespace.</summary>
internal sealed class PingProbe
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(10);

    private readonly IPEndPoint _target;
    private readonly Stopwatch _clock;
    private readonly ushort _identifier = (ushort)Environment.ProcessId;

    public PingProbe(IPAddress target, Stopwatch clock)
    {
        _target = new IPEndPoint(target, 0);
        _clock = clock;
    }

    /// <summary>The attempts.</summary>
    public ProbeLog Log { get; } = new();

    /// <summary>Pings until cancelled.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Icmp);
        var request = new byte[IcmpEcho.Length];
        var packet = new byte[1500];
        // Sequence numbers repeat after 65536 pings, some eleven minutes; the table says which attempt each stands for.
        var attempts = new int[ushort.MaxValue + 1];
        Array.Fill(attempts, -1);
        ushort sequence = 0;
        var next = _clock.Elapsed;
        while (!cancellationToken.IsCancellationRequested)
        {
            var wait = next - _clock.Elapsed;
            if (wait <= TimeSpan.Zero)
            {
                next += s_interval;
                sequence++;
                attempts[sequence] = Log.Attempt(_clock.Elapsed);
                IcmpEcho.WriteRequest(request, _identifier, sequence);
                TrySend(socket, request);
            }
            else if (socket.Poll(wait, SelectMode.SelectRead))
            {
                var length = socket.Receive(packet);
                if (IcmpEcho.TryReadReply(packet.AsSpan(0, length), _identifier, out var replied))
                {
                    Log.Answered(attempts[replied], "echo reply");
                }
            }
        }
    }

    // "Host unreachable" while nobody answers ARP is the outage being measured, not an error.
    private void TrySend(Socket socket, byte[] request)
    {
        try
        {
            socket.SendTo(request, _target);
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.HostUnreachable or SocketError.HostDown
            or SocketError.NetworkUnreachable or SocketError.NoBufferSpaceAvailable)
        {
            return;
        }
    }
}
