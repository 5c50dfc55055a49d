using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Keepalived;
using VrrpPS.Engine.Errors;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Configuration;

/// <summary>What the keywords mean, compared with keepalived 2.2.7's behaviour.</summary>
public sealed class KeepalivedReaderTests
{
    private const string Head = "vrrp_instance A {\n interface eth0\n virtual_router_id 1\n";
    private const string Tail = "\n virtual_ipaddress {\n  192.0.2.1/24\n }\n}\n";

    [Fact]
    public void The_least_has_keepaliveds_defaults()
    {
        var c = Clean(Head + Tail);
        Assert.Equal(
            new InstanceConfiguration
            {
                Name = "A", InterfaceName = "eth0", VirtualRouterId = 1, AddressFamily = AddressFamily.IPv4, Version = VrrpVersion.V2,
                VirtualAddresses = [VirtualAddress.Parse("192.0.2.1/24")],
            },
            c);
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7/32", VrrpVersion.V2)]
    [InlineData("fe80::7", "fe80::7/128", VrrpVersion.V3)]
    public void A_family_has_its_version_and_a_missing_prefix_is_a_host(string address, string expected, VrrpVersion version)
    {
        var c = Clean($"{Head} virtual_ipaddress {{ {address} }}\n}}");
        Assert.Equal((expected, version), (c.VirtualAddresses[0].ToString(), c.Version));
    }

    [Theory]
    [InlineData("advert_int 2", 2, 200, false)]
    [InlineData("advert_int 0.5", 2, 100, true)]
    [InlineData("advert_int 0.4", 2, 100, true)]
    [InlineData("advert_int 1.5", 2, 200, true)]
    [InlineData("advert_int 1.49", 2, 100, true)]
    [InlineData("version 3\n advert_int 0.5", 3, 50, false)]
    [InlineData("version 3\n advert_int 0.015", 3, 2, true)]
    [InlineData("version 3\n advert_int 100", 3, 4095, true)]
    public void Intervals_round_as_in_keepalived(string lines, int version, int centiseconds, bool warns)
    {
        var result = Read($"{Head} {lines}{Tail}");
        var c = Assert.Single(result.Document.Instances);
        Assert.Equal(((VrrpVersion)version, centiseconds), (c.Version, c.AdvertisementInterval.Centiseconds));
        Assert.Equal(warns ? [ConfigurationCodes.Adjusted] : [], result.Diagnostics.Select(d => d.Code));
    }

    [Theory]
    [InlineData("state MASTER\n priority 9\n nopreempt", true, 0, 6)]
    [InlineData("state MASTER\n priority 9\n preempt_delay 60", true, 0, 6)]
    [InlineData("state BACKUP\n nopreempt", false, 0, 0)]
    [InlineData("nopreempt", false, 0, 0)]
    [InlineData("state BACKUP\n preempt_delay 60", true, 60, 0)]
    [InlineData("nopreempt\n preempt_delay 60", false, 0, 5)]
    [InlineData("priority 255\n nopreempt", true, 0, 5)]
    [InlineData("nopreempt\n preempt", true, 0, 0)]
    public void Preemption_is_cleared_as_in_keepalived(string lines, bool preempt, int delay, int warnedLine)
    {
        var result = Read($"{Head} {lines}{Tail}");
        var c = Assert.Single(result.Document.Instances);
        Assert.Equal((preempt, delay), (c.Preempt, (int)c.PreemptDelay.TotalSeconds));
        Assert.Equal(warnedLine == 0 ? [] : [(ConfigurationSeverity.Warning, warnedLine, 2)], result.Diagnostics.Select(d => (d.Severity, d.Line, d.Column)));
    }

    [Theory]
    [InlineData("auth_type PASS\n auth_pass abc", "abc", 0)]
    [InlineData("auth_type PASS\n auth_pass abcdefghij", "abcdefgh", 1)]
    [InlineData("auth_type PASS\n auth_pass \"a b\"", "a b", 0)]
    [InlineData("auth_type PASS\n auth_pass pässwor", "pässwor", 1)]
    [InlineData("auth_type PASS\n auth_pass paßwörter", "paßwör", 1)]
    [InlineData("auth_pass abc", null, 1)]
    [InlineData("auth_type PASS", null, 1)]
    public void Passwords(string lines, string? expected, int warnings)
    {
        var result = Read($"{Head} authentication {{\n {lines}\n }}{Tail}");
        var secret = Assert.Single(result.Document.Instances).AuthenticationPass;
        Assert.Equal(expected, secret is null ? null : System.Text.Encoding.UTF8.GetString(secret.Reveal()));
        Assert.Equal(warnings, result.Diagnostics.Count);
        Assert.All(result.Diagnostics, d => Assert.DoesNotContain("abc", d.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("passwooö", false, "inside a letter")]
    [InlineData("müll", true, "not UTF-8")]
    public void Passwords_whose_bytes_nobody_knows_are_errors(string password, bool legacy, string reason)
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "k.conf");
        File.WriteAllText(file, $"{Head} authentication {{\n auth_type PASS\n auth_pass {password}\n }}{Tail}", legacy ? System.Text.Encoding.Latin1 : new System.Text.UTF8Encoding(false));
        var d = Assert.Single(ConfigurationFile.Load(file).Diagnostics);
        Assert.Equal((ConfigurationSeverity.Error, ErrorIds.InvalidAuthentication, 6, 12), (d.Severity, d.Code, d.Line, d.Column));
        Assert.Contains(reason, d.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(password, d.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("state backup\n preempt_delay 9", 9)]
    [InlineData("state Master\n preempt_delay 9", 9)]
    [InlineData("state MASTER\n priority 9\n preempt_delay 9", 0)]
    public void A_state_in_small_letters_is_BACKUP_as_in_keepalived(string lines, int delay)
    {
        var result = Read($"{Head} {lines}{Tail}");
        Assert.Equal(delay, (int)Assert.Single(result.Document.Instances).PreemptDelay.TotalSeconds);
        Assert.Equal((ConfigurationSeverity.Warning, ConfigurationCodes.Adjusted), (Assert.Single(result.Diagnostics).Severity, result.Diagnostics[0].Code));
    }

    [Theory]
    [InlineData("virtual_ipaddress_excluded {\n 192.0.2.1/24\n }", "192.0.2.1/24", 1)]
    [InlineData("virtual_ipaddress_excluded {\n 192.0.2.2\n 192.0.2.2\n }", "192.0.2.2/32, 192.0.2.1/24", 2)]
    [InlineData("unicast_peer {\n 192.0.2.9\n 192.0.2.9\n }", "192.0.2.1/24", 1)]
    public void What_is_listed_twice_counts_once(string lines, string addresses, int advertised)
    {
        var result = Read($"{Head} {lines}{Tail}");
        var c = Assert.Single(result.Document.Instances);
        Assert.Equal(ConfigurationCodes.Duplicate, Assert.Single(result.Diagnostics).Code);
        Assert.Equal((addresses, 1), (c.VirtualAddresses.ToString(), c.VirtualAddresses.Count(a => a.Advertised)));
        Assert.InRange(c.UnicastPeers.Count, 0, 1);
        Assert.False(result.IsPartial);
        Assert.Equal(advertised, c.VirtualAddresses.Count);
    }

    [Fact]
    public void Version_3_drops_the_password_as_keepalived_does()
    {
        var result = Read($"{Head} version 3\n authentication {{\n auth_type PASS\n auth_pass abc\n }}{Tail}");
        Assert.Null(Assert.Single(result.Document.Instances).AuthenticationPass);
        Assert.False(result.IsPartial);
        Assert.Equal(ConfigurationCodes.Adjusted, Assert.Single(result.Diagnostics).Code);
    }

    [Fact]
    public void Strict_mode_is_followed_and_explained()
    {
        var result = Read($"global_defs {{\n vrrp_strict\n}}\n{Head} state MASTER\n priority 100\n preempt_delay 5\n authentication {{\n auth_type PASS\n auth_pass abc\n }}{Tail}");
        var c = Assert.Single(result.Document.Instances);
        Assert.Null(c.AuthenticationPass);
        Assert.Equal(TimeSpan.Zero, c.PreemptDelay);
        Assert.Equal(
            [(2, ConfigurationCodes.Advice), (9, ConfigurationCodes.Adjusted), (11, ConfigurationCodes.Adjusted)],
            result.Diagnostics.Where(static d => d.Severity > ConfigurationSeverity.Information).Select(d => (d.Line, d.Code)).Order());
    }

    [Theory]
    [InlineData("no_accept", false)]
    [InlineData("accept", true)]
    [InlineData("strict_mode true", true)]
    [InlineData("", true)]
    public void What_is_sent_to_the_addresses_is_accepted_unless_the_file_says_otherwise(string line, bool accepts)
    {
        // What keepalived's strict mode does besides is not taken over: hardly anybody who has it wants that.
        var result = Read($"{Head} {line}{Tail}");
        Assert.DoesNotContain(result.Diagnostics, static d => d.IsLoss || d.Severity == ConfigurationSeverity.Error);
        Assert.Equal(accepts, Assert.Single(result.Document.Instances).AcceptMode);
    }

    [Theory]
    [InlineData("track_bfd {\n peer\n }", 4, 2)]
    [InlineData("use_ipvlan", 4, 2)]
    [InlineData("virtual_ipaddress_excluded {\n  192.0.2.9/24 use_vmac\n }", 5, 16)]
    [InlineData("virtual_ipaddress {\n  192.0.2.9\n  192.0.2.9/24\n }", 6, 3)]
    public void What_changes_the_outcome_is_a_loss(string lines, int line, int column)
    {
        var result = Read($"{Head} {lines}{Tail}");
        var d = Assert.Single(result.Diagnostics);
        Assert.Equal((ConfigurationSeverity.Warning, ConfigurationCodes.Partial, true, line, column), (d.Severity, d.Code, d.IsLoss, d.Line, d.Column));
        Assert.True(result.IsPartial);
        var error = Assert.Throws<VrrpException>(() => result.EnsureUsable(allowPartial: false));
        Assert.Equal(ErrorIds.ConfigurationPartial, error.ErrorId);
        Assert.Contains($"k.conf:{line}:{column}: ", error.Message, StringComparison.Ordinal);
        Assert.Single(result.EnsureUsable(allowPartial: true).Instances);
    }

    [Theory]
    [InlineData("garp_extra_if 100")]
    [InlineData("debug 4")]
    public void What_changes_nothing_is_a_warning(string lines)
    {
        var result = Read($"{Head} {lines}{Tail}");
        Assert.Equal((ConfigurationSeverity.Warning, ConfigurationCodes.NotCarriedOver), (Assert.Single(result.Diagnostics).Severity, result.Diagnostics[0].Code));
        Assert.False(result.IsPartial);
        Assert.Single(result.EnsureUsable(allowPartial: false).Instances);
    }

    [Theory]
    [InlineData("prioritty 5", 4, 2, "Did you mean 'priority'?")]
    [InlineData("Priority 5", 4, 2, "Did you mean 'priority'?")]
    [InlineData("router_id x", 4, 2, "global_defs")]
    [InlineData("vrrp_instance B {\n }", 4, 2, "brace missing")]
    [InlineData("track_bfd { x }\n unknownthing {\n inner\n }", 5, 2, "'unknownthing'")]
    [InlineData("\"priority\" 5", 4, 2, "")]
    public void Unknown_keywords_are_errors(string lines, int line, int column, string hint)
    {
        var result = Read($"{Head} {lines}{Tail}");
        var d = Assert.Single(result.Diagnostics, e => e.Severity == ConfigurationSeverity.Error);
        Assert.Equal((ConfigurationCodes.UnknownKeyword, line, column), (d.Code, d.Line, d.Column));
        Assert.Contains(hint, d.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorIds.ConfigurationSyntax, Assert.Throws<VrrpException>(() => result.EnsureUsable(allowPartial: true)).ErrorId);
    }

    [Theory]
    [InlineData("state MASER", 4, 8, ConfigurationCodes.InvalidValue)]
    [InlineData("priority 256", 4, 11, ErrorIds.InvalidPriority)]
    [InlineData("priority x", 4, 11, ConfigurationCodes.InvalidValue)]
    [InlineData("priority", 4, 2, ConfigurationCodes.MissingValue)]
    [InlineData("advert_int 0", 4, 13, ErrorIds.InvalidInterval)]
    [InlineData("advert_int 256", 4, 13, ErrorIds.InvalidInterval)]
    [InlineData("preempt_delay 1001", 4, 16, ErrorIds.InvalidConfiguration)]
    [InlineData("version 4", 4, 10, ConfigurationCodes.InvalidValue)]
    [InlineData("virtual_ipaddress_excluded {\n  192.0.2.300\n }", 5, 3, ErrorIds.InvalidAddress)]
    [InlineData("virtual_ipaddress_excluded {\n  192.0.2.9/33\n }", 5, 3, ErrorIds.InvalidPrefixLength)]
    [InlineData("virtual_ipaddress_excluded {\n  192.0.2.9 devv eth0\n }", 5, 13, ConfigurationCodes.UnknownKeyword)]
    [InlineData("virtual_ipaddress_excluded {\n  192.0.2.9 dev\n }", 5, 13, ConfigurationCodes.MissingValue)]
    [InlineData("unicast_peer {\n  peer1\n }", 5, 3, ErrorIds.InvalidPeer)]
    [InlineData("unicast_peer {\n  10.0.0.1 10.0.0.2\n }", 5, 12, ConfigurationCodes.UnknownKeyword)]
    [InlineData("unicast_src_ip x", 4, 17, ErrorIds.InvalidPeer)]
    [InlineData("authentication {\n  auth_type PLAIN\n }", 5, 13, ConfigurationCodes.InvalidValue)]
    [InlineData("priority 5 {\n }", 4, 13, ConfigurationCodes.Syntax)]
    [InlineData("unicast_peer", 4, 2, ConfigurationCodes.Syntax)]
    public void Wrong_values_are_errors_where_they_stand(string lines, int line, int column, string code)
    {
        var d = Assert.Single(Read($"{Head} {lines}{Tail}").Diagnostics, e => e.Severity == ConfigurationSeverity.Error);
        Assert.Equal((code, line, column), (d.Code, d.Line, d.Column));
    }

    [Theory]
    [InlineData("vrrp_instance A {\n virtual_router_id 1\n virtual_ipaddress { 192.0.2.1 }\n}", 1, 1, "'interface'")]
    [InlineData("vrrp_instance A {\n interface e\n virtual_ipaddress { 192.0.2.1 }\n}", 1, 1, "'virtual_router_id'")]
    [InlineData("vrrp_instance A {\n interface e\n virtual_router_id 1\n}", 1, 1, "no advertised virtual address")]
    [InlineData("vrrp_instance {\n interface e\n}", 1, 1, "name")]
    [InlineData("vrrp_instance A {\n interface a/b\n virtual_router_id 1\n virtual_ipaddress { 192.0.2.1 }\n}", 2, 12, "'a/b'")]
    [InlineData("vrrp_instance A {\n interface e\n virtual_router_id 0\n virtual_ipaddress { 192.0.2.1 }\n}", 3, 20, "0 is not")]
    public void Missing_and_impossible_parts(string text, int line, int column, string message)
    {
        var d = Assert.Single(Read(text).Diagnostics);
        Assert.Equal((ConfigurationSeverity.Error, line, column), (d.Severity, d.Line, d.Column));
        Assert.Contains(message, d.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_address_decides_the_family()
    {
        var result = Read(Head + " virtual_ipaddress {\n  192.0.2.1\n  2001:db8::1\n }\n virtual_ipaddress_excluded {\n  2001:db8::2\n }\n}");
        Assert.Equal("192.0.2.1/32, 2001:db8::2/128", Assert.Single(result.Document.Instances).VirtualAddresses.ToString());
        Assert.Equal(
            [(6, 3, ErrorIds.MixedAddressFamily, ConfigurationSeverity.Error)],
            result.Diagnostics.Select(d => (d.Line, d.Column, d.Code, d.Severity)));
    }

    [Fact]
    public void Addresses_peers_and_tracked_interfaces_are_carried()
    {
        var c = Clean(Head + " mcast_src_ip 192.0.2.10\n check_unicast_src\n v3_checksum_as_v2\n track_interface {\n eth1\n eth2 weight 0\n }\n unicast_peer {\n 192.0.2.11\n 192.0.2.12\n }\n"
            + " virtual_ipaddress_excluded {\n 192.0.2.2/24 dev eth0\n }" + Tail);
        Assert.Equal("192.0.2.10", c.SourceAddress.ToString());
        Assert.Equal("192.0.2.11, 192.0.2.12", c.UnicastPeers.ToString());
        Assert.Equal(c.UnicastPeers, c.AllowedPeers);
        Assert.Equal("eth1, eth2", c.TrackInterfaces.ToString());
        Assert.Equal(["192.0.2.1/24 True", "192.0.2.2/24 False"], c.VirtualAddresses.Select(a => $"{a} {a.Advertised}").Order());
        Assert.Equal(ChecksumStyle.Rfc9568, c.ChecksumStyle);
    }

    [Fact]
    public void Globals_reach_instances_above_them()
    {
        var result = Read("vrrp_instance A {\n virtual_router_id 1\n virtual_ipaddress { 192.0.2.1 }\n}\nnet_namespace blue\nglobal_defs {\n router_id r\n vrrp_version 3\n default_interface eth7\n vrrp_startup_delay 2.5\n}");
        Assert.Empty(result.Diagnostics);
        var c = Assert.Single(result.Document.Instances);
        Assert.Equal(("r", VrrpVersion.V3, "eth7", 2.5, "blue"), (result.Document.RouterId, c.Version, c.InterfaceName, c.StartupDelay.TotalSeconds, c.NetworkNamespace));
    }

    [Theory]
    [InlineData("", 1, "1s,5s", "1m", 1, "0s")]
    [InlineData("garp_master_delay 10", 5, "10s", "1m", 5, "5s")]
    [InlineData("garp_master_repeat 1", 1, "5s", "1m", 5, "5s")]
    [InlineData("garp_master_delay 0\n garp_master_repeat 1", 1, "", "1m", 5, "5s")]
    [InlineData("garp_master_refresh 0", 1, "1s,5s", "0s", 1, "0s")]
    [InlineData("garp_master_refresh 30", 1, "1s,5s", "30s", 1, "0s")]
    [InlineData("garp_lower_prio_repeat 2", 1, "1s,5s", "1m", 2, "5s")]
    [InlineData("garp_master_repeat 3\n garp_lower_prio_repeat 0\n garp_lower_prio_delay 7", 3, "5s", "1m", 0, "7s")]
    [InlineData("garp_extra_if all 20", 1, "1s,5s", "1m", 1, "0s")]
    public void Announcements(string lines, int copies, string repeats, string refresh, int lower, string lowerDelay)
    {
        var a = Clean($"{Head} {lines}{Tail}").Announcement;
        Assert.Equal(
            (copies, repeats, refresh, lower, lowerDelay),
            (a.Copies, string.Join(',', a.RepeatAfter.Select(DurationText.Format)), DurationText.Format(a.RefreshInterval), a.LowerPriorityCopies, DurationText.Format(a.LowerPriorityDelay)));
    }

    [Theory]
    [InlineData("vrrp_min_garp", 1, "", "0s", 1, "0s")]
    [InlineData("vrrp_garp_lower_prio_repeat 4\n vrrp_garp_lower_prio_delay 3", 1, "1s,5s", "1m", 4, "3s")]
    public void Announcements_of_all_instances(string line, int copies, string repeats, string refresh, int lower, string lowerDelay)
    {
        var a = Clean($"global_defs {{\n {line}\n}}\n{Head}{Tail}").Announcement;
        Assert.Equal(
            (copies, repeats, refresh, lower, lowerDelay),
            (a.Copies, string.Join(',', a.RepeatAfter.Select(DurationText.Format)), DurationText.Format(a.RefreshInterval), a.LowerPriorityCopies, DurationText.Format(a.LowerPriorityDelay)));
    }

    [Fact]
    public void Addresses_on_other_interfaces_are_refreshed_as_often_as_asked()
    {
        var result = Read($"{Head} garp_extra_if all 20\n virtual_ipaddress_excluded {{\n 198.51.100.9/24 dev eth9\n }}{Tail}");
        Assert.Equal(TimeSpan.FromSeconds(20), Assert.Single(result.Document.Instances).Announcement.RefreshInterval);
        Assert.Equal((ConfigurationSeverity.Information, ConfigurationCodes.Adjusted), (Assert.Single(result.Diagnostics).Severity, result.Diagnostics[0].Code));
    }

    [Fact]
    public void Unicast_peers_may_be_required_and_a_boot_delayed()
    {
        var result = Read($"global_defs {{\n vrrp_delay_after_boot 20.5\n}}\n{Head} unicast_fault_no_peer{Tail}");
        var c = Assert.Single(result.Document.Instances);
        Assert.Equal((true, 20.5), (c.RequireUnicastPeer, c.DelayAfterBoot.TotalSeconds));
        Assert.Equal(ConfigurationCodes.Advice, Assert.Single(result.Diagnostics).Code);
    }

    [Fact]
    public void One_virtual_router_twice_on_an_interface_is_an_error()
    {
        var d = Assert.Single(Read(Head + Tail + Head.Replace(" A ", " B ", StringComparison.Ordinal) + Tail).Diagnostics);
        Assert.Equal((ErrorIds.DuplicateVirtualRouter, 11, 20), (d.Code, d.Line, d.Column));
    }

    [Fact]
    public void MASTER_without_priority_is_the_owner_as_in_keepalived()
    {
        var result = Read($"{Head} state MASTER{Tail}");
        Assert.Equal(255, Assert.Single(result.Document.Instances).Priority);
        Assert.Equal(ConfigurationCodes.Adjusted, Assert.Single(result.Diagnostics).Code);
    }

    [Fact]
    public void Virtual_servers_are_one_line_of_information()
    {
        var result = Read(Head + Tail + "virtual_server 192.0.2.1 80 {\n whatever {\n x\n }\n}\nvirtual_server_group g {\n}\n");
        var d = Assert.Single(result.Diagnostics);
        Assert.Equal((ConfigurationSeverity.Information, ConfigurationCodes.VirtualServer, 9, 1), (d.Severity, d.Code, d.Line, d.Column));
    }

    private static ConfigurationResult Read(string text) => KeepalivedReader.Read(text, "k.conf", new ConfigurationReadOptions { KeepalivedConfigId = "me" });

    private static InstanceConfiguration Clean(string text)
    {
        var result = Read(text);
        Assert.Empty(result.Diagnostics);
        return Assert.Single(result.Document.Instances);
    }
}
