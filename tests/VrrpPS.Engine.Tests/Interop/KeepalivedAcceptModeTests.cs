using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Interop;

/// <summary>keepalived with no_accept on host 1, we with the same on host 0, a client on host 2 that sees no difference.</summary>
[Trait("Lane", "Interop")]
public sealed class KeepalivedAcceptModeTests
{
    private const string Ping = "/usr/bin/ping";

    [Theory]
    [InlineData(AddressFamily.IPv4)]
    [InlineData(AddressFamily.IPv6)]
    public async Task Neither_accepts_what_is_sent_to_the_address_and_both_say_where_it_is(AddressFamily family)
    {
        KeepalivedProcess.RequireOrSkip();
        Assert.SkipUnless(File.Exists(Ping), "ping is not installed");
        var way = new Peer { Family = family };
        using var cluster = new Cluster(3);
        var client = cluster.Network[2];
        using var keepalived = KeepalivedProcess.Start(cluster.Network[1], way.Keepalived(cluster.Network, 1, 150, "    no_accept"));
        Eventually.True(() => cluster.Network[1].Has(InetAddress.Parse(way.Vip)), "keepalived is Master");
        Refuses(1);

        await cluster.StartAsync(0, way.Ours(cluster, 0, 200) with { AcceptMode = false });
        cluster.WaitFor(0, RouterState.Master, family);
        Eventually.True(() => !cluster.Network[1].Has(InetAddress.Parse(way.Vip)), () => $"keepalived yields: {keepalived.Log}");
        Refuses(0);

        // And where both are on one host, or were, neither is in the other's way: keepalived flushes nothing of ours.
        await cluster.StopAsync(0, family: family);
        Refuses(1);

        void Refuses(int node)
        {
            Assert.NotEqual(0, client.Execute(Ping, string.Empty, "-n", "-c", "1", "-W", "1", way.Vip).ExitCode);
            Assert.Equal(cluster.Network[node].MacAddress.ToString(), VirtualMacLab.Neighbour(client, way.Vip));
        }
    }
}
