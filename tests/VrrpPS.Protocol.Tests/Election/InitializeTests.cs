using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Protocol.Tests.Election;

/// <summary>RFC 9568 section 6.4.1.</summary>
public sealed class InitializeTests
{
    [Fact]
    public void A_new_router_waits_for_its_start()
        => new RouterHarness().Hear(200).Hear(0).Tick().At(100).ExpectNothing().ExpectState(RouterState.Initialize).ExpectDeadline(double.PositiveInfinity);

    [Fact]
    [Conformance("9568-6.4.1-1", Polarity.Required)]
    [Conformance("9568-5.2.4-1", Polarity.Required)]
    public void The_owner_becomes_master_at_once_and_binds_before_it_speaks()
        => new RouterHarness(new() { Priority = 255 }).Do(Input.Startup())
            .Expect("bind", "send 255", "announce", "Initialize->Master Startup")
            .ExpectDeadline(1);

    [Fact]
    [Conformance("9568-6.4.1-1", Polarity.Refused)]
    [Conformance("9568-5.2.4-1", Polarity.Refused)]
    public void Nobody_else_becomes_master_at_once()
        => new RouterHarness(new() { Priority = 254 }).Do(Input.Startup())
            .Expect("Initialize->Backup Startup");

    [Fact]
    [Conformance("9568-6.4.1-2", Polarity.Required)]
    public void Others_become_backup_with_their_own_interval()
    {
        var harness = new RouterHarness(new() { Priority = 100, AdvertisementInterval = new Interval(200) }).Do(Input.Startup())
            .Expect("Initialize->Backup Startup")
            .ExpectDeadline(7.21875);
        Assert.Equal(new Interval(200), harness.Router.MasterInterval);
    }

    [Fact]
    [Conformance("9568-6.4.1-2", Polarity.Refused)]
    public void A_backup_says_nothing_at_start()
        => Assert.Empty(new RouterHarness().Do(Input.Startup()).At(3.6).Sent);

    [Fact]
    public void A_second_start_changes_nothing()
        => RouterHarness.Backup().After(1).Do(Input.Startup()).ExpectNothing().ExpectDeadline(3.609375);

    [Fact]
    public void The_startup_delay_holds_back_even_without_a_master()
        => new RouterHarness(new() { StartupDelay = RouterHarness.Ns(10) }).Do(Input.Startup()).Forget()
            .At(9.9).ExpectNothing().At(10).ExpectState(RouterState.Master);

    [Fact]
    public void The_startup_delay_holds_back_the_owner()
        => new RouterHarness(new() { Priority = 255, StartupDelay = RouterHarness.Ns(10) }).Do(Input.Startup())
            .Expect("Initialize->Backup Startup").At(9.9).ExpectNothing().At(10).ExpectState(RouterState.Master);

    [Fact]
    public void The_startup_delay_outlives_a_fault()
        => new RouterHarness(new() { Priority = 255, StartupDelay = RouterHarness.Ns(10) })
            .Do(Input.FaultsChanged(FaultReasons.InterfaceMissing, LastEvent.InterfaceDown)).Do(Input.Startup())
            .Expect("Initialize->Fault Startup")
            .At(1).Do(Input.FaultsChanged(FaultReasons.None, LastEvent.InterfaceUp))
            .Expect("Fault->Backup InterfaceUp").At(9.9).ExpectNothing().At(10).ExpectState(RouterState.Master);

    [Fact]
    public void A_long_startup_delay_does_not_shorten_the_down_timer()
        => RouterHarness.Backup(new() { StartupDelay = RouterHarness.Ns(1) }).At(3.6).ExpectNothing().At(3.609375).ExpectState(RouterState.Master);

    [Fact]
    public void A_router_without_interface_starts_in_fault()
        => new RouterHarness().Do(Input.FaultsChanged(FaultReasons.InterfaceMissing, LastEvent.InterfaceDown)).ExpectNothing()
            .Do(Input.Startup()).Expect("Initialize->Fault Startup")
            .At(60).ExpectNothing();
}
