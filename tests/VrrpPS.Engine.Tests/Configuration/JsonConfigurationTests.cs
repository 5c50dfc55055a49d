using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Engine.Configuration.Groups;
using VrrpPS.Engine.Configuration.Json;
using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Engine.Errors;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Engine.Tests.Configuration;

public sealed class JsonConfigurationTests
{
    private const string Minimal = """{"interfaceName":"eth0","virtualRouterId":1,"virtualAddresses":["192.0.2.1/24"]""";

    [Fact]
    public void Reads_the_least_with_the_models_defaults()
    {
        var c = Assert.Single(Clean($"{{\"instances\":[{Minimal}}}]}}").Instances);
        Assert.Equal(
            new InstanceConfiguration { Name = "eth0-1-v4", InterfaceName = "eth0", VirtualRouterId = 1, AddressFamily = AddressFamily.IPv4, VirtualAddresses = [VirtualAddress.Parse("192.0.2.1/24")] },
            c);
    }

    [Fact]
    public void Reads_everything_and_writes_it_back()
    {
        var document = new ConfigurationDocument
        {
            RouterId = "n1",
            Instances =
            [
                new InstanceConfiguration
                {
                    Name = "ü \"x\"", InterfaceName = "eth0", VirtualRouterId = 7, AddressFamily = AddressFamily.IPv4, Version = VrrpVersion.V2, Priority = 33,
                    VirtualAddresses = [VirtualAddress.Parse("192.0.2.1/24"), VirtualAddress.Parse("192.0.2.2") with { Advertised = false }],
                    AdvertisementInterval = Interval.FromSeconds(3), Preempt = true, PreemptDelay = TimeSpan.FromMilliseconds(1500), StartupDelay = TimeSpan.FromMinutes(2),
                    UnicastPeers = [InetAddress.Parse("192.0.2.11")], AllowedPeers = [InetAddress.Parse("192.0.2.11"), InetAddress.Parse("192.0.2.12")],
                    SourceAddress = InetAddress.Parse("192.0.2.10"), AuthenticationPass = Secret.FromText("p\"w"), AuthenticationType = AuthenticationMethod.AH, DownTimerAdverts = 7, ChecksumStyle = ChecksumStyle.Both,
                    AddressLease = TimeSpan.FromSeconds(5), NetworkNamespace = "blue", TrackInterfaces = ["eth1"], SyncGroup = "both \"ways\"", Strict = true, StrictAddressList = true, AcceptMode = false,
                    Notification = new NotificationOptions
                    {
                        Commands =
                        [
                            new NotificationCommand { Arguments = ["/bin/a", "x y", ""], StateArguments = true, Timeout = TimeSpan.FromMilliseconds(100), User = "nobody:nogroup", RequireSafeProgram = true },
                            new NotificationCommand { Arguments = ["/bin/b"], On = [NotificationOccasion.Leaving], Wait = true },
                        ],
                        Fifos = ["/run/a", "/run/b"], PriorityChanges = true, EventFile = new EventFileOptions("/var/log/e.json") { MaxSize = 4096 },
                        Mail = new MailOptions
                        {
                            Server = "mail.example.org", Port = 2525, Security = MailSecurity.StartTls, User = "u", Password = Secret.FromText("s3cret"), CertificateAuthorityFile = "/etc/ca.pem",
                            HelloName = "n1.example.org", From = "n1@example.org", To = ["a@example.org", "b@example.org"], NodeName = "ü", Timeout = TimeSpan.FromSeconds(3), Faults = false,
                        },
                    },
                    Announcement = new AnnouncementOptions { RepeatAfter = [TimeSpan.FromSeconds(2)], RefreshInterval = TimeSpan.Zero, Spacing = TimeSpan.FromMicroseconds(100) },
                },
                new InstanceConfiguration
                {
                    Name = "six", InterfaceName = "eth0", VirtualRouterId = 7, AddressFamily = AddressFamily.IPv6, VirtualAddresses = [VirtualAddress.Parse("fe80::1/64")],
                    AdvertisementInterval = new Interval(25), Preempt = false, NoAddressLease = true, TimerExpiredBackup = 120,
                    Hmac = new HmacConfiguration
                    {
                        Keys = [new HmacKey(1, Secret.FromText(new string('k', 32))), new HmacKey(255, new Secret(new byte[64]))], ActiveKey = 255,
                        Mode = HmacMode.ReceiveOnly, AntiReplay = HmacAntiReplay.Monotonic, TimeWindow = TimeSpan.FromSeconds(9),
                    },
                },
                new InstanceConfiguration
                {
                    Name = "grouped", InterfaceName = "eth1", VirtualRouterId = 9, AddressFamily = AddressFamily.IPv4, VirtualAddresses = [VirtualAddress.Parse("192.0.2.9/24")],
                    SyncGroup = "wan",
                    SyncGroupOptions = new SyncGroupOptions
                    {
                        TrackInterfaces = ["eth7"], TrackingWeight = false,
                        Trackers = [new ScriptTracker { Name = "s", Command = ["/bin/true"], RequireSafeProgram = true }, new FileTracker { Name = "f", Path = "/run/f", Weight = 2 }],
                        Notification = new NotificationOptions { Commands = [new NotificationCommand { Arguments = ["/bin/g"], On = [NotificationOccasion.Master] }], Fifos = ["/run/g"] },
                    },
                },
                new InstanceConfiguration
                {
                    Name = "owner", InterfaceName = "eth0", VirtualRouterId = 8, AddressFamily = AddressFamily.IPv4, VirtualAddresses = [VirtualAddress.Parse("192.0.2.8/24")],
                    Priority = 255, OwnerIgnoreAdverts = true, Version2Compatibility = true,
                },
            ],
        };
        Assert.Equal(document, Clean(JsonConfigurationWriter.Write(document, includeSecrets: true)));
        var withoutSecrets = JsonConfigurationWriter.Write(document, includeSecrets: false);
        Assert.DoesNotContain("s3cret", withoutSecrets, StringComparison.Ordinal);
        Assert.DoesNotContain("authenticationPass", withoutSecrets, StringComparison.Ordinal);
        Assert.DoesNotContain("hmac", withoutSecrets, StringComparison.Ordinal);
        Assert.Null(Clean(withoutSecrets).Instances[0].AuthenticationPass);
    }

    [Fact]
    public void Comments_trailing_commas_and_a_schema_are_fine()
        => Assert.Single(Clean($"// first\n{{ \"$schema\": \"x\", /* c */ \"instances\": [ {Minimal},}}, ], }}").Instances);

    [Theory]
    [InlineData("2", 200)]
    [InlineData("\"2s\"", 200)]
    [InlineData("0.25", 25)]
    [InlineData("\"250ms\"", 25)]
    public void Durations_are_texts_or_seconds(string json, int centiseconds)
        => Assert.Equal(centiseconds, Clean($"{{\"instances\":[{Minimal},\"advertisementInterval\":{json}}}]}}").Instances[0].AdvertisementInterval.Centiseconds);

    [Theory]
    [InlineData("\"prioritty\": 5", 2, 2, ConfigurationCodes.UnknownKeyword, "Did you mean 'priority'?")]
    [InlineData("\"priority\": 256", 2, 14, ErrorIds.InvalidPriority, "256")]
    [InlineData("\"priority\": 1.5", 2, 14, ConfigurationCodes.InvalidValue, "1.5")]
    [InlineData("\"preempt\": \"yes\"", 2, 13, ConfigurationCodes.InvalidValue, "true or false")]
    [InlineData("\"advertisementInterval\": \"1x\"", 2, 27, ConfigurationCodes.InvalidValue, "1x")]
    [InlineData("\"advertisementInterval\": \"41s\"", 2, 27, ErrorIds.InvalidInterval, "41s")]
    [InlineData("\"advertisementInterval\": -1", 2, 27, ConfigurationCodes.InvalidValue, "-1")]
    [InlineData("\"checksumStyle\": \"Old\"", 2, 19, ConfigurationCodes.InvalidValue, "Auto, PseudoHeader, Rfc9568, Both")]
    [InlineData("\"unicastPeers\": [ \"192.0.2.9\", \"x\" ]", 2, 33, ConfigurationCodes.InvalidValue, "\"x\"")]
    [InlineData("\"sourceAddress\": \"2001:db8::1\"", 2, 19, ErrorIds.InvalidPeer, "2001:db8::1")]
    [InlineData("\"interfaceName\": \"again\"", 2, 2, ConfigurationCodes.Duplicate, "twice")]
    [InlineData("\"announcement\": { \"repeat\": 1 }", 2, 20, ConfigurationCodes.UnknownKeyword, "repeatAfter")]
    [InlineData("\"authenticationPassFile\": \"none\"", 2, 28, ErrorIds.ConfigurationUnreadable, "none")]
    [InlineData("\"strict\": [", 3, 1, ConfigurationCodes.Syntax, "JSON")]
    public void Errors_name_file_line_and_column(string property, int line, int column, string code, string text)
    {
        var result = JsonConfigurationReader.Read($"{{\"instances\":[{Minimal},\n {property}\n}}]}}", "a.json");
        var d = result.Diagnostics[0];
        Assert.True(result.HasErrors);
        Assert.Equal((code, "a.json", line), (d.Code, d.File, d.Line));
        if (code != ConfigurationCodes.Syntax)
        {
            Assert.Equal(column, d.Column);
            Assert.Single(result.Diagnostics);
        }

        Assert.Contains(text, d.Message, StringComparison.Ordinal);
        Assert.StartsWith($"a.json:{line}:", d.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"instances\":[{\"interfaceName\":\"e\",\"virtualRouterId\":1}]}", 1, 15, "'virtualAddresses'")]
    [InlineData("{}", 1, 1, "'instances'")]
    [InlineData("[]", 1, 1, "a list")]
    [InlineData("{\"instances\":[5]}", 1, 15, "5")]
    [InlineData("{\"instances\":{}}", 1, 14, "a list in [ ]")]
    [InlineData("{\"instances\":[{\"interfaceName\":\"e\",\"virtualRouterId\":1,\"virtualAddresses\":[\"1.2.3.4/40\"]}]}", 1, 76, "1.2.3.4/40")]
    public void Missing_and_mistyped_parts_are_found(string json, int line, int column, string text)
    {
        var d = Assert.Single(JsonConfigurationReader.Read(json, "a.json").Diagnostics);
        Assert.Equal((ConfigurationSeverity.Error, line, column), (d.Severity, d.Line, d.Column));
        Assert.Contains(text, d.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_half_written_document_is_an_error_where_it_ends()
    {
        string json = $"{{\n \"instances\": [\n {Minimal}";
        var d = Assert.Single(JsonConfigurationReader.Read(json, "a.json").Diagnostics);
        Assert.Equal((ConfigurationCodes.Syntax, 3), (d.Code, d.Line));
    }

    [Fact]
    public void Columns_count_characters_not_bytes()
        => Assert.Equal(10, Assert.Single(JsonConfigurationReader.Read("{\"instances\":[],\n/* äöü */\"x\":1}", "a").Diagnostics, d => d.Severity == ConfigurationSeverity.Error).Column);

    [Fact]
    public void Half_a_surrogate_is_an_error_not_an_exception()
        => Assert.True(JsonConfigurationReader.Read("{\"routerId\":\"\\ud800\",\"instances\":[]}", "a").HasErrors);

    [Fact]
    public void A_password_comes_from_a_file_beside_the_configuration()
    {
        using var folder = new TemporaryFolder();
        folder.Write("pw", "geheim\n");
        string path = folder.Write("a.json", $"{{\"instances\":[{Minimal},\"version\":2,\"authenticationPassFile\":\"pw\"}}]}}");
        var secret = ConfigurationFile.Load(path).EnsureUsable(allowPartial: false).Instances[0].AuthenticationPass;
        Assert.Equal("geheim"u8.ToArray(), secret!.Reveal().ToArray());
    }

    private static ConfigurationDocument Clean(string json)
    {
        var result = JsonConfigurationReader.Read(json, "a.json");
        Assert.Empty(result.Diagnostics);
        return result.Document;
    }
}
