using VrrpPS.Engine.Checks;
using VrrpPS.Engine.Checks.Environment;
using VrrpPS.Engine.Checks.Environment.Facts;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Tests.Configuration;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Checks.Environment;

/// <summary>What the checks make of machines that are described, not had.</summary>
public sealed class EnvironmentChecksTests
{
    private const Capabilities Everything = Capabilities.NetAdmin | Capabilities.NetRaw | Capabilities.SysAdmin | Capabilities.SetUid | Capabilities.SetGid;

    private static readonly InterfaceFacts s_eth0 = new()
    {
        Link = new LinkInfo { Index = 2, Name = "eth0", Flags = LinkFlags.Up | LinkFlags.Running | LinkFlags.Multicast },
        Addresses = [Address("192.0.2.1"), Address("fe80::1")],
        Settings = new Dictionary<string, int>(StringComparer.Ordinal) { ["ipv4/promote_secondaries"] = 1 },
    };

    private static readonly EnvironmentFacts s_good = new()
    {
        Options = new EnvironmentOptions { InterfaceNames = ["eth0"] },
        Capabilities = Everything,
        Kernel = new Version(6, 12),
        Interfaces = [s_eth0],
        BindsNonlocal = true,
        ClockSource = "tsc",
    };

    [Fact]
    public void A_good_machine_gives_no_finding() => Assert.Empty(EnvironmentReport.Judge(s_good));

    [Fact]
    public void Missing_capabilities_are_named_with_the_ways_to_get_them()
    {
        var finding = Find(FindingCodes.MissingCapability, VrrpFindingSeverity.Error, s_good with { Capabilities = Everything & ~Capabilities.NetRaw });
        Assert.Contains("CAP_NET_RAW", finding.Message, StringComparison.Ordinal);
        Assert.Contains("--cap-add NET_RAW", finding.Fix, StringComparison.Ordinal);
        Assert.Contains("named network namespaces", Find(FindingCodes.MissingCapability, VrrpFindingSeverity.Information, s_good with { Capabilities = Everything & ~Capabilities.SysAdmin }).Message, StringComparison.Ordinal);
        Assert.Contains("CAP_SETUID", Find(FindingCodes.MissingCapability, VrrpFindingSeverity.Information, s_good with { Capabilities = Everything & ~Capabilities.SetUid }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Kernels_are_judged()
    {
        _ = Find(FindingCodes.KernelTooOld, VrrpFindingSeverity.Error, s_good with { Kernel = new Version(5, 10) });
    }

    [Fact]
    public void Interfaces_are_judged()
    {
        _ = Find(FindingCodes.InterfaceMissing, VrrpFindingSeverity.Error, s_good with { Interfaces = [] });
        Assert.Contains("no carrier", Find(FindingCodes.InterfaceDown, VrrpFindingSeverity.Warning, With(Flags(LinkFlags.Up | LinkFlags.Multicast))).Message, StringComparison.Ordinal);
        Assert.Contains("switched off", Find(FindingCodes.InterfaceDown, VrrpFindingSeverity.Warning, With(Flags(LinkFlags.Multicast))).Message, StringComparison.Ordinal);
        _ = Find(FindingCodes.NoMulticast, VrrpFindingSeverity.Error, With(Flags(LinkFlags.Up | LinkFlags.Running)));
        _ = Find(FindingCodes.NoSourceAddress, VrrpFindingSeverity.Warning, With(s_eth0 with { Addresses = [Address("fe80::1")] }));
        _ = Find(FindingCodes.NoSourceAddress, VrrpFindingSeverity.Information, With(s_eth0 with { Addresses = [Address("192.0.2.1"), Address("fe80::1", AddressFlags.Tentative)] }));
    }

    [Fact]
    public void Multicast_does_not_matter_to_unicast()
    {
        var unicast = With(Flags(LinkFlags.Up | LinkFlags.Running)) with { Options = new EnvironmentOptions { UnicastPeers = [InetAddress.Parse("192.0.2.2")] } };
        Assert.Empty(EnvironmentReport.Judge(unicast));
    }

    [Fact]
    public void A_snooping_bridge_needs_a_querier()
    {
        var bridge = new LinkInfo { Index = 9, Name = "br0", Kind = "bridge", SnoopsMulticast = true };
        Assert.Contains("br0", Find(FindingCodes.SnoopingWithoutQuerier, VrrpFindingSeverity.Warning, With(s_eth0 with { Bridge = bridge })).Message, StringComparison.Ordinal);
        Assert.Empty(EnvironmentReport.Judge(With(s_eth0 with { Bridge = bridge with { QueriesMulticast = true } })));
    }

    [Fact]
    public void Programs_before_the_stack_are_warned_of()
    {
        _ = Find(FindingCodes.PacketProgram, VrrpFindingSeverity.Warning, With(s_eth0 with { Link = s_eth0.Link with { HasReceiveProgram = true } }));
        _ = Find(FindingCodes.PacketProgram, VrrpFindingSeverity.Warning, With(s_eth0 with { HasPacketHook = true }));
    }

    [Theory]
    [InlineData("ipv4/promote_secondaries", 0, FindingCodes.PromoteSecondariesOff, VrrpFindingSeverity.Information)]
    [InlineData("ipv4/arp_ignore", 8, FindingCodes.ArpIgnored, VrrpFindingSeverity.Error)]
    [InlineData("ipv4/rp_filter", 1, FindingCodes.StrictReversePath, VrrpFindingSeverity.Information)]
    [InlineData("ipv6/disable_ipv6", 1, FindingCodes.IPv6Disabled, VrrpFindingSeverity.Information)]
    [InlineData("ipv6/accept_dad", 2, FindingCodes.DuplicateDisablesIPv6, VrrpFindingSeverity.Warning)]
    public void Kernel_settings_are_judged(string name, int value, string code, VrrpFindingSeverity severity)
    {
        var settings = new Dictionary<string, int>(s_eth0.Settings, StringComparer.Ordinal) { [name] = value };
        _ = Find(code, severity, With(s_eth0 with { Settings = settings }));
    }

    [Fact]
    public void Binding_a_virtual_address_on_a_Backup_is_explained()
        => Find(FindingCodes.NonlocalBindOff, VrrpFindingSeverity.Information, s_good with { BindsNonlocal = false });

    [Theory]
    [InlineData("[Network]\nDHCP=yes", true)]
    [InlineData("[Network]\nKeepConfiguration=no", true)]
    [InlineData("[Network]\nKeepConfiguration=yes", false)]
    [InlineData("[Network]\nDHCP=yes\nKeepConfiguration = x\nKeepConfiguration=static", false)]
    public void A_networkd_file_that_does_not_keep_addresses_is_warned_of(string text, bool warns)
    {
        var facts = With(s_eth0 with { Networkd = ("/etc/systemd/network/lan.network", text) });
        Assert.Equal(warns, EnvironmentReport.Judge(facts).Any(static finding => finding.Code == FindingCodes.NetworkdRemovesAddresses));
    }

    [Fact]
    public void netplan_gets_its_own_remedy()
        => Assert.Contains("critical: true", Find(FindingCodes.NetworkdRemovesAddresses, VrrpFindingSeverity.Warning, With(s_eth0 with { Networkd = ("/run/systemd/network/10-netplan-eth0.network", "[Network]") })).Fix, StringComparison.Ordinal);

    [Fact]
    public void NetworkManager_and_DHCP_clients_are_warned_of()
    {
        _ = Find(FindingCodes.NetworkManagerManages, VrrpFindingSeverity.Warning, With(s_eth0 with { IsNetworkManagers = true }));
        _ = Find(FindingCodes.DhcpClientFlushes, VrrpFindingSeverity.Warning, s_good with { Programs = [("dhclient", "dhclient -v eth0")] });
        Assert.Empty(EnvironmentReport.Judge(s_good with { Programs = [("dhclient", "dhclient -v eth1")] }));
    }

    [Fact]
    public void A_local_keepalived_is_an_error_only_for_the_same_virtual_router()
    {
        var facts = s_good with { Keepaliveds = [new KeepalivedFacts(7, "keepalived", [("eth0", 41)]), new KeepalivedFacts(8, "keepalived", [("eth0", 41)])] };
        _ = Find(FindingCodes.LocalKeepalived, VrrpFindingSeverity.Information, facts);
        _ = Find(FindingCodes.LocalKeepalived, VrrpFindingSeverity.Error, facts with { Options = facts.Options with { VirtualRouterId = 41 } });
        Assert.Contains("cannot be read", Find(FindingCodes.LocalKeepalived, VrrpFindingSeverity.Information, s_good with { Keepaliveds = [new KeepalivedFacts(7, "keepalived", null)] }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_heard_is_told_and_a_free_id_named()
    {
        var facts = s_good with { Adverts = [Advert(1), Advert(2), Advert(2)] };
        var findings = EnvironmentReport.Judge(facts);
        Assert.Equal(["virtual router 1 on eth0", "virtual router 2 on eth0"], findings.Where(static finding => finding.Code == FindingCodes.VirtualRouterIdInUse).Select(static finding => finding.Subject));
        Assert.StartsWith("Virtual router id 3 ", Find(FindingCodes.FreeVirtualRouterId, VrrpFindingSeverity.Information, facts).Message, StringComparison.Ordinal);
        _ = Find(FindingCodes.VirtualRouterIdInUse, VrrpFindingSeverity.Warning, s_good with { Adverts = [Advert(41)], Options = s_good.Options with { VirtualRouterId = 41 } });
        _ = Find(FindingCodes.HeardNobody, VrrpFindingSeverity.Information, s_good with { Adverts = [] });
    }

    [Fact]
    public void What_is_wrong_with_an_advertisement_is_told_once_per_sender()
    {
        var wrong = Advert(41) with { Problem = ["The TTL is 64."], ProblemCode = [AdvertProblemCode.TimeToLive] };
        Assert.Equal("The TTL is 64.", Find(FindingCodes.AdvertisementProblem, VrrpFindingSeverity.Warning, s_good with { Adverts = [wrong, wrong] }).Message);
    }

    [Fact]
    public void Containers_and_clocks_are_judged()
    {
        Assert.Contains("--network host", Find(FindingCodes.Container, VrrpFindingSeverity.Information, s_good with { Container = "docker" }).Fix, StringComparison.Ordinal);
        _ = Find(FindingCodes.SlowClockSource, VrrpFindingSeverity.Warning, s_good with { ClockSource = "hpet" });
        _ = Find(FindingCodes.ProcessorStolen, VrrpFindingSeverity.Warning, s_good with { StolenShare = 0.1 });
    }

    [Fact]
    public void What_was_not_looked_at_is_said()
        => Assert.Equal("why", Find(FindingCodes.NotLookedAt, VrrpFindingSeverity.Information, s_good with { Unseen = [("x", "why")] }).Fix);

    [Fact]
    public void The_machines_files_are_read()
    {
        using var root = new TemporaryFolder();
        var files = new SystemFiles(root.Path);
        Assert.Null(HostFacts.Networkd(files, 2));
        Assert.Null(HostFacts.Container(files));
        Assert.Equal(0, HostFacts.StolenShare(files));
        _ = root.Write("run/systemd/netif/links/2", "ADMIN_STATE=configured\nNETWORK_FILE=/etc/systemd/network/lan.network\n");
        _ = root.Write("etc/systemd/network/lan.network", "[Network]\nDHCP=yes\n");
        _ = root.Write("etc/systemd/network/lan.network.d/vrrp.conf", "[Network]\nKeepConfiguration=yes\n");
        _ = root.Write("run/NetworkManager/devices/3", "[device]\nmanaged=true\n");
        _ = root.Write("run/NetworkManager/devices/4", "[device]\nmanaged=false\n");
        _ = root.Write(".dockerenv", string.Empty);
        _ = root.Write("proc/stat", "cpu  10 0 10 60 0 0 0 20 0 0\ncpu0 1 2 3\n");
        Assert.Contains("KeepConfiguration=yes", HostFacts.Networkd(files, 2)!.Value.Text, StringComparison.Ordinal);
        Assert.Equal((true, false), (HostFacts.IsNetworkManagers(files, 3), HostFacts.IsNetworkManagers(files, 4)));
        Assert.Equal("docker", HostFacts.Container(files));
        Assert.Equal(0.2, HostFacts.StolenShare(files), 3);
    }

    private static AddressInfo Address(string text, AddressFlags flags = AddressFlags.None)
        => new(2, InetAddress.Parse(text), 24, 0, flags, AddressAssignment.Forever, AddressAssignment.Forever, 0, 0);

    private static InterfaceFacts Flags(LinkFlags flags) => s_eth0 with { Link = s_eth0.Link with { Flags = flags } };

    private static EnvironmentFacts With(InterfaceFacts found) => s_good with { Interfaces = [found] };

    private static VrrpAdvert Advert(int id) => new()
    {
        Timestamp = DateTimeOffset.UnixEpoch,
        Direction = AdvertDirection.Received,
        InterfaceName = "eth0",
        AddressFamily = AddressFamily.IPv4,
        SourceAddress = "192.0.2.9",
        DestinationAddress = "224.0.0.18",
        TimeToLive = 255,
        Version = 3,
        VirtualRouterId = id,
        Priority = 100,
    };

    private static VrrpFinding Find(string code, VrrpFindingSeverity severity, EnvironmentFacts facts)
    {
        var finding = Assert.Single(EnvironmentReport.Judge(facts), finding => finding.Code == code);
        Assert.Equal(severity, finding.Severity);
        return finding;
    }
}
