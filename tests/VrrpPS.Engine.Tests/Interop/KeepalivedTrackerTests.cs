using VrrpPS.Engine.Configuration.Keepalived;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Interop;

/// <summary>
/// The real keepalived and we track the same things by the same text: whatever happens to them, both count alike. keepalived is
/// Master, so that its priority is heard; ours is 100 below.
/// </summary>
[Trait("Lane", "Interop")]
public sealed class KeepalivedTrackerTests : IDisposable
{
    private const string Tracked = """
            track_script {
                plus
                minus
                turned weight 10 reverse
            }
            track_file {
                number
            }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("vrrpps-interop-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Weights_count_alike()
    {
        KeepalivedProcess.RequireOrSkip();
        var way = new Peer();
        using var cluster = new Cluster(2);
        string text = Definitions + way.Keepalived(cluster.Network, 1, 200, Tracked);
        using var keepalived = KeepalivedProcess.Start(cluster.Network[1], text);
        var read = KeepalivedReader.Read(text, "keepalived.conf").EnsureUsable(allowPartial: false);
        await cluster.StartAsync(0, way.Ours(cluster, 0, 100) with { Trackers = Assert.Single(read.Instances).Trackers });
        cluster.WaitFor(0, RouterState.Backup);

        // Nothing is there: plus adds nothing, minus subtracts, turned has nothing to subtract, the number is 0.
        WaitForBoth(cluster, 170, 70, keepalived);
        Touch("plus");
        WaitForBoth(cluster, 190, 90, keepalived);
        Touch("minus");
        WaitForBoth(cluster, 220, 120, keepalived);
        Touch("turned");
        WaitForBoth(cluster, 210, 110, keepalived);
        Write("-40");
        WaitForBoth(cluster, 130, 30, keepalived);
        Write("50");
        WaitForBoth(cluster, 254, 210, keepalived);
        Write("-100");
        WaitForBoth(cluster, 10, 1, keepalived);

        // Below -253 it is a fault: for it at once, for us as well, so that nobody is left.
        Write("-127");
        cluster.WaitFor(0, RouterState.Fault);
        Assert.Equal("health check 'number' failed: value -127", Assert.Single(cluster.State(0).FaultReason));
        Write("0");
        cluster.WaitFor(0, static state => state is { State: RouterState.Backup, MasterPriority: 210 }, "both are back");
    }

    private string Definitions => $$"""
        global_defs {
            script_user root
        }
        vrrp_script plus {
            script "/usr/bin/test -e {{_folder}}/plus"
            interval 1
            weight 20
        }
        vrrp_script minus {
            script "/usr/bin/test -e {{_folder}}/minus"
            interval 1
            weight -30
        }
        vrrp_script turned {
            script "/usr/bin/test -e {{_folder}}/turned"
            interval 1
        }
        vrrp_track_file number {
            file "{{_folder}}/number"
            weight 2
        }

        """;

    private void Touch(string name) => File.WriteAllText(Path.Combine(_folder, name), string.Empty);

    /// <summary>As a careful writer does it: nobody ever sees half a number.</summary>
    private void Write(string number)
    {
        string path = Path.Combine(_folder, "number");
        File.WriteAllText(path + ".new", number);
        File.Move(path + ".new", path, overwrite: true);
    }

    private static void WaitForBoth(Cluster cluster, int theirs, int ours, KeepalivedProcess keepalived) => cluster.WaitFor(
        0, state => state.MasterPriority == theirs && state.Priority == ours, $"keepalived has {theirs} and we {ours}; {keepalived.Log}");
}
