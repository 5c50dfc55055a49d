using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Sockets;
using VrrpPS.Engine.Runtime.Links;
using VrrpPS.Engine.Runtime.Routers;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Engine.Runtime.Ports;

/// <summary>
/// Takes what a port has received, makes the checks that the IP layer would have made (packet sockets are beside it), and
/// hands every advertisement to its router. The clock is read after a batch has been taken and before it is used, so that a
/// process that stood still does not act on an old time.
/// </summary>
internal sealed class PortReceiver
{
    /// <summary>Batches per wake-up and socket: a flood must not keep the timers waiting.</summary>
    private const int BatchesPerWakeup = 8;

    private readonly PacketReceiveBatch _batch = new(capacity: 64, packetSize: 2048);

    /// <summary>Takes what is there, within the bound; how many packets that were.</summary>
    public int DrainAdvertisements(LinkPort port, Link? link)
    {
        int total = 0;
        for (int round = 0; round < BatchesPerWakeup; round++)
        {
            int count = port.ReceiveAdvertisements(_batch);
            var now = MonotonicClock.Now;
            for (int i = 0; i < count; i++)
            {
                FetchAhead(port, i, count);
                if (link is not null && !IsCopy(port, _batch.Metadata(i)))
                {
                    Advertisement(port, link, _batch.Data(i), _batch.Metadata(i).Source, now);
                }
            }

            total += count;
            if (count < _batch.Capacity)
            {
                break;
            }
        }

        return total;
    }

    /// <summary>Has the routers fetched that the next packets are for: the second one itself, and what the first one refers to.</summary>
    private void FetchAhead(LinkPort port, int place, int count)
    {
        if (place + 1 < count)
        {
            RouterOf(port, _batch.Data(place + 1))?.FetchPartsToHear();
        }

        if (place + 2 < count && RouterOf(port, _batch.Data(place + 2)) is { } second)
        {
            CacheHint.Fetch(second, RouterHost.Size);
        }
    }

    /// <summary>Whom a packet is probably for; it was not looked at closely yet.</summary>
    private static RouterHost? RouterOf(LinkPort port, ReadOnlySpan<byte> packet)
    {
        int header = port.Family == AddressFamily.IPv6 ? 40 : packet.IsEmpty ? 0 : (packet[0] & 0x0F) * 4;
        return header + 1 < packet.Length ? port.Find(packet[header + 1]) : null;
    }

    /// <summary>Takes what is there, within the bound; how many packets that were.</summary>
    public int DrainAnnouncements(LinkPort port, Link? link)
    {
        int total = 0;
        for (int round = 0; round < BatchesPerWakeup; round++)
        {
            int count = port.ReceiveAnnouncements(_batch);
            var now = MonotonicClock.Now;
            for (int i = 0; i < count; i++)
            {
                if (link is not null && !IsCopy(port, _batch.Metadata(i)))
                {
                    Announcement(port, link, _batch.Data(i), _batch.Metadata(i).Source, now);
                }
            }

            total += count;
            if (count < _batch.Capacity)
            {
                break;
            }
        }

        return total;
    }

    /// <summary>Whether the interface below hears the packet as well: all that is for many, unless it comes from the same virtual MAC address.</summary>
    private static bool IsCopy(LinkPort port, in Linux.Sockets.PacketMetadata metadata)
        => port.IsVirtual && metadata.PacketType != PacketType.Host && metadata.Source != port.VirtualMac;

    private static void Advertisement(LinkPort port, Link link, ReadOnlySpan<byte> packet, MacAddress sender, Instant now)
    {
        var error = IPPacketReader.TryRead(packet, out var ip);
        var message = ip.Payload;
        if (error == DecodeError.AuthenticationHeader && port.Family == AddressFamily.IPv4)
        {
            error = ReadAuthenticated(packet, out ip, out message);
        }

        var router = error == DecodeError.None && message.Length > 1 ? port.Find(message[1]) : null;
        if (error == DecodeError.None)
        {
            error = ip.Metadata.CheckAddresses(link.AddressesOf(port.Family), router?.Group ?? default);
        }

        if (error is not (DecodeError.None or DecodeError.SourceOwn))
        {
            port.IPHeaderErrors++;
            return;
        }

        if (router is null)
        {
            // It was queued while its router was here; the kernel's filter keeps the others away.
            return;
        }

        if (error == DecodeError.SourceOwn)
        {
            router.OnOwnSource(sender, ip.Source, now);
            return;
        }

        error = router.Authenticate(packet, ip, message, out int trailerLength);
        if (error != DecodeError.None)
        {
            router.OnUnreadable(error, ip.Source, now);
            return;
        }

        var problems = AdvertisementReader.Inspect(message, ip.Metadata, out var advertisement, trailerLength);
        error = problems.Without(router.Tolerated).FirstDiscarding;
        if (error == DecodeError.None)
        {
            router.OnAdvertisement(advertisement, problems, now);
        }
        else
        {
            router.OnUnreadable(error, ip.Source, now);
        }
    }

    /// <summary>The message behind an IP Authentication Header, which its router verifies.</summary>
    private static DecodeError ReadAuthenticated(ReadOnlySpan<byte> packet, out IPPacketReader ip, out ReadOnlySpan<byte> message)
    {
        message = default;
        var error = IPPacketReader.TryRead(packet, out ip, ProtocolNumber.AuthenticationHeader);
        if (error == DecodeError.None)
        {
            error = AuthenticationHeader.TryRead(ip.Payload, out var header);
            message = error == DecodeError.None ? header.Message : default;
        }

        return error;
    }

    private static void Announcement(LinkPort port, Link link, ReadOnlySpan<byte> packet, MacAddress sender, Instant now)
    {
        InetAddress address;
        if (port.Family == AddressFamily.IPv4)
        {
            // Whoever sends ARP from an address claims it: an announcement, or the answer to our own probe.
            if (ArpMessage.TryRead(packet, out var arp) != DecodeError.None)
            {
                return;
            }

            (address, sender) = (arp.SenderAddress, arp.SenderMac);
        }
        else
        {
            if (NeighborAdvertisement.TryRead(packet, out var neighbor) != DecodeError.None)
            {
                return;
            }

            (address, sender) = (neighbor.Target, neighbor.TargetMac ?? sender);
        }

        if (sender == link.MacAddress)
        {
            return;
        }

        foreach (var router in port.Routers)
        {
            router?.OnForeignAnnouncement(address, sender, now);
        }
    }
}
