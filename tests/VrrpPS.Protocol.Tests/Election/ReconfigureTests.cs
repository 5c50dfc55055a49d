using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Protocol.Tests.Election;

public sealed class ReconfigureTests
{
    [Fact]
    public void A_master_tells_everybody_at_once()
        => RouterHarness.Master().At(4).Do(Input.Reconfigured(new() { AdvertisementInterval = new Interval(50), AddressCount = 2 }))
            .Expect("send 100", "bind", "announce").ExpectDeadline(4.5);

    [Fact]
    public void A_backup_keeps_following_the_masters_pace()
        => RouterHarness.Backup().At(1).Do(Input.Reconfigured(new() { AdvertisementInterval = new Interval(50) })).ExpectNothing().ExpectDeadline(3.609375);

    [Fact]
    public void A_backup_without_master_waits_at_its_new_pace()
        => new RouterHarness().Do(Input.Startup()).Forget().At(1).Do(Input.Reconfigured(new() { AdvertisementInterval = new Interval(50) }))
            .ExpectNothing().ExpectDeadline(1 + 1.5 + (0.5 * 156 / 256));

    [Fact]
    public void A_v2_backup_waits_at_its_new_pace()
        => RouterHarness.Backup(new() { Version = VrrpVersion.V2 }).At(1)
            .Do(Input.Reconfigured(new() { Version = VrrpVersion.V2, AdvertisementInterval = Interval.FromSeconds(2) })).ExpectDeadline(7.609375);

    [Fact]
    public void Preemption_can_be_switched_off_while_waiting()
        => RouterHarness.Backup().At(1).Do(Input.Reconfigured(new() { Preempt = false })).Hear(50).ExpectDeadline(4.609375);

    [Fact]
    public void A_stopped_router_starts_with_the_new_parameters()
        => new RouterHarness().Do(Input.Reconfigured(new() { AdvertisementInterval = new Interval(200) })).Do(Input.Startup()).ExpectDeadline(7.21875);

    [Fact]
    public void A_loser_stops_serving_what_may_no_longer_be_configured()
        => RouterHarness.Master().At(4).Hear(200).Forget().Do(Input.Reconfigured(new() { AddressCount = 3 })).Expect("release");

    [Fact]
    public void A_leaving_master_goes_on_leaving()
        => RouterHarness.Master().At(4).Do(Input.Shutdown()).Forget().Do(Input.Reconfigured(new() { AddressCount = 3 })).ExpectNothing()
            .ExpectState(RouterState.Leaving);

    [Fact]
    public void A_shorter_lease_counts_from_now()
    {
        var harness = RouterHarness.Master(new() { Lease = RouterHarness.Ns(20) }).At(4).Do(Input.Reconfigured(new() { Lease = RouterHarness.Ns(2) }));
        Assert.Equal(new Instant(RouterHarness.Ns(6)), harness.Router.LeaseEnds);
    }
}
