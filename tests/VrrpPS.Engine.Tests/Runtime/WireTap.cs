using System.Diagnostics;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Linux.Sockets;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>Listens at every port of a test network's switch: what each host sends, unicast too, in order and with the kernel's time.</summary>
internal sealed class WireTap : IDisposable
{
    private const ushort AllProtocols = 0x0003;

    private readonly List<SeenFrame> _frames = [];
    private readonly Dictionary<int, int> _hostOf = [];
    private readonly PacketSocket _socket;
    private readonly EventFd _stop = new();
    private readonly Thread _thread;

    public WireTap(TestNetwork network)
    {
        _socket = network.Switch.RunInside(() =>
        {
            using var netlink = RouteNetlink.Open();
            for (int host = 0; host < network.Hosts.Count; host++)
            {
                _hostOf.Add(netlink.FindLink($"port{host}")!.Index, host);
            }

            return PacketSocket.OpenReceiver(new PacketSocketOptions
            {
                EtherType = AllProtocols,
                IncludeLinkHeader = true,
                Timestamps = true,
                ReceiveBuffer = 8 * 1024 * 1024,
            });
        });
        _thread = new Thread(Listen) { IsBackground = true, Name = "tap" };
        _thread.Start();
    }

    /// <summary>Everything so far.</summary>
    public SeenFrame[] Frames
    {
        get
        {
            lock (_frames)
            {
                return [.. _frames];
            }
        }
    }

    /// <summary>The number of frames so far: a mark to look behind.</summary>
    public int Count
    {
        get
        {
            lock (_frames)
            {
                return _frames.Count;
            }
        }
    }

    /// <summary>The advertisements of a host so far.</summary>
    public SeenFrame[] Advertisements(int host) => [.. Frames.Where(frame => frame.Kind == SeenKind.Advertisement && frame.Host == host)];

    /// <summary>Waits for a frame behind a mark.</summary>
    public SeenFrame WaitFor(Predicate<SeenFrame> wanted, string what, int from = 0, TimeSpan? bound = null)
    {
        var limit = bound ?? Eventually.DefaultBound;
        long start = Stopwatch.GetTimestamp();
        lock (_frames)
        {
            int next = from;
            while (true)
            {
                for (; next < _frames.Count; next++)
                {
                    if (wanted(_frames[next]))
                    {
                        return _frames[next];
                    }
                }

                var rest = limit - Stopwatch.GetElapsedTime(start);
                Assert.True(
                    rest > TimeSpan.Zero,
                    $"Not seen within {limit.TotalSeconds:0.#} s: {what}.{Environment.NewLine}{string.Join(Environment.NewLine, _frames.TakeLast(40))}");
                _ = Monitor.Wait(_frames, rest);
            }
        }
    }

    /// <summary>Waits until so many frames of a kind have come behind a mark; returns them.</summary>
    public SeenFrame[] WaitForCount(Predicate<SeenFrame> wanted, int count, string what, int from = 0)
    {
        int matches = 0;
        _ = WaitFor(frame => wanted(frame) && ++matches == count, $"{count} x {what}", from);
        return [.. Frames.Skip(from).Where(frame => wanted(frame)).Take(count)];
    }

    public void Dispose()
    {
        _stop.Signal();
        _thread.Join(Eventually.DefaultBound);
        _socket.Dispose();
        _stop.Dispose();
    }

    private void Listen()
    {
        using var poll = new EventPoll();
        poll.Add(_socket.FileDescriptor, 0);
        poll.Add(_stop.FileDescriptor, 1);
        byte[] buffer = new byte[2048];
        while (!poll.Wait(Instant.Never).Contains(1))
        {
            while (_socket.Receive(buffer, out int length, out var metadata))
            {
                if (!_hostOf.TryGetValue(metadata.InterfaceIndex, out int host))
                {
                    continue;
                }

                var frame = SeenFrame.Read(host, metadata.Timestamp, buffer.AsSpan(0, length));
                lock (_frames)
                {
                    _frames.Add(frame);
                    Monitor.PulseAll(_frames);
                }
            }
        }
    }
}
