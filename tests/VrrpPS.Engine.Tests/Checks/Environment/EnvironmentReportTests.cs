using VrrpPS.Engine.Checks;
using VrrpPS.Engine.Checks.Environment;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Checks.Environment;

/// <summary>A real machine is looked at: namespaces with real rules and a real speaker.</summary>
[Trait("Lane", "Namespace")]
public sealed class EnvironmentReportTests
{
    [Fact]
    public async Task Rules_that_are_bypassed_and_rules_that_stop_us_are_told_apart()
    {
        using var network = TestNetwork.Create(1);
        network[0].AddFirewallRules("""
            table inet filter {
              chain in { type filter hook input priority 0; policy drop; ct state established,related accept; iifname "lo" accept; tcp dport 22 accept; }
              chain out { type filter hook output priority 0; ip protocol 112 drop; }
            }
            """);
        var multicast = await Look(network[0]);
        Assert.Equal(VrrpFindingSeverity.Information, multicast.Single(static finding => finding.Code == FindingCodes.FirewallInputBypassed).Severity);
        Assert.Contains("inet filter in drops", multicast.Single(static finding => finding.Code == FindingCodes.FirewallInputBypassed).Message, StringComparison.Ordinal);
        Assert.Equal(VrrpFindingSeverity.Information, multicast.Single(static finding => finding.Code == FindingCodes.FirewallStopsSending).Severity);
        var unicast = await Look(network[0], new EnvironmentOptions { UnicastPeers = [InetAddress.Parse("192.0.2.2")], Duration = TimeSpan.Zero });
        Assert.Equal(VrrpFindingSeverity.Error, unicast[0].Severity);
        Assert.Equal(FindingCodes.FirewallStopsSending, unicast[0].Code);
    }

    [Fact]
    public async Task A_chain_before_the_IP_stack_is_an_error()
    {
        using var network = TestNetwork.Create(1);
        network[0].AddFirewallRules("table netdev t {\nchain c {\ntype filter hook ingress device eth0 priority 0;\nip protocol 112 drop\n}\n}\n");
        var findings = await Look(network[0]);
        Assert.Equal(VrrpFindingSeverity.Error, findings.Single(static finding => finding.Code == FindingCodes.FirewallStopsFrames).Severity);
        Assert.DoesNotContain(findings, static finding => finding.Code == FindingCodes.FirewallInputBypassed);
    }

    [Fact]
    public async Task An_open_machine_is_not_complained_about()
    {
        using var network = TestNetwork.Create(1);
        Assert.DoesNotContain(await Look(network[0]), static finding => finding.Severity > VrrpFindingSeverity.Information || finding.Code.StartsWith("Firewall", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_speaker_on_the_link_is_heard_and_its_id_not_offered()
    {
        using var cluster = new Cluster(2);
        var configuration = cluster.Configuration(0, 200) with { VirtualRouterId = 1, AdvertisementInterval = new Interval(20) };
        await cluster.StartAsync(0, configuration);
        cluster.WaitFor(0, RouterState.Master);
        var findings = await Look(cluster.Network[1], new EnvironmentOptions { Duration = TimeSpan.FromSeconds(2), VirtualRouterId = 1 });
        Assert.Contains("192.0.2.1 (version 3, priority 200", findings.Single(static finding => finding.Code == FindingCodes.VirtualRouterIdInUse).Message, StringComparison.Ordinal);
        Assert.StartsWith("Virtual router id 2 ", findings.Single(static finding => finding.Code == FindingCodes.FreeVirtualRouterId).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bridge_tells_whether_it_snoops()
    {
        using var network = TestNetwork.Create(1);
        var findings = await EnvironmentReport.RunAsync(
            new EnvironmentOptions { NetworkNamespace = network.Switch.Name, InterfaceNames = ["bridge"], Duration = TimeSpan.Zero }, TestContext.Current.CancellationToken);
        Assert.Contains(findings, static finding => finding.Code == FindingCodes.SnoopingWithoutQuerier);
    }

    [Fact]
    public async Task A_clsact_discipline_is_seen()
    {
        using var network = TestNetwork.Create(1);
        Assert.SkipUnless(File.Exists("/sbin/tc") || File.Exists("/usr/sbin/tc"), "tc is not installed");
        var (exitCode, output) = network[0].Execute("tc", string.Empty, "qdisc", "add", "dev", "eth0", "clsact");
        Assert.SkipUnless(exitCode == 0, $"this kernel has no clsact: {output}");
        Assert.Contains(await Look(network[0]), static finding => finding.Code == FindingCodes.PacketProgram);
    }

    [Fact]
    public async Task A_namespace_that_does_not_exist_is_refused()
        => Assert.Equal(
            ErrorIds.NamespaceNotFound,
            (await Assert.ThrowsAsync<VrrpException>(static () => EnvironmentReport.RunAsync(new EnvironmentOptions { NetworkNamespace = "nosuch", Duration = TimeSpan.Zero }, TestContext.Current.CancellationToken))).ErrorId);

    private static Task<IReadOnlyList<VrrpFinding>> Look(TestHost host, EnvironmentOptions? options = null)
        => EnvironmentReport.RunAsync((options ?? new EnvironmentOptions { Duration = TimeSpan.Zero }) with { NetworkNamespace = host.NamespaceName, InterfaceNames = [TestHost.InterfaceName] }, TestContext.Current.CancellationToken);
}
