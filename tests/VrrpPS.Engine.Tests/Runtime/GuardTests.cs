using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>A guard that is missing or dead is told, shown and replaced.</summary>
[Trait("Lane", "Namespace")]
public sealed class GuardTests
{
    [Fact]
    public void Killed_guard_is_told_and_the_next_one_guards_what_is_bound()
    {
        using var network = TestNetwork.Create(1);
        using var process = EngineProcess.Start(network[0], 200, 10, lease: 3600);
        process.WaitFor("-> Master");
        int guard = Assert.Single(process.Children());
        Assert.Equal(0, SpawnNative.Kill(-guard, SpawnNative.SIGKILL));
        process.WaitFor($"No guard watches over this process: the guard (process {guard}) ended");
        process.WaitFor("A guard watches over this process again.");
        Assert.NotEqual(guard, Assert.Single(process.Children()));

        process.Kill();
        Eventually.True(() => !network[0].Has(InetAddress.Parse(Cluster.Vip)), "the new guard removes the address");
    }

    [Fact]
    public async Task Guard_that_cannot_be_had_is_told_once_and_shown_until_it_can()
    {
        bool installed = false;
        using var cluster = new Cluster(1, _ => new EngineOptions
        {
            StartGuard = () => AddressGuard.Start(GuardProcess.FindShell(), Volatile.Read(ref installed) ? GuardProcess.FindIp() : null),
        });
        await cluster.StartAsync(0, cluster.Configuration(0, 200));
        cluster.WaitFor(0, RouterState.Master);
        Assert.Contains(cluster.State(0).Warning, static text => text.StartsWith("NoGuard: there is no 'ip' command", StringComparison.Ordinal));
        Assert.True(cluster.WaitForEvent(0, VrrpEventKind.Information, "there is no 'ip' command").IsWarning);

        Volatile.Write(ref installed, true);
        cluster.WaitFor(0, static state => state.Warning.All(static text => !text.StartsWith("NoGuard", StringComparison.Ordinal)), "a guard watches");
        Assert.Single(cluster.Events, static @event => @event.Message.Contains("No guard watches", StringComparison.Ordinal));
    }
}
