using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Sockets;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;
using EtherType = VrrpPS.Engine.Linux.Sockets.EtherType;

namespace VrrpPS.Engine.Probe;

/// <summary>
/// Asks by ARP or neighbour solicitation who has an address, and listens to all who answer, which the kernel's own table
/// does not show. Runs on a thread inside the namespace. Needs CAP_NET_RAW.
/// </summary>
internal sealed class NeighbourProbe(ProbeRoute route, VipProbeOptions options)
{
    private const int StopToken = 0;
    private const int PacketToken = 1;
    private const int Questions = 3;
    private const int MaxResponders = 16;

    private readonly List<MacAddress> _responders = [];
    private readonly byte[] _buffer = new byte[2048];
    private Instant? _firstAnswer;

    /// <summary>Asks up to three times within the timeout and collects answers.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; noticed at once.</exception>
    /// <exception cref="KernelException">The kernel refused.</exception>
    public NeighbourAnswers Run(CancellationToken cancellationToken)
    {
        int index = route.Link!.Index;
        bool ipv4 = options.Address.Family == AddressFamily.IPv4;
        using var stop = new EventFd();
        using var registration = cancellationToken.Register(stop.Signal);
        using var receiver = PacketSocket.OpenReceiver(new PacketSocketOptions
        {
            EtherType = ipv4 ? EtherType.Arp : EtherType.IPv6,
            InterfaceIndex = index,
            Filter = ipv4 ? null : Filters.AnnouncementReceive(AddressFamily.IPv6),
        });
        using var sender = PacketSocket.OpenSender();
        using var poll = new EventPoll();
        poll.Add(stop.FileDescriptor, StopToken);
        poll.Add(receiver.FileDescriptor, PacketToken);

        Span<byte> frame = stackalloc byte[Math.Max(ArpFrame.Length, NeighborSolicitationFrame.Length)];
        frame = frame[..WriteQuestion(frame)];
        long timeout = options.Timeout.Ticks * 100;
        long window = Math.Min(timeout, options.ResponderWindow.Ticks * 100);
        var start = MonotonicClock.Now;
        var end = start + timeout;
        for (int asked = 0; ;)
        {
            var now = MonotonicClock.Now;
            var until = _firstAnswer is { } first ? Instant.Min(end, first + window) : end;
            if (now >= until)
            {
                break;
            }

            var nextQuestion = start + (asked * (timeout / Questions));
            if (asked < Questions && now >= nextQuestion)
            {
                asked++;
                if (!sender.Send(index, frame, out int errno))
                {
                    throw new KernelException($"ask on {route.Link.Name} who has {options.Address}", errno);
                }

                continue;
            }

            _ = poll.Wait(asked < Questions ? Instant.Min(until, nextQuestion) : until);
            cancellationToken.ThrowIfCancellationRequested();
            while (receiver.Receive(_buffer, out int length, out var metadata))
            {
                Take(_buffer.AsSpan(0, length), metadata.Source);
            }
        }

        return new NeighbourAnswers(_responders, _firstAnswer is { } at ? new TimeSpan((at - start) / 100) : null);
    }

    private int WriteQuestion(Span<byte> frame)
    {
        // Without an address of our own the question claims none (RFC 5227 section 2.1.1, RFC 4862 section 5.4.2).
        var mac = route.Link!.MacAddress;
        var source = route.Source.IsNone || route.Source.Family != options.Address.Family ? default : route.Source;
        if (options.Address.Family == AddressFamily.IPv4)
        {
            return source.IsNone
                ? ArpFrame.WriteProbe(frame, mac, options.Address)
                : ArpFrame.Write(frame, new ArpMessage(ArpOperation.Request, mac, source, default, options.Address));
        }

        return NeighborSolicitationFrame.Write(frame, mac, source.IsNone ? InetAddress.Read(new byte[16]) : source, options.Address);
    }

    private void Take(ReadOnlySpan<byte> packet, MacAddress sender)
    {
        MacAddress? owner = null;
        if (options.Address.Family == AddressFamily.IPv4)
        {
            if (ArpMessage.TryRead(packet, out var message) == DecodeError.None && message.SenderAddress == options.Address)
            {
                owner = message.SenderMac;
            }
        }
        else if (NeighborAdvertisement.TryRead(packet, out var advertisement) == DecodeError.None && advertisement.Target == options.Address)
        {
            owner = advertisement.TargetMac ?? sender;
        }

        if (owner is { } mac && mac != route.Link!.MacAddress && _responders.Count < MaxResponders && !_responders.Contains(mac))
        {
            _firstAnswer ??= MonotonicClock.Now;
            _responders.Add(mac);
        }
    }
}
