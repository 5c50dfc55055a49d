using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Protocol.Tests.Election;

/// <summary>RFC 3768 section 6.4: the same machine with the own interval and a skew of up to a second.</summary>
public sealed class Version2Tests
{
    private static readonly RouterParameters _slow = new() { Version = VrrpVersion.V2, AdvertisementInterval = Interval.FromSeconds(5) };

    [Fact]
    [Conformance("3768-6.4", Polarity.Required)]
    public void A_backup_waits_for_three_intervals_and_a_skew_below_a_second()
        => new RouterHarness(_slow).Do(Input.Startup()).Forget().ExpectDeadline(15.609375)
            .At(15.609375).Expect("bind", "send 100", "announce", "Backup->Master MasterTimeout").ExpectDeadline(20.609375);

    [Fact]
    [Conformance("3768-6.4", Polarity.Refused)]
    public void No_interval_is_learned_from_the_master()
    {
        var harness = RouterHarness.Backup(_slow).At(1).Hear(200, centiseconds: 100).ExpectDeadline(16.609375);
        Assert.Equal(Interval.FromSeconds(5), harness.Router.MasterInterval);
    }

    [Fact]
    [Conformance("3768-6.4", Polarity.Required)]
    public void A_resignation_leaves_a_skew_below_a_second()
        => RouterHarness.Backup(_slow).At(1).Hear(0).ExpectDeadline(1.609375);

    [Fact]
    [Conformance("3768-6.4", Polarity.Required)]
    public void A_master_yields_and_keeps_its_own_interval()
    {
        var harness = RouterHarness.Master(_slow).After(1).Hear(200, centiseconds: 100);
        harness.ExpectState(RouterState.Backup);
        Assert.Equal(Interval.FromSeconds(5), harness.Router.MasterInterval);
    }

    [Fact]
    [Conformance("3768-6.4", Polarity.Required)]
    public void A_second_resignation_of_a_leaving_master_waits_for_two_whole_skews()
        => RouterHarness.Master(_slow).Do(Input.Shutdown()).Expect("send 0", "Master->Leaving Shutdown")
            .After(2 * 255 / 256.0).Expect("send 0");
}
