using System.Diagnostics;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>An election that is over costs the garbage collector nothing.</summary>
[Trait("Lane", "Namespace")]
public sealed class SteadyStateTests
{
    private const int Instances = 40;
    private const long Wanted = 10_000;
    private const long RareObject = 256;
    private const int RareObjects = 3;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Ten_thousand_advertisements_sent_and_received_allocate_nothing_on_the_loops()
    {
        using var cluster = new Cluster(2);
        for (byte id = 1; id <= Instances; id++)
        {
            for (int host = 0; host < 2; host++)
            {
                await cluster.StartAsync(host, cluster.Configuration(host, host == 0 ? 200 : 100) with
                {
                    Name = $"h{host}-{id}",
                    VirtualRouterId = id,
                    AdvertisementInterval = new Interval(5),
                    VirtualAddresses = [new VirtualAddress(InetAddress.Parse($"192.0.2.{100 + id}"), 24)],
                });
            }
        }

        Eventually.True(() => Settled(cluster), "host 0 is Master of all and host 1 its Backup");
        var sender = new Meter(cluster, 0, static counter => counter.AdvertisementSent);
        var receiver = new Meter(cluster, 1, static counter => counter.AdvertisementReceived);
        long start = Stopwatch.GetTimestamp();
        while (sender.Quiet < Wanted || receiver.Quiet < Wanted)
        {
            Assert.True(
                Stopwatch.GetElapsedTime(start) < s_patience,
                $"{sender.Quiet} advertisements sent and {receiver.Quiet} received without an event. {cluster.Describe()}");
            long before = sender.Count;
            Eventually.True(() => sender.Count >= before + 200, "200 advertisements");
            sender.Look();
            receiver.Look();
        }
    }

    private static bool Settled(Cluster cluster) => cluster.Engine(0).GetStates().All(static state => state.State == RouterState.Master)
        && cluster.Engine(1).GetStates().All(static state => state is { State: RouterState.Backup, MasterPriority: 200 });

    /// <summary>Adds up the advertisements of the spans in which nothing was reported: a report is text, and text is allocated.</summary>
    private sealed class Meter(Cluster cluster, int host, Func<VrrpCounter, long> counter)
    {
        private readonly NamespaceLoop _loop = cluster.Engine(host).FindLoop(new InstanceKey("any", cluster.Network[host].NamespaceName));
        private (long Bytes, long Reports, long Count) _last = (-1, -1, 0);
        private int _looks;
        private int _rare;

        public long Quiet { get; private set; }

        public long Count => cluster.Engine(host).GetCounters().Sum(counter);

        public void Look()
        {
            var engine = cluster.Engine(host);
            var sample = _loop.InvokeAsync(_ => (GC.GetAllocatedBytesForCurrentThread(), engine.ReportsPosted));

            // Not awaited: a continuation would be allocated by the thread that is measured.
            Eventually.True(() => sample.IsCompleted, "the loop answers");
            var (bytes, reports) = sample.GetAwaiter().GetResult();
            long count = Count;

            // The first looks warm up what runs for the first time.
            if (_looks++ > 3 && reports == _last.Reports)
            {
                long allocated = bytes - _last.Bytes;
                if (allocated == 0)
                {
                    Quiet += count - _last.Count;
                }
                else
                {
                    // The runtime may make a small object of its own when something rare runs first (a contended lock, a late
                    // wake-up). What advertisements cost would come back in every span.
                    Assert.True(
                        allocated <= RareObject && ++_rare <= RareObjects,
                        $"{allocated} bytes for {count - _last.Count} advertisements on host {host}, time {_rare} after {Quiet} without any");
                }
            }

            _last = (bytes, reports, count);
        }
    }
}
