using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Sockets;
using VrrpPS.Engine.Watch;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;
using EtherType = VrrpPS.Engine.Linux.Sockets.EtherType;

namespace VrrpPS.Engine.Measure;

/// <summary>
/// Listens to what tells who has the address: packets from it, its announcements by ARP or neighbour advertisement, and VRRP
/// advertisements that list it. On the meter's thread, inside its namespace. Needs CAP_NET_RAW.
/// </summary>
internal sealed class HolderListener : IDisposable
{
    private const int MostPerTurn = 512;

    private readonly FailoverMeterOptions _options;
    private readonly HolderLog _log;
    private readonly string _address;
    private readonly PacketSocket _packets;
    private readonly PacketSocket _announcements;
    private readonly AdvertWatcher _adverts;
    private readonly byte[] _buffer = new byte[2048];

    private HolderListener(FailoverMeterOptions options, HolderLog log, PacketSocket packets, PacketSocket announcements, AdvertWatcher adverts)
        => (_options, _log, _packets, _announcements, _adverts, _address) = (options, log, packets, announcements, adverts, options.Address.ToString());

    /// <summary>Told when somebody announces the address.</summary>
    public Action? Announced { get; set; }

    /// <summary>The descriptors to poll for input.</summary>
    public IEnumerable<int> FileDescriptors => [_packets.FileDescriptor, _announcements.FileDescriptor];

    /// <summary>Opens it; null when this process may not.</summary>
    /// <exception cref="KernelException">The kernel refused for another reason.</exception>
    public static HolderListener? TryOpen(FailoverMeterOptions options, HolderLog log)
    {
        if ((ProcessCapabilities.Effective & Capabilities.NetRaw) == Capabilities.None)
        {
            return null;
        }

        bool ipv4 = options.Address.Family == AddressFamily.IPv4;
        var opened = new Stack<IDisposable>();
        try
        {
            var packets = PacketSocket.OpenReceiver(new PacketSocketOptions
            {
                EtherType = ipv4 ? EtherType.IPv4 : EtherType.IPv6,
                Filter = Filters.SentFrom(options.Address),
            });
            opened.Push(packets);
            var announcements = PacketSocket.OpenReceiver(new PacketSocketOptions
            {
                EtherType = ipv4 ? EtherType.Arp : EtherType.IPv6,
                Filter = Filters.AnnouncementReceive(options.Address.Family, options.Address),
            });
            opened.Push(announcements);
            var adverts = AdvertWatcher.Start(new AdvertWatchOptions { NetworkNamespace = options.NetworkNamespace });
            opened.Clear();
            return new HolderListener(options, log, packets, announcements, adverts);
        }
        finally
        {
            foreach (var socket in opened)
            {
                socket.Dispose();
            }
        }
    }

    /// <summary>Takes what has come.</summary>
    public void Drain()
    {
        DrainAdverts();
        Drain(_announcements, TakeAnnouncement);
        Drain(_packets, TakePacket);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _adverts.Dispose();
        _announcements.Dispose();
        _packets.Dispose();
    }

    private void DrainAdverts()
    {
        for (int i = 0; i < MostPerTurn && _adverts.Adverts.TryRead(out var advert); i++)
        {
            // What receivers discard makes nobody a Master.
            bool valid = advert is { Priority: > 0, ChecksumValid: true } && !advert.ProblemCode.Contains(AdvertProblemCode.Malformed);
            if (!valid || !advert.VirtualIPAddress.Contains(_address, StringComparer.Ordinal))
            {
                continue;
            }

            MacAddress? mac = advert.Direction != AdvertDirection.Sent && MacAddress.TryParse(advert.SourceMacAddress, out var parsed) ? parsed : null;
            if (mac is not null || advert.Direction == AdvertDirection.Sent)
            {
                _log.Advertised(mac, advert.SourceAddress, MonotonicClock.Now);
            }
        }
    }

    private void Drain(PacketSocket socket, Action<ReadOnlySpan<byte>, MacAddress> take)
    {
        try
        {
            for (int i = 0; i < MostPerTurn && socket.Receive(_buffer, out int length, out var metadata); i++)
            {
                take(_buffer.AsSpan(0, length), metadata.Source);
            }
        }
        catch (KernelException)
        {
            // ENETDOWN, when an interface goes: the socket works again with the next one, and who answers is the lesser question.
            return;
        }
    }

    private void TakePacket(ReadOnlySpan<byte> packet, MacAddress source)
    {
        // The filter knows IPv6 addresses by their last bytes.
        if (packet.Length >= 40 && packet[0] >> 4 == 6 && InetAddress.Read(packet.Slice(8, 16)) != _options.Address)
        {
            return;
        }

        _log.Answered(source == default ? null : source, MonotonicClock.Now);
    }

    private void TakeAnnouncement(ReadOnlySpan<byte> packet, MacAddress _)
    {
        if (_options.Address.Family == AddressFamily.IPv4)
        {
            if (ArpMessage.TryRead(packet, out var message) == DecodeError.None && message.SenderAddress == _options.Address && message.IsGratuitous)
            {
                Announced?.Invoke();
            }
        }
        else if (NeighborAdvertisement.TryRead(packet, out var advertisement) == DecodeError.None && advertisement.Target == _options.Address && !advertisement.IsSolicited)
        {
            Announced?.Invoke();
        }
    }

}
