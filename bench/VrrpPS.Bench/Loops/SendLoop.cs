using VrrpPS.Bench.Measure;
using VrrpPS.Bench.Network;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Bench.Loops;

/// <summary>
/// Advertisements of many virtual routers at random phases and nothing else: sleep, send what is due, from prebuilt structures.
/// What this costs is the kernel's; it is also the cheap peer that programs listen to.
/// </summary>
internal static unsafe class SendLoop
{
    private const int GreatestBatch = 32;

    /// <summary>Runs until the process is killed, in the namespace and on the processor it was started in.</summary>
    public static void Run(LoopOptions options)
    {
        var (link, source) = FindSource();
        long period = options.Interval * 10 * Clock.Millisecond;
        long slack = options.SlackMicroseconds * 1000L;

        // By phase; a seed of its own, so that every run is alike.
        var random = new Random(options.Count);
        var routers = Enumerable.Range(1, options.Count).Select(id => (Id: (byte)id, Phase: random.NextInt64(period))).OrderBy(static router => router.Phase).ToArray();
        long[] phases = [.. routers.Select(static router => router.Phase)];
        var frames = routers.Select(router => Build(router.Id, options, link, source)).ToArray();
        var messages = GC.AllocateArray<Message>(frames.Length, pinned: true);
        var vectors = GC.AllocateArray<MessageVector>(frames.Length, pinned: true);
        var address = GC.AllocateArray<LinkAddress>(1, pinned: true);
        address[0] = LinkAddress.Of(link.Index, 0);
        fixed (Message* first = messages)
        fixed (MessageVector* vector = vectors)
        fixed (LinkAddress* to = address)
        {
            for (int i = 0; i < frames.Length; i++)
            {
                fixed (byte* data = frames[i].Frame)
                {
                    vector[i] = new MessageVector { Base = data, Length = (nuint)frames[i].Frame.Length };
                }

                first[i] = new Message { Name = to, NameLength = LinkAddress.Size, Vectors = vector + i, VectorCount = 1 };
            }

            int socket = LoopNative.Check(LoopNative.OpenSocket(LoopNative.PacketFamily, LoopNative.RawSocket, 0), "open a packet socket");
            Console.WriteLine(LoopOptions.Ready);
            Send(socket, first, phases, period, slack);
            GC.KeepAlive(frames);
        }
    }

    private static void Send(int socket, Message* messages, long[] phases, long period, long slack)
    {
        long* until = stackalloc long[2];
        for (long turn = Clock.Now + (100 * Clock.Millisecond); ; turn += period)
        {
            for (int next = 0; next < phases.Length;)
            {
                long deadline = turn + phases[next];
                until[0] = deadline / Clock.Second;
                until[1] = deadline % Clock.Second;
                while (LoopNative.Sleep(LoopNative.MonotonicClock, LoopNative.AbsoluteTime, until, null) != 0)
                {
                    // A signal; the time is absolute.
                }

                int end = next + 1;
                while (end < phases.Length && end - next < GreatestBatch && phases[end] - phases[next] <= slack)
                {
                    end++;
                }

                _ = LoopNative.Check(LoopNative.SendMessages(socket, messages + next, (uint)(end - next), 0), "send");
                next = end;
            }
        }
    }

    private static AdvertisementFrame Build(byte id, LoopOptions options, LinkInfo link, InetAddress source)
    {
        var error = AdvertisementFrame.TryCreate(
            new AdvertisementFrameOptions
            {
                Header = new AdvertisementHeader(VrrpVersion.V3, id, options.Priority, new Interval(options.Interval)),
                Source = source,
                SourceMac = link.MacAddress,
            },
            [BenchNetwork.VirtualAddress(id - 1)],
            out var frame);
        return error == EncodeError.None ? frame! : throw new BenchException($"The frame cannot be built: {error}.");
    }

    private static (LinkInfo Link, InetAddress Source) FindSource()
    {
        using var netlink = RouteNetlink.Open();
        var link = netlink.FindLink(BenchNetwork.LinkName) ?? throw new BenchException($"There is no interface {BenchNetwork.LinkName} here.");
        return (link, netlink.GetAddresses(link.Index).First(static info => info.Address.Family == AddressFamily.IPv4).Address);
    }
}
