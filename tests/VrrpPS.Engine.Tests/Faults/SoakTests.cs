using System.Diagnostics;
using System.Globalization;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Engine.Tests.Hostile;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Faults;

/// <summary>
/// Three nodes, each a process of its own, and one fault after the other: after each, one node has the address alone. A few seconds in
/// every run; <c>VRRPPS_SOAK=2h</c> makes it two hours, <c>VRRPPS_SOAK_SEED</c> repeats one, <c>VRRPPS_SOAK_REPORT</c> names a
/// file for the table.
/// </summary>
[Trait("Lane", "Namespace")]
public sealed class SoakTests : IDisposable
{
    private const int Nodes = 3, Centiseconds = 20, Loss = 33;
    private static readonly TimeSpan s_short = TimeSpan.FromSeconds(5);

    private readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("VRRPPS_SOAK_SEED"), CultureInfo.InvariantCulture, out int seed)
        ? seed : Random.Shared.Next();

    private readonly EngineProcess?[] _processes = new EngineProcess?[Nodes];
    private readonly ProcessFootprint[] _young = new ProcessFootprint[Nodes];
    private readonly int[] _survived = new int[Nodes];

    [Fact]
    public void After_every_fault_one_node_has_the_address_alone()
    {
        using var network = TestNetwork.Create(Nodes);
        using var control = new StallControl();
        var report = new SoakReport(_seed);
        var random = new Random(_seed);
        var duration = s_short;
        Assert.True(
            Environment.GetEnvironmentVariable("VRRPPS_SOAK") is not { Length: > 0 } text || DurationText.TryParse(text, out duration),
            "VRRPPS_SOAK is a duration such as 90s, 10m or 2h");
        for (int node = 0; node < Nodes; node++)
        {
            Start(network, node);
        }

        _ = Settle(network);
        string growth = "no process lived through a second fault";
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < duration || report.Count == 0;)
        {
            var fault = (SoakFault)random.Next(Enum.GetValues<SoakFault>().Length);
            int node = random.Next(Nodes);
            using var owners = new Owners(network, Cluster.Vip);
            Inflict(network, fault, node, TimeSpan.FromMilliseconds(random.Next(100, 3000)));
            var settled = Settle(network);
            report.Add(fault, owners.LongestNowhere(), owners.LongestShared(), settled);
            growth = Grow() ?? growth;
        }

        string table = report.ToText(string.Create(
            CultureInfo.InvariantCulture, $"{growth}; this machine stood still for {control.Longest.TotalMilliseconds:0} ms at worst"));
        TestContext.Current.TestOutputHelper!.WriteLine(table);
        if (Environment.GetEnvironmentVariable("VRRPPS_SOAK_REPORT") is { Length: > 0 } path)
        {
            File.WriteAllText(path, table);
        }

        // A lease is 2 s and ends at most 1 s late.
        Assert.True(report.WorstShared < TimeSpan.FromSeconds(3.2) + (2 * control.Longest), table);
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process?.Dispose();
        }
    }

    private void Start(TestNetwork network, int node)
    {
        _processes[node]?.Dispose();
        _processes[node] = EngineProcess.Start(network[node], 200 - (50 * node), Centiseconds, lease: 0);
        _survived[node] = 0;
    }

    private void Inflict(TestNetwork network, SoakFault fault, int node, TimeSpan time)
    {
        var process = _processes[node]!;
        switch (fault)
        {
            case SoakFault.Kill:
                process.Kill();
                Pass(time);
                Start(network, node);
                break;
            case SoakFault.KillWithGuard:
                foreach (int guard in process.Children())
                {
                    _ = SpawnNative.Kill(guard, SpawnNative.SIGKILL);
                }

                process.Kill();
                Pass(time);
                Start(network, node);
                break;
            case SoakFault.Stop:
                process.End();
                Pass(time);
                Start(network, node);
                break;
            case SoakFault.Freeze:
                process.Freeze();
                Pass(time);
                process.Thaw();
                break;
            case SoakFault.Link:
                network[node].SetLink(up: false);
                Pass(time);
                network[node].SetLink(up: true);
                break;
            case SoakFault.Cable:
                network.SetPort(node, up: false);
                Pass(time);
                network.SetPort(node, up: true);
                break;
            case SoakFault.Partition:
                network.SetPartitioned(node, partitioned: true);
                Pass(time);
                network.SetPartitioned(node, partitioned: false);
                break;
            default:
                using (Faults.Loss.OfEverything(network, Loss))
                {
                    Pass(time);
                }

                break;
        }
    }

    /// <summary>Waits until the best node has the address and nobody else, and has kept it for a down interval; how long the first took.</summary>
    private TimeSpan Settle(TestNetwork network)
    {
        var vip = InetAddress.Parse(Cluster.Vip);
        long start = Stopwatch.GetTimestamp();
        long since = 0;
        var settled = TimeSpan.Zero;
        Eventually.True(
            () =>
            {
                bool alone = network[0].Has(vip) && network.Hosts.Count(host => host.Has(vip)) == 1;
                (since, settled) = (alone, since) switch
                {
                    (false, _) => (0, settled),
                    (true, 0) => (Stopwatch.GetTimestamp(), Stopwatch.GetElapsedTime(start)),
                    _ => (since, settled),
                };
                return since != 0 && Stopwatch.GetElapsedTime(since) > TimeSpan.FromMilliseconds(40 * Centiseconds);
            },
            $"the best node has the address alone (seed {_seed})",
            TimeSpan.FromSeconds(30));
        return settled;
    }

    /// <summary>How much the process that has lived through the most faults has grown since the third of them.</summary>
    private string? Grow()
    {
        for (int node = 0; node < Nodes; node++)
        {
            if (++_survived[node] == 3)
            {
                _young[node] = ProcessFootprint.Of(_processes[node]!.Id);
            }
        }

        int oldest = Array.IndexOf(_survived, _survived.Max());
        if (_survived[oldest] <= 3)
        {
            return null;
        }

        var (young, old) = (_young[oldest], ProcessFootprint.Of(_processes[oldest]!.Id));
        Assert.InRange(old.Descriptors, 0, young.Descriptors + 8);
        Assert.InRange(old.Threads, 0, young.Threads + 8);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"after {_survived[oldest]} faults a process has {old.Kilobytes - young.Kilobytes:+0;-0;0} KiB, {old.Descriptors - young.Descriptors:+0;-0;0} descriptors and {old.Threads - young.Threads:+0;-0;0} threads more than after 3");
    }

    private static void Pass(TimeSpan time)
    {
        using var never = new ManualResetEventSlim();
        _ = never.Wait(time, TestContext.Current.CancellationToken);
    }
}
