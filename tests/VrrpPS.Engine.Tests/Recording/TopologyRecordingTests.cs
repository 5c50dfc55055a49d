using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Recording;
using VrrpPS.Engine.Runtime;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Recording;

/// <summary>
/// Records the topologies of tests/conformance on a real segment and replays each recording at once. VRRPPS_RECORD_TOPOLOGIES=1
/// keeps them, in place of those in the sources.
/// </summary>
[Trait("Lane", "Namespace")]
public sealed class TopologyRecordingTests
{
    private const string Password = "S3cret!";

    [Theory]
    [InlineData("v3-failover", VrrpVersion.V3)]
    [InlineData("v2-failover", VrrpVersion.V2)]
    public async Task Failover(string name, VrrpVersion version)
    {
        using var topology = new Topology(AddressFamily.IPv4, configuration => configuration with
        {
            Version = version,
            AdvertisementInterval = new Interval(version == VrrpVersion.V2 ? 100 : 10),
            AuthenticationPass = version == VrrpVersion.V2 ? Secret.FromText(Password) : null,
        });
        await StartAll(topology);
        topology.Step("the cable of node 0 is unplugged");
        topology.Cluster.Network.SetPort(0, up: false);
        topology.WaitFor(0, RouterState.Fault);
        topology.WaitForMaster(1, 2);
        topology.Step("it is plugged in again");
        topology.Cluster.Network.SetPort(0, up: true);
        topology.WaitForMaster(0, 1, 2);
        Check(name, topology, LastEvent.InterfaceDown, LastEvent.MasterTimeout, LastEvent.InterfaceUp);
    }

    [Theory]
    [InlineData("v3-hand-over", AddressFamily.IPv4)]
    [InlineData("v6-hand-over", AddressFamily.IPv6)]
    public async Task HandOver(string name, AddressFamily family)
    {
        using var topology = new Topology(family, static configuration => configuration);
        await StartAll(topology);
        topology.Step("the role is moved away from node 0");
        await topology.Cluster.Engine(0).MoveAsync(topology.Cluster.Key(0, family), new MoveOptions(), TestContext.Current.CancellationToken);
        topology.WaitForMaster(1, 0, 2);
        topology.Step("node 0 is resumed");
        await topology.Cluster.Engine(0).ResumeAsync(topology.Cluster.Key(0, family), TestContext.Current.CancellationToken);
        topology.WaitForMaster(0, 1, 2);
        topology.Step("node 0 is stopped");
        await topology.Cluster.Engine(0).StopAsync(topology.Cluster.Key(0, family), StopOptions.Default, TestContext.Current.CancellationToken);
        topology.WaitForMaster(1, 2);
        Check(name, topology, LastEvent.HandOver, LastEvent.MasterResigned, LastEvent.Shutdown);
    }

    [Fact]
    public async Task Preemption()
    {
        using var topology = new Topology(AddressFamily.IPv4, static configuration => configuration with
        {
            PreemptDelay = configuration.Priority == 200 ? TimeSpan.FromMilliseconds(500) : TimeSpan.Zero,
            Preempt = configuration.Priority != 150,
        });
        topology.Step("node 2, priority 100, starts");
        await topology.StartAsync(2);
        topology.WaitForMaster(2);
        topology.Step("node 1, priority 150, starts and does not preempt");
        await topology.StartAsync(1);
        topology.WaitForMaster(2, 1);
        topology.Step("node 0, priority 200, starts and preempts after half a second");
        await topology.StartAsync(0);
        topology.WaitForMaster(0, 1, 2);
        topology.Step("node 1 is stopped, node 0 is suspended");
        await topology.Cluster.Engine(1).StopAsync(topology.Cluster.Key(1), StopOptions.Default, TestContext.Current.CancellationToken);
        await topology.Cluster.Engine(0).SuspendAsync(topology.Cluster.Key(0), StopOptions.Default, TestContext.Current.CancellationToken);
        topology.WaitForMaster(2);
        topology.Step("node 0 is resumed and preempts again");
        await topology.Cluster.Engine(0).ResumeAsync(topology.Cluster.Key(0), TestContext.Current.CancellationToken);
        topology.WaitForMaster(0, 2);
        Check("v3-preempt", topology, LastEvent.PreemptHoldTimeout, LastEvent.Suspended, LastEvent.Resumed);
    }

    private static async Task StartAll(Topology topology)
    {
        topology.Step("node 0, priority 200, starts");
        await topology.StartAsync(0);
        topology.WaitForMaster(0);
        topology.Step("node 1, priority 150, starts");
        await topology.StartAsync(1);
        topology.WaitForMaster(0, 1);
        topology.Step("node 2, priority 100, starts");
        await topology.StartAsync(2);
        topology.WaitForMaster(0, 1, 2);
    }

    private static void Check(string name, Topology topology, params ReadOnlySpan<LastEvent> expected)
    {
        string described = topology.Cluster.Describe();
        var lines = topology.Finish();
        var replay = new RecordingReplay();
        var mismatch = replay.Run(lines);
        Assert.True(mismatch is null, mismatch?.ToString());
        Assert.Equal(0, replay.Skipped + replay.Lost);
        var events = replay.Transitions.Select(static transition => transition.Event).ToHashSet();
        foreach (var wanted in expected)
        {
            Assert.True(events.Contains(wanted), $"{wanted} was not recorded: {string.Join(", ", replay.Transitions)}{Environment.NewLine}{described}");
        }

        string text = TopologyFiles.Text(lines);
        Assert.DoesNotContain(Password, text, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("VRRPPS_RECORD_TOPOLOGIES") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(TopologyFiles.Source(name))!);
            File.WriteAllText(TopologyFiles.Source(name), text);
        }
    }
}
