using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Protocol.Tests.Election;

public sealed class AllocationTests
{
    [Fact]
    public void A_million_steps_allocate_nothing()
    {
        var router = new VirtualRouter(new() { Lease = RouterHarness.Ns(2), AddressCount = 8, AnnouncementRefresh = RouterHarness.Ns(60) });
        var effects = new EffectBuffer();
        var peer = InetAddress.Parse("10.0.0.9");
        var now = Instant.Zero;
        long transitions = Run(20_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        transitions += Run(1_000_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(transitions > 10_000, $"Only {transitions} transitions: the steps did not go through the states.");

        long Run(int steps)
        {
            long seen = 0;
            for (int i = 0; i < steps; i++)
            {
                now += 50 * Instant.NanosecondsPerMillisecond;
                effects.Clear();
                var input = (i % 400) switch
                {
                    0 => Input.Startup(),
                    100 => Input.Received(new AdvertisementInfo(50, peer, Interval.OneSecond)),
                    150 => Input.Received(new AdvertisementInfo(200, peer, Interval.OneSecond)),
                    155 => Input.Received(new AdvertisementInfo(0, peer, Interval.OneSecond)),
                    200 => Input.HandOver(),
                    205 => Input.Received(new AdvertisementInfo(90, peer, Interval.OneSecond)),
                    206 => Input.AddressAnnounced(1),
                    300 => Input.FaultsChanged(FaultReasons.InterfaceDown, LastEvent.InterfaceDown),
                    301 => Input.FaultsChanged(FaultReasons.None, LastEvent.InterfaceUp),
                    399 => Input.Shutdown(force: true),
                    _ when i % 20 == 10 => Input.LeaseRenewed(),
                    _ => Input.Tick(),
                };
                router.Step(input, now, effects);
                foreach (var effect in effects.Span)
                {
                    seen += effect.Kind == EffectKind.Transition ? 1 : 0;
                }
            }

            return seen;
        }
    }
}
