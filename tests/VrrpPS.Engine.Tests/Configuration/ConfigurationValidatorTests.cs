using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Configuration;

public sealed class ConfigurationValidatorTests
{
    private static readonly InstanceConfiguration V4 = Sample("192.0.2.1/24");
    private static readonly InstanceConfiguration V6 = Sample("fe80::1/64", "2001:db8::1/64");

    public static TheoryData<string, InstanceConfiguration> Good => new()
    {
        { "IPv4", V4 },
        { "IPv6", V6 },
        { "v2", V4 with { Version = VrrpVersion.V2, AdvertisementInterval = Interval.FromSeconds(255) } },
        { "v3 longest", V4 with { AdvertisementInterval = new Interval(4095) } },
        { "v3 shortest", V4 with { AdvertisementInterval = new Interval(1) } },
        { "vrid 255, owner", V4 with { VirtualRouterId = 255, Priority = 255 } },
        { "password", V4 with { Version = VrrpVersion.V2, AuthenticationPass = Secret.FromText("12345678") } },
        { "peers", V4 with { SourceAddress = InetAddress.Parse("192.0.2.10"), UnicastPeers = [InetAddress.Parse("192.0.2.11"), InetAddress.Parse("192.0.2.12")] } },
        { "lease", V4 with { AddressLease = TimeSpan.FromSeconds(2) } },
        { "longest interface name", V4 with { InterfaceName = "abcdefghijklmno" } },
        { "preempt delay", V4 with { PreemptDelay = TimeSpan.FromSeconds(1000), StartupDelay = TimeSpan.FromHours(1) } },
        { "255 IPv4 addresses", V4 with { VirtualAddresses = Many(255) } },
        { "256, one excluded", V4 with { VirtualAddresses = [.. Many(255), VirtualAddress.Parse("10.9.9.9") with { Advertised = false }] } },
        { "/31 has hosts only", Sample("192.0.2.0/31") },
        { "host address ending in 255", Sample("192.0.2.255") },
        { "AH", V4 with { Version = VrrpVersion.V2, AuthenticationPass = Secret.FromText("12345678"), AuthenticationType = AuthenticationMethod.AH } },
        { "HMAC", V6 with { Hmac = Hmac(64) } },
        { "down timer", V4 with { DownTimerAdverts = 100 } },
        { "deaf owner", V4 with { OwnerIgnoreAdverts = true, Priority = 255 } },
        { "late timer", V4 with { TimerExpiredBackup = 254, Preempt = false } },
        { "never refresh", V4 with { Announcement = new AnnouncementOptions { RefreshInterval = TimeSpan.Zero, RepeatAfter = [] } } },
    };

    private static HmacConfiguration Hmac(int length) => new() { Keys = [new HmacKey(1, new Secret(new byte[length]))], ActiveKey = 1 };

    public static TheoryData<string, InstanceConfiguration, string, string> Bad => new()
    {
        { "name", V4 with { Name = " " }, nameof(V4.Name), ErrorIds.InvalidConfiguration },
        { "vrid 0", V4 with { VirtualRouterId = 0 }, nameof(V4.VirtualRouterId), ErrorIds.InvalidVirtualRouterId },
        { "vrid 256", V4 with { VirtualRouterId = 256 }, nameof(V4.VirtualRouterId), ErrorIds.InvalidVirtualRouterId },
        { "priority 0", V4 with { Priority = 0 }, nameof(V4.Priority), ErrorIds.InvalidPriority },
        { "priority 256", V4 with { Priority = 256 }, nameof(V4.Priority), ErrorIds.InvalidPriority },
        { "version 4", V4 with { Version = (VrrpVersion)4 }, nameof(V4.Version), ErrorIds.InvalidConfiguration },
        { "IPv6 in v2", V6 with { Version = VrrpVersion.V2 }, nameof(V4.Version), ErrorIds.InvalidConfiguration },
        { "v2 fraction", V4 with { Version = VrrpVersion.V2, AdvertisementInterval = new Interval(150) }, nameof(V4.AdvertisementInterval), ErrorIds.InvalidInterval },
        { "v2 256 s", V4 with { Version = VrrpVersion.V2, AdvertisementInterval = new Interval(25600) }, nameof(V4.AdvertisementInterval), ErrorIds.InvalidInterval },
        { "v3 0", V4 with { AdvertisementInterval = new Interval(0) }, nameof(V4.AdvertisementInterval), ErrorIds.InvalidInterval },
        { "v3 40.96 s", V4 with { AdvertisementInterval = new Interval(4096) }, nameof(V4.AdvertisementInterval), ErrorIds.InvalidInterval },
        { "style", V4 with { ChecksumStyle = (ChecksumStyle)9 }, nameof(V4.ChecksumStyle), ErrorIds.InvalidConfiguration },
        { "interface empty", V4 with { InterfaceName = "" }, nameof(V4.InterfaceName), ErrorIds.InvalidInterfaceName },
        { "interface 16", V4 with { InterfaceName = "abcdefghijklmnop" }, nameof(V4.InterfaceName), ErrorIds.InvalidInterfaceName },
        { "interface slash", V4 with { InterfaceName = "eth/0" }, nameof(V4.InterfaceName), ErrorIds.InvalidInterfaceName },
        { "interface space", V4 with { InterfaceName = "eth 0" }, nameof(V4.InterfaceName), ErrorIds.InvalidInterfaceName },
        { "interface alias", V4 with { InterfaceName = "eth0:1" }, nameof(V4.InterfaceName), ErrorIds.InvalidInterfaceName },
        { "interface dots", V4 with { InterfaceName = ".." }, nameof(V4.InterfaceName), ErrorIds.InvalidInterfaceName },
        { "tracked", V4 with { TrackInterfaces = ["a b"] }, nameof(V4.TrackInterfaces), ErrorIds.InvalidInterfaceName },
        { "tracked twice", V4 with { TrackInterfaces = ["a", "a"] }, nameof(V4.TrackInterfaces), ErrorIds.InvalidConfiguration },
        { "namespace", V4 with { NetworkNamespace = "../x" }, nameof(V4.NetworkNamespace), ErrorIds.InvalidConfiguration },
        { "family", V4 with { AddressFamily = (AddressFamily)5 }, nameof(V4.AddressFamily), ErrorIds.InvalidConfiguration },
        { "no address", V4 with { VirtualAddresses = [] }, nameof(V4.VirtualAddresses), ErrorIds.InvalidAddress },
        { "only excluded", V4 with { VirtualAddresses = [V4.VirtualAddresses[0] with { Advertised = false }] }, nameof(V4.VirtualAddresses), ErrorIds.InvalidAddress },
        { "mixed", V4 with { VirtualAddresses = [.. V4.VirtualAddresses, .. V6.VirtualAddresses] }, nameof(V4.VirtualAddresses), ErrorIds.MixedAddressFamily },
        { "wrong family", V6 with { AddressFamily = AddressFamily.IPv4 }, nameof(V4.VirtualAddresses), ErrorIds.InvalidAddress },
        { "twice", Sample("192.0.2.1/24", "192.0.2.1"), nameof(V4.VirtualAddresses), ErrorIds.InvalidAddress },
        { "unspecified", Sample("0.0.0.0"), nameof(V4.VirtualAddresses), ErrorIds.InvalidAddress },
        { "multicast", Sample("224.0.0.18/24"), nameof(V4.VirtualAddresses), ErrorIds.InvalidAddress },
        { "multicast v6", Sample("ff02::12"), nameof(V4.VirtualAddresses), ErrorIds.InvalidAddress },
        { "loopback", Sample("127.0.0.2/8"), nameof(V4.VirtualAddresses), ErrorIds.InvalidAddress },
        { "broadcast", Sample("255.255.255.255"), nameof(V4.VirtualAddresses), ErrorIds.InvalidAddress },
        { "subnet broadcast", Sample("192.0.2.255/24"), nameof(V4.VirtualAddresses), ErrorIds.InvalidAddress },
        { "subnet number", Sample("192.0.2.0/24"), nameof(V4.VirtualAddresses), ErrorIds.InvalidAddress },
        { "mapped", Sample("::ffff:192.0.2.1"), nameof(V4.VirtualAddresses), ErrorIds.InvalidAddress },
        { "none", V4 with { VirtualAddresses = [new VirtualAddress(default, 24)] }, nameof(V4.VirtualAddresses), ErrorIds.InvalidAddress },
        { "prefix 0", V4 with { VirtualAddresses = [V4.VirtualAddresses[0] with { PrefixLength = 0 }] }, nameof(V4.VirtualAddresses), ErrorIds.InvalidPrefixLength },
        { "prefix 33", V4 with { VirtualAddresses = [V4.VirtualAddresses[0] with { PrefixLength = 33 }] }, nameof(V4.VirtualAddresses), ErrorIds.InvalidPrefixLength },
        { "256 addresses", V4 with { VirtualAddresses = Many(256) }, nameof(V4.VirtualAddresses), ErrorIds.TooManyAddresses },
        { "password v3", V4 with { AuthenticationPass = Secret.FromText("x") }, nameof(V4.AuthenticationPass), ErrorIds.InvalidAuthentication },
        { "password 9", V4 with { Version = VrrpVersion.V2, AuthenticationPass = Secret.FromText("123456789") }, nameof(V4.AuthenticationPass), ErrorIds.InvalidAuthentication },
        { "password empty", V4 with { Version = VrrpVersion.V2, AuthenticationPass = Secret.FromText("") }, nameof(V4.AuthenticationPass), ErrorIds.InvalidAuthentication },
        { "password tab", V4 with { Version = VrrpVersion.V2, AuthenticationPass = Secret.FromText("a\tb") }, nameof(V4.AuthenticationPass), ErrorIds.InvalidAuthentication },
        { "password delete", V4 with { Version = VrrpVersion.V2, AuthenticationPass = Secret.FromText("a\u007F") }, nameof(V4.AuthenticationPass), ErrorIds.InvalidAuthentication },
        { "password Latin-1", V4 with { Version = VrrpVersion.V2, AuthenticationPass = new Secret([0x6D, 0xFC]) }, nameof(V4.AuthenticationPass), ErrorIds.InvalidAuthentication },
        { "AH v3", V4 with { AuthenticationPass = Secret.FromText("x"), AuthenticationType = AuthenticationMethod.AH }, nameof(V4.AuthenticationPass), ErrorIds.InvalidAuthentication },
        { "AH without password", V4 with { Version = VrrpVersion.V2, AuthenticationType = AuthenticationMethod.AH }, nameof(V4.AuthenticationType), ErrorIds.InvalidAuthentication },
        { "authentication type", V4 with { AuthenticationType = (AuthenticationMethod)7 }, nameof(V4.AuthenticationType), ErrorIds.InvalidAuthentication },
        { "down timer 0", V4 with { DownTimerAdverts = 0 }, nameof(V4.DownTimerAdverts), ErrorIds.InvalidConfiguration },
        { "down timer 101", V4 with { DownTimerAdverts = 101 }, nameof(V4.DownTimerAdverts), ErrorIds.InvalidConfiguration },
        { "owner 254", V4 with { OwnerIgnoreAdverts = true, Priority = 254 }, nameof(V4.OwnerIgnoreAdverts), ErrorIds.InvalidConfiguration },
        { "late timer 255", V4 with { TimerExpiredBackup = 255, Preempt = false }, nameof(V4.TimerExpiredBackup), ErrorIds.InvalidConfiguration },
        { "late timer and preemption", V4 with { TimerExpiredBackup = 200 }, nameof(V4.TimerExpiredBackup), ErrorIds.InvalidConfiguration },
        { "HMAC short key", V4 with { Hmac = Hmac(31) }, nameof(V4.Hmac), ErrorIds.InvalidAuthentication },
        { "HMAC long key", V4 with { Hmac = Hmac(65) }, nameof(V4.Hmac), ErrorIds.InvalidAuthentication },
        { "HMAC active key", V4 with { Hmac = Hmac(32) with { ActiveKey = 2 } }, nameof(V4.Hmac), ErrorIds.InvalidAuthentication },
        { "HMAC no key", V4 with { Hmac = Hmac(32) with { Keys = [] } }, nameof(V4.Hmac), ErrorIds.InvalidAuthentication },
        { "HMAC key 256", V4 with { Hmac = new HmacConfiguration { Keys = [new HmacKey(256, new Secret(new byte[32]))], ActiveKey = 256 } }, nameof(V4.Hmac), ErrorIds.InvalidAuthentication },
        { "HMAC key twice", V4 with { Hmac = Hmac(32) with { Keys = [.. Hmac(32).Keys, .. Hmac(32).Keys] } }, nameof(V4.Hmac), ErrorIds.InvalidAuthentication },
        { "HMAC window", V4 with { Hmac = Hmac(32) with { TimeWindow = TimeSpan.FromSeconds(301) } }, nameof(V4.Hmac), ErrorIds.InvalidConfiguration },
        { "HMAC and password", V4 with { Version = VrrpVersion.V2, AuthenticationPass = Secret.FromText("x"), Hmac = Hmac(32) }, nameof(V4.Hmac), ErrorIds.InvalidAuthentication },
        { "peer family", V4 with { UnicastPeers = [InetAddress.Parse("2001:db8::2")] }, nameof(V4.UnicastPeers), ErrorIds.InvalidPeer },
        { "peer own", V4 with { SourceAddress = InetAddress.Parse("192.0.2.2"), UnicastPeers = [InetAddress.Parse("192.0.2.2")] }, nameof(V4.UnicastPeers), ErrorIds.InvalidPeer },
        { "peer multicast", V4 with { UnicastPeers = [InetAddress.VrrpGroupV4] }, nameof(V4.UnicastPeers), ErrorIds.InvalidPeer },
        { "peer twice", V4 with { UnicastPeers = [InetAddress.Parse("192.0.2.2"), InetAddress.Parse("192.0.2.2")] }, nameof(V4.UnicastPeers), ErrorIds.InvalidPeer },
        { "peer virtual", V4 with { UnicastPeers = [InetAddress.Parse("192.0.2.1")] }, nameof(V4.UnicastPeers), ErrorIds.InvalidPeer },
        { "allowed broadcast", V4 with { AllowedPeers = [InetAddress.Parse("255.255.255.255")] }, nameof(V4.AllowedPeers), ErrorIds.InvalidPeer },
        { "source", V4 with { SourceAddress = InetAddress.Parse("127.0.0.1") }, nameof(V4.SourceAddress), ErrorIds.InvalidPeer },
        { "preempt delay", V4 with { PreemptDelay = TimeSpan.FromSeconds(1001) }, nameof(V4.PreemptDelay), ErrorIds.InvalidConfiguration },
        { "preempt delay negative", V4 with { PreemptDelay = TimeSpan.FromSeconds(-1) }, nameof(V4.PreemptDelay), ErrorIds.InvalidConfiguration },
        { "delay without preempt", V4 with { Preempt = false, PreemptDelay = TimeSpan.FromSeconds(1) }, nameof(V4.PreemptDelay), ErrorIds.InvalidConfiguration },
        { "startup", V4 with { StartupDelay = TimeSpan.FromHours(2) }, nameof(V4.StartupDelay), ErrorIds.InvalidConfiguration },
        { "lease 1 s", V4 with { AddressLease = TimeSpan.FromSeconds(1) }, nameof(V4.AddressLease), ErrorIds.InvalidConfiguration },
        { "lease fraction", V4 with { AddressLease = TimeSpan.FromSeconds(2.5) }, nameof(V4.AddressLease), ErrorIds.InvalidConfiguration },
        { "lease and none", V4 with { AddressLease = TimeSpan.FromSeconds(2), NoAddressLease = true }, nameof(V4.NoAddressLease), ErrorIds.InvalidConfiguration },
        { "refresh", V4 with { Announcement = new AnnouncementOptions { RefreshInterval = TimeSpan.FromMilliseconds(1) } }, nameof(V4.Announcement), ErrorIds.InvalidConfiguration },
        { "repeat", V4 with { Announcement = new AnnouncementOptions { RepeatAfter = [TimeSpan.FromHours(2)] } }, nameof(V4.Announcement), ErrorIds.InvalidConfiguration },
        { "spacing", V4 with { Announcement = new AnnouncementOptions { Spacing = TimeSpan.FromSeconds(2) } }, nameof(V4.Announcement), ErrorIds.InvalidConfiguration },
    };

    [Theory]
    [MemberData(nameof(Good), DisableDiscoveryEnumeration = true)]
    public void Accepts(string what, InstanceConfiguration configuration)
    {
        Assert.True(ConfigurationValidator.Validate(configuration).Count == 0, $"{what}: {string.Join("; ", ConfigurationValidator.Validate(configuration).Select(p => p.Message))}");
        ConfigurationValidator.ThrowIfInvalid(configuration);
    }

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void Refuses(string what, InstanceConfiguration configuration, string property, string errorId)
    {
        var problem = Assert.Single(ConfigurationValidator.Validate(configuration));
        Assert.True(problem.PropertyName == property && problem.ErrorId == errorId, $"{what}: {problem}");
        Assert.Equal(errorId, Assert.Throws<VrrpException>(() => ConfigurationValidator.ThrowIfInvalid(configuration)).ErrorId);
    }

    [Fact]
    public void Every_problem_is_found_and_names_its_value()
    {
        var problems = ConfigurationValidator.Validate(V4 with { VirtualRouterId = 999, Priority = 888, InterfaceName = "no good" });
        Assert.Equal(["no good", "999", "888"], problems.Select(p => p.Value!.ToString()));
        Assert.All(problems, p => Assert.Contains(p.Value!.ToString()!, p.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void No_message_shows_a_password()
    {
        var problems = ConfigurationValidator.Validate(V4 with { AuthenticationPass = Secret.FromText("geheimnis!") });
        Assert.Equal(2, problems.Count);
        Assert.All(problems, p => Assert.DoesNotContain("geheim", p.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(AddressFamily.IPv4, VrrpVersion.V2, 255)]
    [InlineData(AddressFamily.IPv4, VrrpVersion.V3, 255)]
    [InlineData(AddressFamily.IPv6, VrrpVersion.V3, 90)]
    public void An_advertisement_fits_one_frame(AddressFamily family, VrrpVersion version, int limit)
        => Assert.Equal(limit, ConfigurationValidator.MaxAdvertisedAddresses(family, version));

    [Fact]
    public void Too_many_IPv6_addresses_point_at_excluded_ones()
    {
        var list = Enumerable.Range(1, 91).Select(i => VirtualAddress.Parse($"2001:db8::{i:x}/64")).ToVrrpList();
        var problem = Assert.Single(ConfigurationValidator.Validate(V6 with { VirtualAddresses = list }));
        Assert.Contains("use excluded addresses", problem.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(ConfigurationValidator.Validate(V6 with { VirtualAddresses = list.Skip(1).ToVrrpList() }));
    }

    [Fact]
    public void A_set_has_each_virtual_router_and_name_once()
    {
        var second = V4 with { Name = "B" };
        Assert.Equal([(1, ErrorIds.DuplicateVirtualRouter)], ConfigurationValidator.ValidateSet([V4, second]).Select(p => (p.Index, p.Error.ErrorId)));
        Assert.Equal([(1, ErrorIds.DuplicateInstanceName)], ConfigurationValidator.ValidateSet([V4, V4 with { Name = "a", VirtualRouterId = 2 }]).Select(p => (p.Index, p.Error.ErrorId)));
        Assert.Equal(ErrorIds.DuplicateVirtualRouter, Assert.Throws<VrrpException>(() => ConfigurationValidator.ThrowIfInvalid([V4, second])).ErrorId);
    }

    [Fact]
    public void A_set_may_share_an_id_over_families_interfaces_and_namespaces()
        => Assert.Empty(ConfigurationValidator.ValidateSet(
            [V4, V6 with { Name = "6" }, V4 with { Name = "i", InterfaceName = "eth1" }, V4 with { NetworkNamespace = "n" }]));

    private static InstanceConfiguration Sample(params string[] addresses)
    {
        var list = addresses.Select(VirtualAddress.Parse).ToVrrpList();
        return new InstanceConfiguration { Name = "A", InterfaceName = "eth0", VirtualRouterId = 1, AddressFamily = list[0].Address.Family, VirtualAddresses = list };
    }

    private static VrrpList<VirtualAddress> Many(int count)
        => Enumerable.Range(0, count).Select(i => new VirtualAddress(InetAddress.FromIPv4(0x0A000001u + (uint)i), 32)).ToVrrpList();
}
