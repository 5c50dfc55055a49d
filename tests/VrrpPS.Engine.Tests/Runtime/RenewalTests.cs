using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>Leases are renewed once their advertisement is on the wire.</summary>
[Trait("Lane", "Namespace")]
public sealed class RenewalTests
{
    private const int NewAddress = 20;

    [Fact]
    public async Task Advertisement_is_on_the_wire_before_its_lease_is_renewed()
    {
        using var held = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        int bound = 0;
        long heldAt = 0;
        void Hold(int request)
        {
            // The first is the takeover's own binding.
            if (request == NewAddress && ++bound == 2)
            {
                heldAt = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100;
                held.Set();
                goOn.Wait(Eventually.DefaultBound);
            }
        }

        using var cluster = new Cluster(1, _ => new EngineOptions { OpenNetlink = () => new RouteNetlink(new ObservedKernel(Hold)) });
        using var tap = new WireTap(cluster.Network);
        await cluster.StartAsync(0, cluster.Configuration(0, 254) with { AdvertisementInterval = new Interval(100) });
        cluster.WaitFor(0, RouterState.Master);
        try
        {
            Assert.True(held.Wait(Eventually.DefaultBound, TestContext.Current.CancellationToken), "the lease is renewed");

            // The advertisement before it is an interval older.
            _ = tap.WaitFor(
                frame => frame is { Kind: SeenKind.Advertisement } && frame.Time > heldAt - (Instant.NanosecondsPerSecond / 2),
                "the advertisement that the renewal belongs to");
        }
        finally
        {
            goOn.Set();
        }
    }
}
