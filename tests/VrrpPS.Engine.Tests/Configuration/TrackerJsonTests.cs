using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Json;
using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Configuration;

public sealed class TrackerJsonTests
{
    private static readonly InstanceConfiguration Instance = new()
    {
        Name = "a", InterfaceName = "eth0", VirtualRouterId = 1, AddressFamily = AddressFamily.IPv4, VirtualAddresses = [VirtualAddress.Parse("192.0.2.1/24")],
    };

    public static TheoryData<TrackerConfiguration> Trackers =>
    [
        new TcpTracker { Name = "t", Host = "::1", Port = 80, Interval = TimeSpan.FromMilliseconds(500), Rise = 2, Fall = 3 },
        new HttpTracker { Name = "h", Uri = "https://localhost/x", ExpectBody = "ready", SkipCertificateCheck = true, ExpectStatus = HttpStatusSet.TryParse("200, 404..410", out var set) ? set : null! },
        new PingTracker { Name = "p", Address = InetAddress.Parse("2001:db8::1"), Timeout = TimeSpan.FromSeconds(2), Weight = -50 },
        new InterfaceTracker { Name = "i", InterfaceName = "eth1", Weight = 5, Reverse = true },
        new ScriptTracker { Name = "s", Command = ["/bin/x", "a b", ""], User = "nobody:daemon", InitialState = TrackerStatus.Down },
        new ProcessTracker { Name = "n", ProcessName = "nginx", Quorum = 0, QuorumMaximum = 4 },
        new FileTracker { Name = "f", Path = "/run/x", Weight = 254 },
    ];

    [Theory]
    [MemberData(nameof(Trackers))]
    public void What_is_written_is_read(TrackerConfiguration tracker)
    {
        var written = Instance with { Trackers = [tracker] };
        var result = JsonConfigurationReader.Read(JsonConfigurationWriter.Write(new ConfigurationDocument { Instances = [written] }, includeSecrets: false), "c.json");
        Assert.Empty(result.Diagnostics);
        Assert.Equal(written, Assert.Single(result.Document.Instances));
    }

    [Fact]
    public void A_tracker_of_the_document_is_referred_to_by_name_and_others_stand_where_they_are_used()
    {
        var result = Read("""{"tcp": "127.0.0.1:80", "name": "web"}""", """["web", {"ping": "192.0.2.9"}]""");
        Assert.Empty(result.Diagnostics);
        Assert.Equal(["web (Tcp 127.0.0.1:80)", "ping-192.0.2.9 (Ping 192.0.2.9)"], Assert.Single(result.Document.Instances).Trackers.Select(static t => t.ToString()));
    }

    [Theory]
    [InlineData("""["wep"]""", "Did you mean 'web'?")]
    [InlineData("""[{"name": "x"}]""", "exactly one of tcp, http")]
    [InlineData("""[{"tcp": "127.0.0.1:80", "ping": "192.0.2.1"}]""", "not tcp and ping")]
    [InlineData("""[{"tcp": "127.0.0.1"}]""", "write ADDRESS:PORT")]
    [InlineData("""[{"tcp": "127.0.0.1:80", "user": "root"}]""", "'user' means nothing")]
    [InlineData("""[{"interface": "eth1", "interval": 1}]""", "'interval' means nothing")]
    [InlineData("""[{"http": "http://x/", "expectStatus": "2xx"}]""", "'expectStatus' cannot be")]
    [InlineData("""[{"http": "ftp://x/"}]""", "not a URI that can be asked")]
    [InlineData("""[{"http": "http://x/", "expectBody": "(a)\\1"}]""", "without backtracking")]
    [InlineData("""["web", "web"]""", "Two trackers are named 'web'")]
    [InlineData("""[{"file": "relative"}]""", "not the full path")]
    [InlineData("""[{"ping": "192.0.2.9", "interval": "50ms"}]""", "100ms to 1h")]
    [InlineData("""[{"ping": "192.0.2.9", "weight": 255}]""", "from -254 to 254")]
    [InlineData("""[{"ping": "192.0.2.9", "rise": 0}]""", "from 1 to 1000")]
    [InlineData("""[{"script": []}]""", "has no command")]
    [InlineData("""[{"process": "/usr/sbin/nginx"}]""", "without a path")]
    [InlineData("""[{"process": "nginx", "quorum": 3, "quorumMaximum": 2}]""", "from 3 to 65535")]
    [InlineData("""[{"ping": "192.0.2.9", "interal": 1}]""", "'interal' is not a property of a tracker")]
    public void Mistakes_are_named(string trackers, string words)
        => Assert.Contains(
            Read("""{"tcp": "127.0.0.1:80", "name": "web"}""", trackers).Diagnostics,
            d => d.Severity == ConfigurationSeverity.Error && d.Message.Contains(words, StringComparison.Ordinal));

    private static ConfigurationResult Read(string named, string references) => JsonConfigurationReader.Read(
        $$"""{"trackers": [{{named}}], "instances": [{"interfaceName": "eth0", "virtualRouterId": 1, "virtualAddresses": ["192.0.2.1/24"], "trackers": {{references}}}]}""", "c.json");
}
