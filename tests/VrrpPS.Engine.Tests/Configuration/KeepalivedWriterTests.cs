using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Keepalived;
using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Engine.Configuration.Routing;
using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Engine.Tests.Configuration;

/// <summary>What is written means the same when it is read, and keepalived takes it.</summary>
public sealed class KeepalivedWriterTests
{
    private static readonly InstanceConfiguration V2 = new()
    {
        Name = "A", InterfaceName = "eth0", VirtualRouterId = 1, AddressFamily = AddressFamily.IPv4, Version = VrrpVersion.V2,
        VirtualAddresses = [VirtualAddress.Parse("192.0.2.1/24")],
    };

    /// <summary>Everything that keepalived has words for.</summary>
    public static TheoryData<string, InstanceConfiguration> Expressible => new()
    {
        { "least", V2 },
        { "version 3", V2 with { Version = VrrpVersion.V3, AdvertisementInterval = new Interval(25) } },
        { "IPv6", V2 with { Version = VrrpVersion.V3, AddressFamily = AddressFamily.IPv6, VirtualAddresses = [VirtualAddress.Parse("fe80::1/64"), VirtualAddress.Parse("2001:db8::1/64")] } },
        { "names", V2 with { Name = "web #1 {main}", InterfaceName = "eth0.100" } },
        { "no preemption", V2 with { Preempt = false, Priority = 254 } },
        { "delays", V2 with { PreemptDelay = TimeSpan.FromMilliseconds(1500), StartupDelay = TimeSpan.FromSeconds(5.5) } },
        { "owner", V2 with { Priority = 255 } },
        { "owner with delay", V2 with { Priority = 255, PreemptDelay = TimeSpan.FromSeconds(9) } },
        { "unicast", V2 with { SourceAddress = InetAddress.Parse("192.0.2.9"), UnicastPeers = [InetAddress.Parse("192.0.2.8"), InetAddress.Parse("192.0.2.7")], AllowedPeers = [InetAddress.Parse("192.0.2.8"), InetAddress.Parse("192.0.2.7")] } },
        { "multicast source", V2 with { SourceAddress = InetAddress.Parse("192.0.2.9") } },
        { "password", V2 with { AuthenticationPass = Secret.FromText("a b#!{ü") } },
        { "tracked", V2 with { TrackInterfaces = ["eth1", "eth2"] } },
        { "excluded", V2 with { VirtualAddresses = [VirtualAddress.Parse("192.0.2.5") with { Advertised = false }, VirtualAddress.Parse("192.0.2.1/24"), VirtualAddress.Parse("192.0.2.6") with { Advertised = false }, VirtualAddress.Parse("192.0.2.2/24")] } },
        { "announce once", V2 with { Announcement = new AnnouncementOptions { RepeatAfter = [], RefreshInterval = TimeSpan.Zero, Spacing = TimeSpan.FromMilliseconds(20) } } },
        { "announce soon", V2 with { Announcement = new AnnouncementOptions { RepeatAfter = [TimeSpan.FromSeconds(1)], RefreshInterval = TimeSpan.FromHours(1) } } },
        { "announce late", V2 with { Announcement = new AnnouncementOptions { RepeatAfter = [TimeSpan.FromSeconds(30)], LowerPriorityCopies = 0 } } },
        { "announce often", V2 with { Announcement = new AnnouncementOptions { Copies = 4, RepeatAfter = [TimeSpan.FromSeconds(60)], LowerPriorityCopies = 2, LowerPriorityDelay = TimeSpan.FromSeconds(3) } } },
        { "announce after a rival", V2 with { Announcement = new AnnouncementOptions { LowerPriorityCopies = 3, LowerPriorityDelay = TimeSpan.FromSeconds(4) } } },
        { "peers required", V2 with { RequireUnicastPeer = true, UnicastPeers = [InetAddress.Parse("192.0.2.8")] } },
        {
            "address options", V2 with
            {
                VirtualAddresses =
                [
                    VirtualAddress.Parse("192.0.2.1/24 label eth0:v brd + scope link"), VirtualAddress.Parse("192.0.2.3/24 dev eth1 noprefixroute no_track"),
                    VirtualAddress.Parse("192.0.2.4 peer 192.0.2.5 preferred_lft 0"), VirtualAddress.Parse("2001:db8::1/64 home") with { Advertised = false },
                ],
            }
        },
        {
            "routes", V2 with
            {
                VirtualRoutes =
                [
                    VirtualRoute.Parse("10.0.0.0/8 via 192.0.2.9 dev eth0 src 192.0.2.1 table 100 metric 5 mtu 1400 onlink no_track"),
                    VirtualRoute.Parse("blackhole 10.1.0.0/16"), VirtualRoute.Parse("2001:db8:1::/48 via fe80::1 dev eth0"),
                    VirtualRoute.Parse("10.2.0.0/16 nexthop via 192.0.2.8 weight 2 nexthop via 192.0.2.9"),
                ],
                VirtualRules = [VirtualRule.Parse("from 192.0.2.1 table 100 priority 500"), VirtualRule.Parse("to 10.0.0.0/8 fwmark 16/255 prohibit priority 501")],
            }
        },
        { "accept", V2 with { AcceptMode = false } },
        { "group", V2 with { MulticastGroup = InetAddress.Parse("224.0.0.99"), AnswerLowerPriority = false, AdvertiseBeforeYielding = true, Announcement = new AnnouncementOptions { RefreshRepeat = 3 } } },
        {
            "TTL", V2 with
            {
                UnicastPeers = [InetAddress.Parse("192.0.2.8")], AllowedPeers = [InetAddress.Parse("192.0.2.8")],
                UnicastTimeToLive = 64, PeerTimeToLive = [PeerTimeToLive.Parse("192.0.2.8 min_ttl 60 max_ttl 64")],
            }
        },
        { "namespace", V2 with { NetworkNamespace = "blue" } },
        { "AH", V2 with { AuthenticationPass = Secret.FromText("a b"), AuthenticationType = AuthenticationMethod.AH } },
        { "timers", V2 with { DownTimerAdverts = 5 } },
        {
            "trackers", V2 with
            {
                Trackers =
                [
                    new InterfaceTracker { Name = "eth1", InterfaceName = "eth1", Weight = -10 },
                    new ScriptTracker
                    {
                        Name = "chk", Command = ["/bin/test", "-e", "/run/a b"], User = "nobody:nogroup", Interval = TimeSpan.FromSeconds(2), Timeout = TimeSpan.FromSeconds(1), Rise = 2, Fall = 3,
                        Weight = 20, InitialState = TrackerStatus.Down,
                    },
                    new ProcessTracker { Name = "proxy", ProcessName = "haproxy", Quorum = 2, QuorumMaximum = 4, ForkDelay = TimeSpan.FromSeconds(2), TerminateDelay = TimeSpan.FromSeconds(1), Weight = -20, Reverse = true },
                    new ProcessTracker { Name = "web", ProcessName = "/usr/sbin/nginx", FullCommand = true, Arguments = ["-g", "daemon off;"], ArgumentMatch = ArgumentMatch.Partial, Weight = 2 },
                    new ProcessTracker { Name = "bare", ProcessName = "/usr/sbin/bird", FullCommand = true, ArgumentMatch = ArgumentMatch.Exact, Weight = 2 },
                    new ProcessTracker { Name = "path", ProcessName = "/usr/sbin/named", FullCommand = true, Weight = 2 },
                    new FileTracker { Name = "switch", Path = "/run/switch", Weight = 5 },
                ],
            }
        },
        {
            "notification", V2 with
            {
                Notification = new NotificationOptions
                {
                    Commands =
                    [
                        Script("/bin/up", NotificationOccasion.Master) with { User = "nobody" },
                        Script("/bin/down", NotificationOccasion.Backup, NotificationOccasion.Suspended),
                        Script("/bin/broken", NotificationOccasion.Fault),
                        Script("/bin/end", NotificationOccasion.Stop),
                        Script("/bin/gone", NotificationOccasion.Deleted),
                        Script("/bin/any") with { StateArguments = true, Arguments = ["/bin/any", "one argument", "two"] },
                        Script("/bin/rival", NotificationOccasion.LowerPriorityHeard),
                    ],
                    PriorityChanges = true,
                    Fifos = ["/run/a.fifo", "/run/b.fifo"],
                    Mail = new MailOptions
                    {
                        Server = "192.0.2.25", Port = 2525, From = "vip@example.org", To = ["a@example.org", "b@example.org"], HelloName = "node.example.org",
                        NodeName = "node 1", Timeout = TimeSpan.FromSeconds(7), Faults = false,
                    },
                },
            }
        },
    };

    /// <summary>What keepalived has no words for, and the property that the finding names.</summary>
    public static TheoryData<string, InstanceConfiguration, bool> Inexpressible => new()
    {
        { "checksumStyle", V2 with { Version = VrrpVersion.V3, ChecksumStyle = ChecksumStyle.Both }, true },
        { "version2Compatibility", V2 with { Version = VrrpVersion.V3, Version2Compatibility = true }, true },
        { "allowedPeers", V2 with { AllowedPeers = [InetAddress.Parse("192.0.2.9")] }, true },
        { "addressLease", V2 with { AddressLease = TimeSpan.FromSeconds(5) }, false },
        { "strict ", V2 with { Strict = true }, true },
        { "trackers", V2 with { Trackers = [new TcpTracker { Name = "t", Host = "127.0.0.1", Port = 80 }] }, true },
        { "trackers", V2 with { Trackers = [new ScriptTracker { Name = "t", Command = ["/bin/sh", "-c", "echo \"x\""], User = "nobody" }] }, true },
        { "notification", V2 with { Notification = new NotificationOptions { EventFile = new EventFileOptions("/run/events") } }, false },
        { "notification", V2 with { Notification = new NotificationOptions { Commands = [Script("/bin/x", NotificationOccasion.Leaving)] } }, false },
        { "notification", V2 with { Notification = new NotificationOptions { Commands = [Script("/bin/x", NotificationOccasion.Master), Script("/bin/y", NotificationOccasion.Master)] } }, false },
        { "strictAddressList", V2 with { StrictAddressList = true }, false },
        { "preempt ", V2 with { Priority = 255, Preempt = false }, true },
        { "name ", V2 with { Name = "a\"b" }, false },
        { "authenticationPass", V2 with { AuthenticationPass = Secret.FromText("a\"b") }, true },
        { "authenticationPass", V2 with { AuthenticationPass = Secret.FromText("a$b") }, true },
        { "announcement.repeatAfter", V2 with { Announcement = new AnnouncementOptions { RepeatAfter = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3)] } }, false },
        { "announcement.refreshInterval", V2 with { Announcement = new AnnouncementOptions { RefreshInterval = TimeSpan.FromSeconds(1.5) } }, false },
    };

    /// <summary>The same check under the same name is one definition; another check under that name gets a number.</summary>
    [Fact]
    public void Checks_are_defined_once()
    {
        var check = new ScriptTracker { Name = "chk", Command = ["/bin/true"], User = "nobody" };
        var other = check with { Command = ["/bin/false"] };
        var document = new ConfigurationDocument
        {
            Instances =
            [
                V2 with { Trackers = [check] },
                V2 with { Name = "B", VirtualRouterId = 2, Trackers = [check] },
                V2 with { Name = "C", VirtualRouterId = 3, Trackers = [other] },
            ],
        };
        var written = KeepalivedWriter.Write(document, includeSecrets: true);
        var read = KeepalivedReader.Read(written.Text, "written").Document;
        Assert.Equal(2, written.Text.Split("vrrp_script ").Length - 1);
        Assert.Equal(document with { Instances = [.. document.Instances.Take(2), document.Instances[2] with { Trackers = [other with { Name = "chk_2" }] }] }, read);
    }

    private static NotificationCommand Script(string program, params NotificationOccasion[] on)
        => new() { Arguments = [program], On = on.ToVrrpList(), Timeout = TimeSpan.FromMinutes(5) };

    [Theory]
    [MemberData(nameof(Expressible))]
    public void What_keepalived_can_say_survives(string what, InstanceConfiguration c)
    {
        var document = new ConfigurationDocument { RouterId = "node 1", Instances = [c] };
        var written = KeepalivedWriter.Write(document, includeSecrets: true);
        Assert.True(written.Diagnostics.Count == 0, $"{what}: {written.Diagnostics}");
        var read = KeepalivedReader.Read(written.Text, "written");
        Assert.DoesNotContain(read.Diagnostics, d => d.Severity == ConfigurationSeverity.Error || d.IsLoss || d.Code == ConfigurationCodes.Adjusted);
        Assert.Equal(document, read.Document);
    }

    [Theory]
    [MemberData(nameof(Inexpressible))]
    public void What_keepalived_cannot_say_is_named(string property, InstanceConfiguration c, bool loss)
    {
        var written = KeepalivedWriter.Write(new ConfigurationDocument { Instances = [c] }, includeSecrets: true);
        var d = Assert.Single(written.Diagnostics);
        Assert.Contains(": " + property, ": " + d.Message, StringComparison.Ordinal);
        Assert.Equal((ConfigurationSeverity.Warning, loss), (d.Severity, d.IsLoss));
        Assert.DoesNotContain("a$b", d.Message, StringComparison.Ordinal);
        Assert.False(KeepalivedReader.Read(written.Text, "written").HasErrors);
    }

    /// <summary>What only newer releases of keepalived know is written with a finding that names the release.</summary>
    public static TheoryData<string, InstanceConfiguration> Newer => new()
    {
        { "2.2.8", V2 with { Version = VrrpVersion.V3, ChecksumStyle = ChecksumStyle.Rfc9568 } },
        { "2.2.8", V2 with { Preempt = false, TimerExpiredBackup = 200 } },
        { "2.3.3", V2 with { Priority = 255, OwnerIgnoreAdverts = true } },
        { "2.4", V2 with { Hmac = new HmacConfiguration { Keys = [new HmacKey(1, new Secret(new byte[32]))], ActiveKey = 1, Mode = HmacMode.Permissive, AntiReplay = HmacAntiReplay.Monotonic, TimeWindow = TimeSpan.FromSeconds(9) } } },
    };

    [Theory]
    [MemberData(nameof(Newer))]
    public void What_needs_a_newer_keepalived_says_so(string release, InstanceConfiguration c)
    {
        var written = KeepalivedWriter.Write(new ConfigurationDocument { Instances = [c] }, includeSecrets: true);
        Assert.Contains(release, Assert.Single(written.Diagnostics).Message, StringComparison.Ordinal);
        Assert.Equal(c, Assert.Single(KeepalivedReader.Read(written.Text, "written").Document.Instances));
    }

    [Fact]
    public void A_password_is_written_on_request_only()
    {
        var document = new ConfigurationDocument { Instances = [V2 with { AuthenticationPass = Secret.FromText("s3cr3t") }] };
        var written = KeepalivedWriter.Write(document, includeSecrets: false);
        Assert.DoesNotContain("s3cr3t", written.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", written.Diagnostics.ToString(), StringComparison.Ordinal);
        Assert.True(Assert.Single(written.Diagnostics).IsLoss);
        Assert.Null(KeepalivedReader.Read(written.Text, "written").Document.Instances[0].AuthenticationPass);
    }

    [Fact]
    public void What_all_instances_share_is_the_greatest_and_the_others_are_named()
    {
        var b = V2 with { Name = "B", VirtualRouterId = 2, StartupDelay = TimeSpan.FromSeconds(3) };
        var elsewhere = V2 with { Name = "C", NetworkNamespace = "blue" };
        var written = KeepalivedWriter.Write(new ConfigurationDocument { Instances = [V2, b, elsewhere] }, includeSecrets: true);
        Assert.Equal([("A: startupDelay", false), ("C is left out", true)], written.Diagnostics.Select(d => (d.Message[..(d.Message[0] == 'A' ? 15 : 13)], d.IsLoss)).Order());
        Assert.Equal(["A", "B"], KeepalivedReader.Read(written.Text, "written").Document.Instances.Select(i => i.Name));
    }

    [Fact]
    public void A_delay_after_boot_is_written_for_those_that_know_it()
    {
        var written = KeepalivedWriter.Write(new ConfigurationDocument { Instances = [V2 with { DelayAfterBoot = TimeSpan.FromSeconds(9) }] }, includeSecrets: true);
        Assert.Contains("vrrp_delay_after_boot", Assert.Single(written.Diagnostics).Message, StringComparison.Ordinal);
        Assert.Equal(9, KeepalivedReader.Read(written.Text, "written").Document.Instances[0].DelayAfterBoot.TotalSeconds);
    }

    /// <summary>A property that is added to the model without a row here would be lost without a word.</summary>
    [Fact]
    public void Every_property_has_one_row()
    {
        var model = typeof(InstanceConfiguration).GetProperties().Select(p => p.Name).Append(nameof(ConfigurationDocument.RouterId)).Append(nameof(ConfigurationDocument.Static)).Where(n => n != "EqualityContract");
        var rows = KeepalivedInstanceProperties.All.Select(r => r.Name).Concat(KeepalivedSharedProperties.All.Select(r => r.Name)).Where(n => n != nameof(AnnouncementOptions.Spacing) && !n.EndsWith("(shared)", StringComparison.Ordinal));
        Assert.Equal(model.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_empty_document_is_an_empty_file()
    {
        var written = KeepalivedWriter.Write(ConfigurationDocument.Empty, includeSecrets: true);
        Assert.Equal((string.Empty, 0), (written.Text, written.Diagnostics.Count));
    }

    [Fact]
    [Trait("Lane", "Interop")]
    public async Task Keepalived_takes_what_is_written()
    {
        KeepalivedCheck.SkipUnlessInstalled();
        using var folder = new TemporaryFolder();
        foreach (var row in Expressible)
        {
            var written = KeepalivedWriter.Write(new ConfigurationDocument { RouterId = "node 1", Instances = [row.Data.Item2] }, includeSecrets: true);
            var complaints = await KeepalivedCheck.ComplaintsAsync(folder.Write("k.conf", written.Text));
            Assert.True(complaints.Length == 0, $"{row.Data.Item1}: {string.Join('\n', complaints)}\n{written.Text}");
        }

        string broken = KeepalivedWriter.Write(new ConfigurationDocument { Instances = [V2] }, includeSecrets: true).Text.Replace("priority", "prioritty", StringComparison.Ordinal);
        Assert.NotEmpty(await KeepalivedCheck.ComplaintsAsync(folder.Write("broken.conf", broken)));
    }
}
