using VrrpPS.Engine.Configuration.Keepalived;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using Xunit;

namespace VrrpPS.Engine.Tests.Interop;

/// <summary>keepalived's sync group on the other node: an interface of ours fails and returns, and both addresses go with it.</summary>
[Trait("Lane", "Interop")]
public sealed class KeepalivedSyncGroupTests
{
    private const string Text = """
        vrrp_sync_group both {
            group {
                first
                second
            }
        }
        vrrp_instance first {
            state BACKUP
            interface eth0
            virtual_router_id 41
            version 3
            priority 100
            advert_int 0.2
            virtual_ipaddress {
                192.0.2.100/24
            }
        }
        vrrp_instance second {
            state BACKUP
            interface eth1
            virtual_router_id 42
            version 3
            priority 100
            advert_int 0.2
            virtual_ipaddress {
                198.51.100.100/24
            }
        }

        """;

    [Fact]
    public async Task Both_addresses_move_and_come_back()
    {
        KeepalivedProcess.RequireOrSkip();
        Assert.All(KeepalivedReader.Read(Text, "keepalived.conf").EnsureUsable(allowPartial: false).Instances, static c => Assert.Equal("both", c.SyncGroup));
        using var cluster = new Cluster(2);
        SecondLink.AddTo(cluster.Network);
        using var keepalived = KeepalivedProcess.Start(cluster.Network[1], Text);
        WaitForKeepalived(cluster, keepalived, serves: true);

        // Ours has the higher priority on both, and takes both.
        await SyncPair.StartAsync(cluster, 0, 200);
        SyncPair.WaitForMaster(cluster, 0, isMaster: true);
        WaitForKeepalived(cluster, keepalived, serves: false);

        SecondLink.Set(cluster.Network, 0, up: false);
        SyncPair.WaitForMaster(cluster, 0, isMaster: false);
        WaitForKeepalived(cluster, keepalived, serves: true);

        SecondLink.Set(cluster.Network, 0, up: true);
        SyncPair.WaitForMaster(cluster, 0, isMaster: true);
        WaitForKeepalived(cluster, keepalived, serves: false);

        // Now keepalived's side fails and returns; ours stays Master throughout, and nobody is stuck.
        SecondLink.Set(cluster.Network, 1, up: false);
        keepalived.WaitFor("VRRP_Group(both) Syncing instances to FAULT state");
        SecondLink.Set(cluster.Network, 1, up: true);
        await cluster.Engine(0).SuspendAsync(SyncPair.Key(cluster, 0, "second"), Engine.Runtime.StopOptions.Default, TestContext.Current.CancellationToken);
        WaitForKeepalived(cluster, keepalived, serves: true);
        SyncPair.WaitForMaster(cluster, 0, isMaster: false);
    }

    private static void WaitForKeepalived(Cluster cluster, KeepalivedProcess keepalived, bool serves)
        => Eventually.True(
            () => SyncPair.Serves(cluster, 1, serves),
            () => $"keepalived has {(serves ? "both addresses" : "neither address")}. {keepalived.Log} {cluster.Describe()}");
}
