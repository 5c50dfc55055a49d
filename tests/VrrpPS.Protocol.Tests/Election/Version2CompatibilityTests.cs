using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Protocol.Tests.Election;

/// <summary>RFC 9568 section 8.4.2: a version 3 router that hears version 2 as well.</summary>
public sealed class Version2CompatibilityTests
{
    private static readonly RouterParameters _both = new() { Version2Compatibility = true };

    [Theory]
    [InlineData(500)]
    [InlineData(20)]
    [Conformance("9568-8.4.2-3", Polarity.Required)]
    public void A_backup_waits_for_three_of_the_seconds_that_a_version_2_master_says(int own)
    {
        var harness = new RouterHarness(_both with { AdvertisementInterval = new Interval(own) })
            .Do(Input.Startup()).Hear(200, centiseconds: 200, version: VrrpVersion.V2);
        Assert.Equal(Interval.FromSeconds(2), harness.Router.MasterInterval);
        harness.ExpectDeadline(6 + (2 * 156 / 256.0));
    }

    [Fact]
    [Conformance("9568-8.4.2-2", Polarity.Required)]
    public void A_backup_follows_the_rate_of_whichever_master_there_is()
        => RouterHarness.Backup(_both).At(1).Hear(200, centiseconds: 20).ExpectDeadline(1 + 0.6 + (0.2 * 156 / 256))
            .At(1.5).Hear(201, "10.0.0.8", centiseconds: 300, version: VrrpVersion.V2).ExpectDeadline(1.5 + 9 + (3 * 156 / 256.0));

    [Fact]
    [Conformance("9568-8.4.2-2", Polarity.Refused)]
    public void Neither_the_own_interval_nor_the_copys_seconds_decide_when_the_master_is_dead()
        => RouterHarness.Backup(_both with { AdvertisementInterval = Interval.FromSeconds(5) })
            .At(1).Hear(200, centiseconds: 20).Hear(200, centiseconds: 100, version: VrrpVersion.V2)
            .At(1.721875).Expect("bind", "send 100", "announce", "Backup->Master MasterTimeout");

    [Fact]
    [Conformance("9568-8.4.2-4", Polarity.Required)]
    public void The_copy_of_a_master_heard_in_version_3_changes_nothing()
    {
        var harness = RouterHarness.Backup(_both).At(1).Hear(200, centiseconds: 20);
        var before = harness.Router.Save().Values;
        harness.At(1.1).Hear(200, version: VrrpVersion.V2).Hear(0, version: VrrpVersion.V2).ExpectNothing();
        Assert.Equal(before, harness.Router.Save().Values);
    }

    [Fact]
    [Conformance("9568-8.4.2-4", Polarity.Refused)]
    public void A_master_that_is_no_longer_heard_in_version_3_is_believed_in_version_2()
    {
        var harness = RouterHarness.Backup(_both).At(1).Hear(200, centiseconds: 20).At(1.59).Hear(200, version: VrrpVersion.V2);
        Assert.Equal(new Interval(20), harness.Router.MasterInterval);
        harness.At(1.6).Hear(200, version: VrrpVersion.V2).ExpectDeadline(1.6 + 3.609375);
    }

    [Fact]
    [Conformance("9568-8.4.2-4", Polarity.Refused)]
    public void Another_master_is_believed_in_version_2()
    {
        var harness = RouterHarness.Backup(_both).At(1).Hear(210, RouterHarness.Lower, version: VrrpVersion.V2);
        Assert.Equal(InetAddress.Parse(RouterHarness.Lower), harness.Router.MasterAddress);
    }

    [Fact]
    public void A_master_yields_to_version_2_and_takes_over_its_seconds()
    {
        var harness = RouterHarness.Master(_both).After(1).Hear(200, centiseconds: 300, version: VrrpVersion.V2).ExpectState(RouterState.Backup);
        Assert.Equal(Interval.FromSeconds(3), harness.Router.MasterInterval);
    }

    [Fact]
    public void The_copy_is_not_the_second_advertisement_of_a_successor()
    {
        var harness = RouterHarness.Master(_both).Do(Input.Shutdown()).Hear(150, centiseconds: 100);
        double limit = harness.NextDeadline;
        harness.After(0.001).Hear(150, version: VrrpVersion.V2).ExpectDeadline(limit);
        harness.After(1).Hear(150, centiseconds: 100);
        Assert.True(harness.NextDeadline < limit, "the second one in version 3 is");
    }

    [Fact]
    public void Without_the_mode_nothing_is_a_copy()
    {
        var harness = RouterHarness.Backup().At(1).Hear(200, centiseconds: 20);
        var copy = new AdvertisementInfo(200, InetAddress.Parse(RouterHarness.Higher), Interval.OneSecond, Version: VrrpVersion.V2);
        Assert.False(harness.Router.IgnoresCopy(copy, harness.Now));
        Assert.True(RouterHarness.Backup(_both).Router.IgnoresCopy(copy, Instant.Zero));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(100, 1)]
    [InlineData(101, 2)]
    [InlineData(4095, 41)]
    public void Version_2_says_the_next_whole_second(int centiseconds, int seconds)
        => Assert.Equal(Interval.FromSeconds(seconds), new Interval(centiseconds).RoundUpToSeconds());
}
