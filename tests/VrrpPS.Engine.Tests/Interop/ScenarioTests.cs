using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Interop;

/// <summary>
/// Three nodes with one virtual address, version 2, one second: priorities 200, 199 and 198. Some of them are ours, the others
/// real keepalived.
/// </summary>
[Trait("Lane", "Interop")]
public sealed class ScenarioTests
{
    [Theory]
    [InlineData(0b001)]
    [InlineData(0b010)]
    [InlineData(0b110)]
    [InlineData(0b101)]
    public async Task Three_nodes_elect_fail_over_and_come_back(int ours)
    {
        KeepalivedProcess.RequireOrSkip();
        using var cluster = new Cluster(3);
        var keepalived = new KeepalivedProcess?[3];
        try
        {
            for (int node = 0; node < 3; node++)
            {
                await StartAsync(node);
            }

            ServedBy(0);

            // The first dies by its link: nobody says anything.
            cluster.Network[0].SetLink(up: false);
            Eventually.True(() => Has(1) && !Has(2), "the second node serves");

            // It comes back and takes the role again.
            cluster.Network[0].SetLink(up: true);
            ServedBy(0);

            // A planned stop goes to the second, and of the rest to the third.
            await StopAsync(0);
            ServedBy(1);
            await StopAsync(1);
            ServedBy(2);
        }
        finally
        {
            foreach (var process in keepalived)
            {
                process?.Dispose();
            }
        }

        async Task StartAsync(int node)
        {
            if (IsOurs(node))
            {
                await cluster.StartAsync(node, new InstanceConfiguration
                {
                    Name = cluster.Key(node).Name,
                    InterfaceName = TestHost.InterfaceName,
                    VirtualRouterId = 41,
                    AddressFamily = AddressFamily.IPv4,
                    Version = VrrpVersion.V2,
                    Priority = 200 - node,
                    VirtualAddresses = [VirtualAddress.Parse($"{Cluster.Vip}/24")],
                    NetworkNamespace = cluster.Network[node].NamespaceName,
                });
            }
            else
            {
                keepalived[node] = KeepalivedProcess.Start(cluster.Network[node], $$"""
                    vrrp_instance VRRP1 {
                        state {{(node == 0 ? "MASTER" : "BACKUP")}}
                        interface {{TestHost.InterfaceName}}
                        virtual_router_id 41
                        priority {{200 - node}}
                        advert_int 1
                        virtual_ipaddress {
                            {{Cluster.Vip}}/24
                        }
                    }
                    """);
            }
        }

        async Task StopAsync(int node)
        {
            if (IsOurs(node))
            {
                Assert.NotNull((await cluster.StopAsync(node)).Successor);
            }
            else
            {
                keepalived[node]!.Stop();
            }
        }

        bool IsOurs(int node) => (ours & (1 << node)) != 0;

        bool Has(int node) => cluster.Network[node].Has(InetAddress.Parse(Cluster.Vip));

        void ServedBy(int node) => Eventually.True(
            () => Enumerable.Range(0, 3).All(other => Has(other) == (other == node)), () => $"node {node + 1} alone serves. {cluster.Describe()}");
    }
}
