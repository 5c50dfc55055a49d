using VrrpPS.Bench.Measure;
using VrrpPS.Bench.Network;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Bench.Loops;

/// <summary>
/// Advertisements of many virtual routers and nothing else: sleep, send what is due, from prebuilt structures. In groups of as many as one
/// call may send, what this costs is the kernel's; at random phases it is the cheap peer that programs listen to.
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

        var routers = (options.Kind == LoopOptions.Together ? Groups(options.Count, period) : AtRandom(options.Count, period)).OrderBy(static router => router.Phase).ToArray();
        long[] phases = [.. routers.Select(static router => router.Phase)];
        using var frames = new FrameBatch(routers.Select(router => (ReadOnlyMemory<byte>)Build(router.Id, options, link, source).Frame.ToArray()), link.Index);
        Console.WriteLine(LoopOptions.Ready);
        Send(frames, phases, period, slack);
    }

    /// <summary>A seed of its own, so that every run is alike.</summary>
    private static IEnumerable<(byte Id, long Phase)> AtRandom(int count, long period)
    {
        var random = new Random(count);
        return Enumerable.Range(1, count).Select(id => ((byte)id, random.NextInt64(period)));
    }

    private static IEnumerable<(byte Id, long Phase)> Groups(int count, long period)
    {
        int groups = (count + GreatestBatch - 1) / GreatestBatch;
        return Enumerable.Range(0, count).Select(i => ((byte)(i + 1), i / GreatestBatch * period / groups));
    }

    private static void Send(FrameBatch frames, long[] phases, long period, long slack)
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

                frames.Send(next, end - next);
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
