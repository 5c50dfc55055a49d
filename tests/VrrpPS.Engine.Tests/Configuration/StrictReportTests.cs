using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Keepalived;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Engine.Tests.Configuration;

/// <summary>Strict mode reports what is not as the RFC has it, and changes nothing.</summary>
public sealed class StrictReportTests
{
    /// <summary>An owner in version 3 with the RFC's checksum: nothing to say.</summary>
    private static readonly InstanceConfiguration ByTheBook = new()
    {
        Name = "v",
        InterfaceName = "eth0",
        VirtualRouterId = 7,
        AddressFamily = AddressFamily.IPv4,
        VirtualAddresses = [VirtualAddress.Parse("192.0.2.1/24")],
        Priority = 255,
        ChecksumStyle = ChecksumStyle.Rfc9568,
    };

    private static readonly InstanceConfiguration V6 = ByTheBook with
    {
        AddressFamily = AddressFamily.IPv6,
        VirtualAddresses = [VirtualAddress.Parse("2001:db8::1/64"), VirtualAddress.Parse("fe80::1/64")],
    };

    private static readonly InstanceConfiguration V2 = ByTheBook with { Version = VrrpVersion.V2 };

    public static TheoryData<string, InstanceConfiguration, string> Deviations => new()
    {
        { "StrictUnicast", ByTheBook with { UnicastPeers = [InetAddress.Parse("192.0.2.9")] }, "RFC 9568 section 5.1.1.2" },
        { "StrictUnicast", V6 with { UnicastPeers = [InetAddress.Parse("2001:db8::9")] }, "RFC 9568 section 5.1.2.2" },
        { "StrictChecksum", ByTheBook with { ChecksumStyle = ChecksumStyle.Auto }, "RFC 9568 section 5.2.8" },
        { "StrictFirstAddress", V6 with { VirtualAddresses = [V6.VirtualAddresses[0]] }, "RFC 9568 section 5.2.9" },
        { "StrictFirstAddress", V6 with { VirtualAddresses = [V6.VirtualAddresses[0], V6.VirtualAddresses[1] with { Advertised = false }] }, "RFC 9568 section 5.2.9" },
        { "StrictPassword", V2 with { AuthenticationPass = Secret.FromText("x") }, "RFC 3768 section 5.3.6" },
        { "StrictHmac", ByTheBook with { Hmac = Hmac(HmacMode.Permissive) }, "RFC 9568 section 9" },
        { "StrictDownTimer", ByTheBook with { DownTimerAdverts = 4 }, "RFC 9568 section 6.1" },
        { "StrictDownTimer", V2 with { DownTimerAdverts = 4 }, "RFC 3768 section 6.1" },
        { "StrictStartupDelay", ByTheBook with { StartupDelay = TimeSpan.FromSeconds(1) }, "RFC 9568 section 6.4.1" },
        { "StrictPreemptDelay", ByTheBook with { PreemptDelay = TimeSpan.FromSeconds(1) }, "RFC 9568 section 6.4.2" },
        { "StrictExpiredTimer", ByTheBook with { TimerExpiredBackup = 254, Preempt = false }, "RFC 9568 section 6.4.3" },
        { "StrictOwner", ByTheBook with { OwnerIgnoreAdverts = true }, "RFC 9568 section 6.4.3" },
        { "StrictAccept", ByTheBook with { Priority = 254 }, "RFC 9568 section 6.1" },
        { "StrictAccept", V2 with { Priority = 254 }, "RFC 3768 section 6.4.3" },
    };

    [Fact]
    public void By_the_book_there_is_nothing_to_say()
        => Assert.All(
            (InstanceConfiguration[])[ByTheBook, V2 with { ChecksumStyle = ChecksumStyle.Auto }, V6 with { ChecksumStyle = ChecksumStyle.Auto }, ByTheBook with { Hmac = Hmac(HmacMode.Enforce) }],
            static c => Assert.Empty(StrictReport.Of(c)));

    [Theory]
    [MemberData(nameof(Deviations))]
    public void Each_deviation_has_its_code_and_section(string code, InstanceConfiguration configuration, string section)
    {
        Assert.Empty(ConfigurationValidator.Validate(configuration));
        var finding = Assert.Single(StrictReport.Of(configuration));
        Assert.Equal((code, section), (finding.Code, finding.Section));
        Assert.NotNull(typeof(InstanceConfiguration).GetProperty(finding.PropertyName));
    }

    [Theory]
    [InlineData("vrrp_strict", "version 3", new[] { "StrictChecksum", "StrictAccept" })]
    [InlineData("", "strict_mode on\n version 3\n nopreempt\n timer_expired_backup", new[] { "StrictChecksum", "StrictExpiredTimer", "StrictAccept" })]
    [InlineData("", "version 3", new string[0])]
    [InlineData("vrrp_strict", "strict_mode off\n version 3", new string[0])]
    public void The_keepalived_reader_tells_them_when_strict_mode_is_on(string globals, string lines, string[] codes)
    {
        var result = KeepalivedReader.Read(
            $"global_defs {{\n {globals}\n}}\nvrrp_instance V {{\n interface eth0\n virtual_router_id 7\n state BACKUP\n {lines}\n virtual_ipaddress {{\n 192.0.2.1/24\n }}\n}}\n", "k.conf");
        var told = result.Diagnostics.Where(static d => d.Severity == ConfigurationSeverity.Information).ToArray();
        Assert.Equal(codes.Order(), told.Select(static d => d.Code).Order());
        Assert.All(told, static d => Assert.True(d.Line > 0 && !d.IsLoss));
        Assert.False(result.HasErrors);
    }

    private static HmacConfiguration Hmac(HmacMode mode) => new() { Keys = [new HmacKey(1, new Secret(new byte[32]))], ActiveKey = 1, Mode = mode };
}
