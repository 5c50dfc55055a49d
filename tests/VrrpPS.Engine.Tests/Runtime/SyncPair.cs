using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>A virtual router on each of a host's two interfaces, in one sync group.</summary>
internal static class SyncPair
{
    public const string SecondVip = "198.51.100.100";

    public static async Task StartAsync(Cluster cluster, int host, int priority)
    {
        var first = cluster.Configuration(host, priority) with { Name = "first", SyncGroup = "both", AdvertisementInterval = new Interval(20) };
        await cluster.StartAsync(host, first);
        await cluster.StartAsync(host, first with
        {
            Name = "second",
            InterfaceName = SecondLink.InterfaceName,
            VirtualRouterId = 42,
            VirtualAddresses = [new VirtualAddress(InetAddress.Parse(SecondVip), 24)],
        });
    }

    public static InstanceKey Key(Cluster cluster, int host, string name) => new(name, cluster.Network[host].NamespaceName);

    public static VrrpState State(Cluster cluster, int host, string name) => cluster.Engine(host).GetStates().Single(state => state.Name == name);

    /// <summary>Waits until a host is Master of both and has both addresses, or of neither.</summary>
    public static void WaitForMaster(Cluster cluster, int host, bool isMaster)
        => Eventually.True(
            () => cluster.Engine(host).GetStates().All(state => state.State == RouterState.Master == isMaster) && Serves(cluster, host, isMaster),
            () => $"host {host} is {(isMaster ? "Master of both" : "Master of neither")}: {string.Join(", ", cluster.Engine(host).GetStates())} {cluster.Describe()}");

    /// <summary>Whether a host has both addresses, or neither.</summary>
    public static bool Serves(Cluster cluster, int host, bool serves)
        => cluster.Network[host].Has(InetAddress.Parse(Cluster.Vip)) == serves && SecondLink.Has(cluster.Network, host, SecondVip) == serves;
}
