using System.Diagnostics;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Engine.Health;
using VrrpPS.Engine.Health.Probes;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Health;

/// <summary>One look of each kind, from inside a host's namespace.</summary>
[Trait("Lane", "Namespace")]
public sealed class ProbeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    [Fact]
    public void Tcp_tells_a_listener_from_none_and_from_silence()
    {
        using var network = TestNetwork.Create(1);
        using (var service = new HttpService(network[0].Namespace, "127.0.0.1", 32463))
        {
            var up = Look(network, new TcpTracker { Name = "t", Host = "127.0.0.1", Port = 32463, Timeout = Patience });
            Assert.True(up.Succeeded, up.Output);
        }

        var refused = Look(network, new TcpTracker { Name = "t", Host = "127.0.0.1", Port = 32464, Timeout = Patience });
        Assert.False(refused.Succeeded);
        Assert.Contains("refused", refused.Output, StringComparison.Ordinal);

        network[0].AddFirewallRules("table ip t {\n chain c {\n type filter hook input priority 0;\n tcp dport 32463 drop\n }\n}\n");
        var filtered = Look(network, new TcpTracker { Name = "t", Host = "127.0.0.1", Port = 32463, Timeout = Short });
        Assert.False(filtered.Succeeded);
        Assert.Contains("did not answer within 0.3 s", filtered.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Tcp_over_IPv6()
    {
        using var network = TestNetwork.Create(1);
        using var service = new HttpService(network[0].Namespace, "::1", 8080);
        Assert.True(EndPointText.TryParse("[::1]:8080", out string host, out int port));
        var up = Look(network, new TcpTracker { Name = "t", Host = host, Port = port, Timeout = Patience });
        Assert.True(up.Succeeded, up.Output);
    }

    [Fact]
    public void Http_judges_status_and_body()
    {
        using var network = TestNetwork.Create(1);
        using var service = new HttpService(network[0].Namespace, "127.0.0.1", 8080);
        var tracker = new HttpTracker { Name = "h", Uri = "http://127.0.0.1:8080/health", Timeout = Patience };
        Expect(network, tracker, true, "HTTP status 200");
        Expect(network, tracker with { ExpectBody = "^re.dy$" }, true, "the body matches");
        Expect(network, tracker with { ExpectBody = "broken" }, false, "does not match 'broken'");
        Assert.True(HttpStatusSet.TryParse("204, 300..399", out var others));
        Expect(network, tracker with { ExpectStatus = others }, false, "204, 300..399 expected");

        service.Answer = "HTTP/1.1 302 Found\r\nLocation: http://192.0.2.250/\r\nContent-Length: 0\r\n\r\n";
        Expect(network, tracker, true, "HTTP status 302");
        service.Answer = "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n";
        Expect(network, tracker, false, "HTTP status 503");
        service.Answer = "rubbish\r\n\r\n";
        Expect(network, tracker, false, "no answer");
    }

    [Fact]
    public void Http_gives_up_on_a_slow_server_in_time()
    {
        using var network = TestNetwork.Create(1);
        using var service = new HttpService(network[0].Namespace, "127.0.0.1", 8080, answer: null);
        var tracker = new HttpTracker { Name = "h", Uri = "http://127.0.0.1:8080/", Timeout = Short };
        Expect(network, tracker, false, "no answer within 300ms");

        // Headers at once, a body that never ends.
        service.Answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nre";
        Expect(network, tracker with { ExpectBody = "ready" }, false, "");
    }

    [Fact]
    public void Ping_both_families()
    {
        using var network = TestNetwork.Create(2);
        foreach (var address in (InetAddress[])[network[1].IPv4, network[1].IPv6, network[1].LinkLocal])
        {
            var up = Look(network, new PingTracker { Name = "p", Address = address, Timeout = Patience });
            Assert.True(up.Succeeded, $"{address}: {up.Output}");
        }

        network[1].AddFirewallRules("table ip t {\n chain c {\n type filter hook input priority 0;\n icmp type echo-request drop\n }\n}\n");
        var silent = Look(network, new PingTracker { Name = "p", Address = network[1].IPv4, Timeout = Short });
        Assert.False(silent.Succeeded);
        Assert.Contains("did not answer within 300ms", silent.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_runs_inside_the_namespace()
    {
        using var network = TestNetwork.Create(1);
        var result = Look(network, Script("/bin/sh", "-c", "ip -o -4 address show dev eth0 | grep -c 192.0.2.1/24"));
        Assert.Equal((true, "exit code 0: 1"), (result.Succeeded, result.Output));
    }

    [Fact]
    public void A_script_that_hangs_fails_in_time_with_all_it_started()
    {
        using var network = TestNetwork.Create(1);
        long start = Stopwatch.GetTimestamp();
        var result = Look(network, Script("/bin/sh", "-c", "sleep 3600 & echo $!; wait") with { Timeout = Short });
        Assert.False(result.Succeeded);
        Assert.StartsWith("no end within", result.Output, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20));
        string child = result.Output.Split(' ')[^1];
        Eventually.True(() => !VrrpPS.Engine.Linux.ProcessTable.IsAlive(int.Parse(child)), "the child of the script is gone");
    }

    [Fact]
    public void Processes_are_counted()
    {
        using var network = TestNetwork.Create(1);
        string name = $"vrrpps-{Environment.ProcessId % 100_000}-probe-sleeper";
        string program = Path.Combine(Path.GetTempPath(), name);
        File.Copy("/bin/sleep", program, overwrite: true);
        var tracker = new ProcessTracker { Name = "p", ProcessName = name };
        try
        {
            Expect(network, tracker, false, $"0 processes named '{name}'; 1 wanted");
            using var first = network[0].Start(program, null, "3600");
            Eventually.True(() => Look(network, tracker).Succeeded, "the process is counted");
            Expect(network, tracker with { Quorum = 2 }, false, "1 process named");
            Expect(network, tracker with { Quorum = 0, QuorumMaximum = 0 }, false, "0 to 0 wanted");
            first.Kill();
            first.WaitForExit();
            Expect(network, tracker, false, "0 processes");
        }
        finally
        {
            File.Delete(program);
        }
    }

    [Fact]
    public void A_file_has_a_number_or_keeps_the_last()
    {
        using var network = TestNetwork.Create(1);
        string path = Path.GetTempFileName();
        var probe = ProbeFactory.Create(new FileTracker { Name = "f", Path = path, Weight = 1 }, Instance(network))!;
        File.WriteAllText(path, " -12\n");
        Assert.Equal(-12, probe.Look(TestContext.Current.CancellationToken).Value);
        File.WriteAllText(path, "half");
        var kept = probe.Look(TestContext.Current.CancellationToken);
        Assert.Equal((-12L, true), (kept.Value, kept.Output.Contains("no whole number", StringComparison.Ordinal)));
        File.Delete(path);
        Assert.Equal(0, probe.Look(TestContext.Current.CancellationToken).Value);
    }

    private static ScriptTracker Script(params string[] command) => new() { Name = "s", Command = command.ToVrrpList(), Timeout = Patience };

    private static void Expect(TestNetwork network, TrackerConfiguration tracker, bool succeeded, string words)
    {
        var result = Look(network, tracker);
        Assert.True(succeeded == result.Succeeded && result.Output.Contains(words, StringComparison.Ordinal), $"{tracker}: {result}");
    }

    private static ProbeResult Look(TestNetwork network, TrackerConfiguration tracker)
        => network[0].Run(() => ProbeFactory.Create(tracker, Instance(network))!.Look(TestContext.Current.CancellationToken));

    private static InstanceConfiguration Instance(TestNetwork network) => new()
    {
        Name = "i",
        InterfaceName = TestHost.InterfaceName,
        VirtualRouterId = 1,
        AddressFamily = AddressFamily.IPv4,
        VirtualAddresses = [VirtualAddress.Parse("192.0.2.100/24")],
        NetworkNamespace = network[0].NamespaceName,
    };
}
