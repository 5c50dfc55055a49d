using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Linux.Sockets;
using VrrpPS.Engine.Watch.Capture;
using VrrpPS.Protocol;
using EtherType = VrrpPS.Engine.Linux.Sockets.EtherType;

namespace VrrpPS.Engine.Watch;

/// <summary>The body of the watcher's thread: one packet socket for all links, and the kernel's news of links.</summary>
internal sealed class AdvertListener(AdvertWatchOptions options, TimeProvider time, Action<VrrpAdvert> deliver) : IDisposable
{
    private const int StopToken = 0;
    private const int PacketToken = 1;
    private const int LinkToken = 2;
    private const int LongestPacket = 65_536;

    /// <summary>Under a flood, changes of links still get their turn.</summary>
    private const int PacketsPerTurn = 256;

    private readonly EventFd _stop = new();
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(LongestPacket, pinned: true);
    private volatile bool _stopping;
    private volatile VrrpList<string> _interfaces = [];
    private Instant _last;

    /// <summary>The interfaces listened to at the moment.</summary>
    public VrrpList<string> Interfaces => _interfaces;

    /// <summary>Makes <see cref="Run"/> return at once. Callable from any thread.</summary>
    public void Stop()
    {
        _stopping = true;
        _stop.Signal();
    }

    /// <summary>Listens until stopped.</summary>
    /// <param name="started">Called when everything that arrives is heard.</param>
    public void Run(Action started)
    {
        NamespaceGate.Enter(options.NetworkNamespace);
        ProcessCapabilities.Require(Capabilities.NetRaw);
        using var socket = PacketSocket.OpenReceiver(new PacketSocketOptions
        {
            EtherType = EtherType.All,
            Filter = Filters.WatchVrrp(),
            IncludeLinkHeader = true,
            IncludeOutgoing = true,
            Timestamps = true,
        });
        using var monitor = NetlinkMonitor.Open();
        using var links = new WatchedLinks(options);
        using var writer = options.OutFile is null ? null : PcapWriter.Create(options.OutFile);
        using var poll = new EventPoll();
        poll.Add(_stop.FileDescriptor, StopToken);
        poll.Add(socket.FileDescriptor, PacketToken);
        poll.Add(monitor.FileDescriptor, LinkToken);
        Refresh(links);
        var pipeline = new AdvertPipeline(options, writer);
        started();
        while (!_stopping)
        {
            foreach (int token in poll.Wait(Instant.Never))
            {
                if (token == LinkToken)
                {
                    DrainLinks(monitor, links);
                }
                else if (token == PacketToken)
                {
                    DrainPackets(socket, links, pipeline);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private void DrainLinks(NetlinkMonitor monitor, WatchedLinks links)
    {
        bool changed = false;
        while (monitor.TryRead(out var change))
        {
            changed |= change.Kind is NetlinkChangeKind.LinkChanged or NetlinkChangeKind.LinkRemoved or NetlinkChangeKind.Overrun;
        }

        if (changed)
        {
            Refresh(links);
        }
    }

    private void Refresh(WatchedLinks links)
    {
        links.Refresh();
        _interfaces = links.Names;
    }

    private void DrainPackets(PacketSocket socket, WatchedLinks links, AdvertPipeline pipeline)
    {
        // The kernel stamps packets with wall-clock time; rules need one that does not jump.
        long wall = ToUnixNanoseconds(time.GetUtcNow());
        var now = MonotonicClock.Now;
        for (int i = 0; i < PacketsPerTurn && !_stopping && socket.Receive(_buffer, out int length, out var metadata); i++)
        {
            if (links.IsNew(metadata.InterfaceIndex))
            {
                Refresh(links);
            }

            if (links.Find(metadata.InterfaceIndex) is not { } link)
            {
                continue;
            }

            long stamp = metadata.Timestamp == 0 ? wall : metadata.Timestamp;
            _last = Instant.Max(_last, now + Math.Min(stamp - wall, 0));
            var packet = new CapturePacket
            {
                UnixNanoseconds = stamp,
                LinkType = WatchedLinks.HasEthernetHeader(link) ? CaptureLinkType.Ethernet : CaptureLinkType.RawIP,
                Data = _buffer.AsMemory(0, length),
                OriginalLength = (uint)metadata.OriginalLength,
                InterfaceName = link.Name,
                Direction = LinkLayer.FromPacketType((int)metadata.PacketType),
                VlanId = metadata.VlanId > 0 ? metadata.VlanId : null,
            };
            if (pipeline.Process(packet, _last) is { } advert)
            {
                deliver(advert);
            }
        }
    }

    private static long ToUnixNanoseconds(DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch).Ticks * 100;
}
