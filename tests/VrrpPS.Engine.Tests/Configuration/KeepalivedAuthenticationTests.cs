using VrrpPS.Engine.Configuration;
using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Engine.Tests.Configuration;

/// <summary>What keepalived.conf says about authentication and timers.</summary>
public sealed class KeepalivedAuthenticationTests
{
    private const string Hex = "hex:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    [Fact]
    public void AH_is_carried_over()
    {
        var c = Instance("authentication {\n auth_type AH\n auth_pass s3cret\n }");
        Assert.Equal((AuthenticationMethod.AH, 6), (c.AuthenticationType, c.AuthenticationPass!.Length));
        Assert.Equal(AuthenticationMethod.Pass, Instance("authentication {\n auth_type PASS\n auth_pass s3cret\n }").AuthenticationType);
    }

    [Fact]
    public void A_whole_auth_hmac_block_is_carried_over()
    {
        var hmac = Instance($"auth_hmac {{\n key 1 {Hex}\n key 2 {new string('k', 40)}\n active_key 2\n anti_replay monotonic\n time_window 7\n mode receive-only\n }}").Hmac;
        Assert.NotNull(hmac);
        Assert.Equal([(1, 32), (2, 40)], hmac.Keys.Select(static key => (key.Id, key.Key.Length)));
        Assert.Equal(31, hmac.Keys[0].Key.Reveal()[31]);
        Assert.Equal((2, HmacMode.ReceiveOnly, HmacAntiReplay.Monotonic, TimeSpan.FromSeconds(7)), (hmac.ActiveKey, hmac.Mode, hmac.AntiReplay, hmac.TimeWindow));
    }

    [Fact]
    public void Its_defaults_are_those_of_keepalived()
    {
        var c = Instance($"advert_int 4\n auth_hmac {{\n key 1 {Hex}\n active_key 1\n }}");
        Assert.Equal((HmacMode.Enforce, HmacAntiReplay.Time), (c.Hmac!.Mode, c.Hmac.AntiReplay));
        Assert.Equal(12, c.Hmac.WindowSeconds(c.AdvertisementInterval));
        Assert.Equal(5, c.Hmac.WindowSeconds(Protocol.Interval.OneSecond));
    }

    [Fact]
    public void A_key_comes_from_a_file()
    {
        using var folder = new TemporaryFolder();
        _ = folder.Write("key", Hex + "\n");
        string path = folder.Write("k.conf", Text("auth_hmac {\n key 1 file:key\n active_key 1\n }"));
        var document = ConfigurationFile.Load(path).EnsureUsable(allowPartial: false);
        Assert.Equal(32, document.Instances[0].Hmac!.Keys[0].Key.Length);
    }

    [Theory]
    [InlineData("auth_hmac {\n key 1 KEY\n }", ConfigurationCodes.MissingValue)]
    [InlineData("auth_hmac {\n key 300 KEY\n active_key 1\n }", ConfigurationCodes.InvalidValue)]
    [InlineData("auth_hmac {\n key 1 hex:0\n active_key 1\n }", ConfigurationCodes.InvalidValue)]
    [InlineData("auth_hmac {\n key 1 file:/nowhere/at/all\n active_key 1\n }", "ConfigurationUnreadable")]
    [InlineData("auth_hmac {\n key 1 tooshort\n active_key 1\n }", "InvalidAuthentication")]
    [InlineData("auth_hmac {\n key 1 KEY\n active_key 2\n }", "InvalidAuthentication")]
    [InlineData("auth_hmac {\n key 1 KEY\n active_key 1\n mode strict\n }", ConfigurationCodes.InvalidValue)]
    [InlineData("auth_hmac {\n key 1 KEY\n active_key 1\n time_window 301\n }", ConfigurationCodes.InvalidValue)]
    [InlineData("timer_expired_backup 255", ConfigurationCodes.InvalidValue)]
    [InlineData("down_timer_adverts 101", ConfigurationCodes.InvalidValue)]
    public void What_cannot_be_is_an_error_that_shows_no_key(string lines, string code)
    {
        var result = KeepalivedReaderText(lines.Replace("KEY", Hex, StringComparison.Ordinal));
        Assert.Contains(result.Diagnostics, d => d.Code == code && d.Severity == ConfigurationSeverity.Error);
        Assert.DoesNotContain(result.Diagnostics, static d => d.Message.Contains("0001020304", StringComparison.Ordinal) || d.Message.Contains("tooshort", StringComparison.Ordinal));
    }

    [Fact]
    public void Keys_drop_a_password_and_strict_mode_enforces_them()
    {
        var result = KeepalivedReaderText($"strict_mode\n authentication {{\n auth_type PASS\n auth_pass x\n }}\n auth_hmac {{\n key 1 {Hex}\n active_key 1\n mode permissive\n }}");
        var c = Assert.Single(result.Document.Instances);
        Assert.Null(c.AuthenticationPass);
        Assert.Equal(HmacMode.Enforce, c.Hmac!.Mode);
        Assert.Equal(2, result.Diagnostics.Count(static d => d.Code == ConfigurationCodes.Adjusted));
    }

    [Theory]
    [InlineData("", "down_timer_adverts 5", 5, 0)]
    [InlineData("vrrp_down_timer_adverts 7", "", 7, 0)]
    [InlineData("vrrp_down_timer_adverts 7", "down_timer_adverts 2", 2, 0)]
    [InlineData("", "strict_mode\n down_timer_adverts 5", 3, 1)]
    public void The_down_timer_is_carried_over_unless_strict(string globals, string lines, int adverts, int adjusted)
    {
        var result = KeepalivedReaderText(lines, globals);
        Assert.Equal(adverts, Assert.Single(result.Document.Instances).DownTimerAdverts);
        Assert.Equal(adjusted, result.Diagnostics.Count(static d => d.Code == ConfigurationCodes.Adjusted));
    }

    [Theory]
    [InlineData("", "priority 255\n owner_ignore_adverts", true, 0)]
    [InlineData("vrrp_owner_ignore_adverts", "priority 255", true, 0)]
    [InlineData("vrrp_owner_ignore_adverts", "priority 255\n owner_ignore_adverts off", false, 0)]
    [InlineData("vrrp_owner_ignore_adverts", "priority 100", false, 0)]
    [InlineData("", "priority 255\n strict_mode", true, 0)]
    [InlineData("", "priority 100\n owner_ignore_adverts", false, 1)]
    public void Only_an_owner_ignores(string globals, string lines, bool ignores, int adjusted)
    {
        var result = KeepalivedReaderText(lines, globals);
        Assert.Equal(ignores, Assert.Single(result.Document.Instances).OwnerIgnoreAdverts);
        Assert.Equal(adjusted, result.Diagnostics.Count(static d => d.Code == ConfigurationCodes.Adjusted));
    }

    [Theory]
    [InlineData("nopreempt\n timer_expired_backup", 254, 0)]
    [InlineData("nopreempt\n timer_expired_backup 120", 120, 0)]
    [InlineData("nopreempt\n thread_timer_expired 120", 120, 0)]
    [InlineData("timer_expired_backup 120", 0, 1)]
    public void A_late_timer_concerns_a_node_that_does_not_preempt(string lines, int priority, int adjusted)
    {
        var result = KeepalivedReaderText(lines);
        Assert.Equal(priority, Assert.Single(result.Document.Instances).TimerExpiredBackup);
        Assert.Equal(adjusted, result.Diagnostics.Count(static d => d.Code == ConfigurationCodes.Adjusted));
    }

    private static InstanceConfiguration Instance(string lines)
    {
        var result = KeepalivedReaderText(lines);
        Assert.Empty(result.Diagnostics);
        return Assert.Single(result.Document.Instances);
    }

    private static ConfigurationResult KeepalivedReaderText(string lines, string globals = "")
        => Engine.Configuration.Keepalived.KeepalivedReader.Read($"global_defs {{\n {globals}\n}}\n{Text(lines)}", "k.conf");

    private static string Text(string lines)
        => $"vrrp_instance V {{\n interface eth0\n virtual_router_id 7\n {lines}\n virtual_ipaddress {{\n 192.0.2.1/24\n }}\n}}\n";
}
