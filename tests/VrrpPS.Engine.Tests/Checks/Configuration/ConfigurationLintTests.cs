using VrrpPS.Engine.Checks;
using VrrpPS.Engine.Checks.Configuration;
using VrrpPS.Engine.Configuration;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Checks.Configuration;

public sealed class ConfigurationLintTests
{
    private static readonly InstanceConfiguration s_good = Nodes.Instance(150);
    private static readonly InstanceConfiguration s_other = Nodes.Instance(100);

    [Fact]
    public void Nodes_that_fit_together_give_no_finding() => Assert.Empty(Nodes.Findings(s_good, s_other));

    [Fact]
    public void One_node_alone_is_only_told_that_nothing_could_be_compared()
    {
        var finding = Assert.Single(Nodes.Lint(s_good));
        Assert.Equal((FindingCodes.SingleNode, VrrpFindingSeverity.Information), (finding.Code, finding.Severity));
    }

    [Fact]
    public void A_virtual_router_of_one_node_only_is_named()
    {
        var findings = ConfigurationLint.Run(
            [new NodeConfiguration("a", [s_good, s_good with { Name = "other", VirtualRouterId = 42, VirtualAddresses = [VirtualAddress.Parse("192.0.2.9")] }]), new NodeConfiguration("b", [s_other])],
            inSession: false);
        Assert.Equal("a: other", Assert.Single(findings, static finding => finding.Code == FindingCodes.RouterOnOneNode).Subject);
    }

    [Fact]
    public void The_id_of_all_examples_is_warned_of()
        => Expect(FindingCodes.DefaultVirtualRouterId, VrrpFindingSeverity.Warning, "51", s_good with { VirtualRouterId = 51 }, s_other with { VirtualRouterId = 51 });

    [Fact]
    public void Accept_mode_off_is_explained_and_a_difference_in_it_warned_of()
    {
        var off = s_good with { AcceptMode = false };
        Expect(FindingCodes.AcceptModeOff, VrrpFindingSeverity.Information, "neither ping", off, s_other with { AcceptMode = false });
        Expect(FindingCodes.AcceptModeDiffers, VrrpFindingSeverity.Warning, "while b is Master, and do not (accept mode off) while a is", off, s_other);
        Assert.Empty(Nodes.Findings(s_good with { AcceptMode = false, Priority = 255 }, s_other));
    }

    [Fact]
    public void Different_ids_for_one_address_are_an_error()
        => Expect(FindingCodes.VirtualRouterIdDiffers, VrrpFindingSeverity.Error, "192.0.2.250", s_good, s_other with { VirtualRouterId = 42 });

    [Fact]
    public void Different_versions_are_an_error()
        => Expect(FindingCodes.VersionDiffers, VrrpFindingSeverity.Error, "version 3 on a, version 2 on b", s_good, s_other with { Version = VrrpVersion.V2 });

    [Fact]
    public void Different_versions_are_fine_where_all_of_version_3_speak_both()
    {
        var old = s_other with { Version = VrrpVersion.V2 };
        Assert.Empty(Nodes.Findings(s_good with { Version2Compatibility = true }, old));
        Expect(FindingCodes.IntervalDiffers, VrrpFindingSeverity.Error, "2s on a, 1s on b", s_good with { Version2Compatibility = true, AdvertisementInterval = new Interval(150) }, old);
        Expect(FindingCodes.VersionDiffers, VrrpFindingSeverity.Error, "version 2 on b", s_good, old);
    }

    [Fact]
    public void Different_intervals_are_an_error_in_version_2_and_a_warning_in_version_3()
    {
        var slow = s_other with { AdvertisementInterval = Interval.FromSeconds(2) };
        Expect(FindingCodes.IntervalDiffers, VrrpFindingSeverity.Warning, "1s on a, 2s on b", s_good, slow);
        Expect(FindingCodes.IntervalDiffers, VrrpFindingSeverity.Error, "1s on a, 2s on b", s_good with { Version = VrrpVersion.V2 }, slow with { Version = VrrpVersion.V2 });
    }

    [Fact]
    public void Different_passwords_are_an_error_that_shows_none_of_them()
    {
        var findings = Nodes.Findings(
            s_good with { Version = VrrpVersion.V2, AuthenticationPass = Secret.FromText("geheim") },
            s_other with { Version = VrrpVersion.V2, AuthenticationPass = Secret.FromText("anders") });
        Assert.Contains("a with password #1, b with password #2", Assert.Single(findings, static finding => finding.Code == FindingCodes.AuthenticationDiffers).Message, StringComparison.Ordinal);
        Assert.Contains(findings, static finding => finding.Code == FindingCodes.ClearTextPassword);
        Assert.DoesNotContain(findings, static finding => $"{finding.Message}{finding.Fix}".Contains("geheim", StringComparison.Ordinal) || $"{finding.Message}{finding.Fix}".Contains("anders", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_password_is_no_difference()
    {
        var v2 = s_good with { Version = VrrpVersion.V2, AuthenticationPass = Secret.FromText("geheim") };
        Assert.Equal(FindingCodes.ClearTextPassword, Assert.Single(Nodes.Findings(v2, v2 with { Priority = 90 })).Code);
    }

    [Fact]
    public void Different_addresses_are_a_warning_and_where_a_node_discards_them_an_error()
    {
        var more = s_other with { VirtualAddresses = [.. s_other.VirtualAddresses, VirtualAddress.Parse("192.0.2.251")] };
        Expect(FindingCodes.AddressListDiffers, VrrpFindingSeverity.Warning, "192.0.2.250 192.0.2.251 on b", s_good, more);
        Expect(FindingCodes.AddressListDiffers, VrrpFindingSeverity.Error, "discards", s_good with { Version = VrrpVersion.V2, StrictAddressList = true }, more with { Version = VrrpVersion.V2 });
    }

    [Fact]
    public void The_order_of_the_addresses_and_excluded_ones_make_no_difference()
    {
        var one = VirtualAddress.Parse("192.0.2.1");
        var two = VirtualAddress.Parse("192.0.2.2");
        var excluded = VirtualAddress.Parse("192.0.2.3") with { Advertised = false };
        Assert.Empty(Nodes.Findings(s_good with { VirtualAddresses = [one, two] }, s_other with { VirtualAddresses = [two, one, excluded] }));
    }

    [Fact]
    public void Different_checksums_are_a_warning_unless_one_follows_the_other()
    {
        Expect(FindingCodes.ChecksumStyleDiffers, VrrpFindingSeverity.Warning, "keepalived", s_good with { ChecksumStyle = ChecksumStyle.PseudoHeader }, s_other with { ChecksumStyle = ChecksumStyle.Rfc9568 });
        Assert.Empty(Nodes.Findings(s_good with { ChecksumStyle = ChecksumStyle.PseudoHeader }, s_other));
    }

    [Fact]
    public void Unicast_on_one_node_only_is_an_error()
        => Expect(FindingCodes.TransportDiffers, VrrpFindingSeverity.Error, "unicast on a, multicast on b", s_good with { UnicastPeers = [InetAddress.Parse("192.0.2.2")] }, s_other);

    [Fact]
    public void A_peer_that_is_not_sent_to_or_not_listened_to_is_named()
    {
        var (one, two, three) = (InetAddress.Parse("192.0.2.1"), InetAddress.Parse("192.0.2.2"), InetAddress.Parse("192.0.2.3"));
        Expect(FindingCodes.PeerMissing, VrrpFindingSeverity.Error, "a does not send to b (192.0.2.2)", s_good with { SourceAddress = one, UnicastPeers = [three] }, s_other with { SourceAddress = two, UnicastPeers = [one] });
        Expect(FindingCodes.PeerMissing, VrrpFindingSeverity.Error, "b does not listen to a (192.0.2.1)", s_good with { SourceAddress = one }, s_other with { SourceAddress = two, AllowedPeers = [three] });
    }

    [Theory]
    [InlineData("2001:db8::1", "No link-local")]
    [InlineData("2001:db8::1 fe80::1", "is not the link-local one")]
    public void An_IPv6_list_that_does_not_begin_with_a_link_local_address_is_a_warning(string addresses, string text)
    {
        var instance = Nodes.Instance(150, AddressFamily.IPv6) with { VirtualAddresses = addresses.Split(' ').Select(VirtualAddress.Parse).ToVrrpList() };
        Expect(FindingCodes.LinkLocalNotFirst, VrrpFindingSeverity.Warning, text, instance);
    }

    [Fact]
    public void A_link_local_address_first_is_right()
        => Assert.Equal(FindingCodes.SingleNode, Assert.Single(Nodes.Lint(Nodes.Instance(150, AddressFamily.IPv6))).Code);

    [Fact]
    public void A_lease_that_outlives_a_takeover_is_a_warning_with_the_time()
        => Expect(FindingCodes.LeaseOverlap, VrrpFindingSeverity.Warning, "2.4s after the takeover", s_good with { AdvertisementInterval = new Interval(20) });

    [Fact]
    public void No_lease_at_all_is_a_warning() => Expect(FindingCodes.NoAddressLease, VrrpFindingSeverity.Warning, "for ever", s_good with { NoAddressLease = true });

    [Fact]
    public void A_short_interval_is_a_warning_for_a_session_and_none_for_the_service()
    {
        var fast = s_good with { AdvertisementInterval = new Interval(20) };
        Expect(FindingCodes.IntervalUnsafeInSession, VrrpFindingSeverity.Warning, "0.2s", fast);
        Assert.DoesNotContain(ConfigurationLint.Run(Nodes.Of(fast), inSession: false), static finding => finding.Code == FindingCodes.IntervalUnsafeInSession);
    }

    [Fact]
    public void Equal_priorities_are_a_warning_and_two_owners_an_error()
    {
        Expect(FindingCodes.EqualPriority, VrrpFindingSeverity.Warning, "a and b both have priority 150", s_good, s_good);
        Expect(FindingCodes.SecondOwner, VrrpFindingSeverity.Error, "a and b both have priority 255", Nodes.Instance(255), Nodes.Instance(255));
    }

    [Fact]
    public void Not_preempting_is_explained_for_the_set_of_nodes()
    {
        Expect(FindingCodes.NoPreempt, VrrpFindingSeverity.Information, "a, b", s_good with { Preempt = false }, s_other with { Preempt = false });
        Expect(FindingCodes.PreemptDiffers, VrrpFindingSeverity.Warning, "changes nothing", s_good, s_other with { Preempt = false });
        Assert.DoesNotContain("changes nothing", Find(FindingCodes.PreemptDiffers, s_good with { Preempt = false }, s_other).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_stand_before_outcomes()
    {
        bool[] outcomes = [.. Nodes.Lint(s_good, s_good).Select(static finding => finding is VrrpElectionOutcome)];
        Assert.Contains(true, outcomes);
        Assert.Contains(false, outcomes);
        Assert.Equal(outcomes.Order(), outcomes);
    }

    [Fact]
    public void Every_warning_and_error_says_what_to_do()
    {
        var findings = Nodes.Lint(s_good, s_good with { Version = VrrpVersion.V2, VirtualRouterId = 42 }, s_other with { Version = VrrpVersion.V2, Preempt = false });
        Assert.All(findings.Where(static finding => finding.Severity > VrrpFindingSeverity.Information), static finding => Assert.NotEmpty(finding.Fix));
    }

    private static VrrpFinding Find(string code, params InstanceConfiguration[] instances)
        => Assert.Single(Nodes.Findings(instances), finding => finding.Code == code);

    private static void Expect(string code, VrrpFindingSeverity severity, string text, params InstanceConfiguration[] instances)
    {
        var finding = Find(code, instances);
        Assert.Equal(severity, finding.Severity);
        Assert.Contains(text, finding.Message, StringComparison.Ordinal);
    }
}
