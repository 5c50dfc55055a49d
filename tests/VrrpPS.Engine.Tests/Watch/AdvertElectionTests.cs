using Xunit;
using static VrrpPS.AdvertProblemCode;
using static VrrpPS.Engine.Tests.Watch.Said;

namespace VrrpPS.Engine.Tests.Watch;

public sealed class AdvertElectionTests
{
    [Fact]
    public void A_quiet_network_has_no_problems()
        => Assert.All(Scenario.Codes(A(0), A(1), A(2.01), A(3.4), A(4.4)), Assert.Empty);

    [Fact]
    public void Two_that_go_on_speaking_are_two_masters()
    {
        var codes = Scenario.Codes(A(0, 200), B(0.5), A(1, 200), B(1.5), A(2, 200));

        Assert.Equal([LowerPriorityMaster], codes[1]);
        Assert.Equal([TwoMasters], codes[2]);
        Assert.Equal([TwoMasters, LowerPriorityMaster], codes[3]);
        Assert.Equal([TwoMasters], codes[4]);
    }

    [Fact]
    public void The_text_names_both_and_their_priorities()
    {
        string text = Scenario.Text(A(0, 200), B(0.5), A(1, 200));

        Assert.Equal("10.0.0.1 (priority 200) and 10.0.0.2 (priority 100) both speak as Master of VRID 51.", text);
    }

    [Fact]
    public void Equal_priorities_are_decided_by_the_address()
    {
        var codes = Scenario.Codes(B(0), A(0.5));

        Assert.Equal([LowerPriorityMaster], codes[1]);
        Assert.Empty(Scenario.Last(A(0), B(0.5)));
    }

    [Fact]
    public void A_takeover_after_the_down_interval_is_in_order()
        => Assert.Empty(Scenario.Last(A(0, 200), A(1, 200), B(4.61), B(5.61), B(6.61)));

    [Fact]
    public void A_takeover_within_three_intervals_is_not()
        => Assert.Equal([LowerPriorityMaster], Scenario.Last(A(0, 200), A(1, 200), B(3.9)));

    [Fact]
    public void A_preemption_is_in_order_even_if_packets_cross()
        => Assert.All(Scenario.Codes(A(0), A(1), B(1.5, 200), A(1.52), B(2.5, 200), B(3.5, 200)), Assert.Empty);

    [Fact]
    public void A_loser_that_speaks_on_after_a_preemption_is_named()
        => Assert.Equal([TwoMasters, LowerPriorityMaster], Scenario.Last(A(0), A(1), B(1.5, 200), A(2)));

    [Fact]
    public void A_hand_over_by_priority_zero_is_in_order()
    {
        var codes = Scenario.Codes(A(0, 200), A(0.3, 0), B(0.9), B(1.9));

        Assert.Equal([PriorityZero], codes[1]);
        Assert.Empty(codes[2]);
        Assert.Empty(codes[3]);
    }

    [Fact]
    public void Whoever_speaks_again_after_priority_zero_counts_again()
    {
        var codes = Scenario.Codes(A(0, 200), A(0.3, 0), B(0.9), A(1.2, 200), B(1.9), A(2.2, 200));

        Assert.Empty(codes[3]);
        Assert.Equal([TwoMasters, LowerPriorityMaster], codes[4]);
        Assert.Equal([TwoMasters], codes[5]);
    }

    [Fact]
    public void Lost_advertisements_are_counted()
    {
        Assert.Equal([Gap], Scenario.Last(A(0), A(1), A(4)));
        Assert.Equal("10.0.0.1 was silent for 3 s with an interval of 1s: about 2 advertisements are missing.", Scenario.Text(A(1), A(4)));
        Assert.Equal("10.0.0.1 was silent for 1.6 s with an interval of 1s: about 1 advertisement is missing.", Scenario.Text(A(1), A(2.6)));
        Assert.Empty(Scenario.Last(A(1), A(2.5)));
    }

    [Fact]
    public void Silence_as_a_backup_is_no_loss()
        => Assert.Empty(Scenario.Last(A(0), B(0.5, 200), B(1.5, 200), A(10)));

    [Fact]
    public void Sub_second_intervals_have_their_own_measure()
    {
        var fast = A(0) with { Centiseconds = 10 };

        Assert.Empty(Scenario.Last(fast, fast with { At = 0.14 }));
        Assert.Equal([Gap], Scenario.Last(fast, fast with { At = 0.2 }));
        Assert.Empty(Scenario.Last(fast with { Priority = 200 }, B(0.37) with { Centiseconds = 10 }));
        Assert.Equal([LowerPriorityMaster], Scenario.Last(fast with { Priority = 200 }, B(0.27) with { Centiseconds = 10 }));
    }

    [Fact]
    public void Different_links_vlans_vrids_and_families_have_their_own_masters()
    {
        Assert.Empty(Scenario.Last(A(0, 200), B(0.5) with { Interface = "eth1" }, A(1, 200)));
        Assert.Empty(Scenario.Last(A(0, 200), B(0.5) with { Vlan = 10 }, A(1, 200)));
        Assert.Empty(Scenario.Last(A(0, 200), B(0.5) with { Vrid = 52 }, A(1, 200)));
        Assert.Empty(Scenario.Last(A(0, 200), B(0.5) with { From = "fe80::2", Addresses = ["fe80::100"] }, A(1, 200)));
    }

    [Fact]
    public void Packets_that_receivers_discard_make_no_master()
    {
        Assert.Equal([TimeToLive], Scenario.Codes(A(0, 200), B(0.5) with { Ttl = 64 }, A(1, 200))[1]);
        Assert.Empty(Scenario.Codes(A(0, 200), B(0.5) with { Ttl = 64 }, A(1, 200))[2]);
    }

    [Fact]
    public void Time_that_runs_backwards_in_a_merged_file_is_survived()
        => Assert.All(Scenario.Codes(A(10), A(9), A(10)), Assert.Empty);
}
