using System.Diagnostics;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>A thousand starts and stops leave nothing behind, neither in the process nor in the kernel.</summary>
[Trait("Lane", "Namespace")]
public sealed class StartStopTests
{
    private const int Cycles = 1000;
    private const int ColdCycles = 300;

    [Fact]
    public void Thousand_cycles_leak_no_descriptor_thread_process_address_link_or_route()
    {
        using var network = TestNetwork.Create(1);
        var host = network[0];
        string before = Everything(host);
        using var process = TestProcess.Start(host, "cycles", host.NamespaceName);
        try
        {
            string? line = process.StandardOutput.ReadLine();
            Assert.True(line == "clean", $"{line} {(line is null ? process.StandardError.ReadToEnd() : string.Empty)}");
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }

        Eventually.True(() => Everything(host) == before, () => $"addresses, links and routes are as before:\n{before}\n{Everything(host)}");
    }

    /// <summary>The child's side: alone in its process, so that what it counts is its own.</summary>
    internal static void Play(string namespaceName)
    {
        Console.Out.WriteLine("ready");
        Console.Out.Flush();
        using (var engine = new VrrpEngine())
        {
            Run(engine, namespaceName, 20);
            Eventually.True(static () => Holdings().Threads == 1, "only the thread for events is left");
            var before = Holdings();

            // Some with a loop of their own each, the rest beside an instance that stays.
            Run(engine, namespaceName, ColdCycles);
            engine.StartAsync(Configuration(namespaceName, AddressFamily.IPv4) with
            {
                Name = "resident",
                VirtualRouterId = 42,
                VirtualAddresses = [VirtualAddress.Parse("192.0.2.101/24")],
            }).GetAwaiter().GetResult();
            Run(engine, namespaceName, Cycles - ColdCycles);
            _ = engine.StopAsync(new InstanceKey("resident", namespaceName), StopOptions.Immediately).GetAwaiter().GetResult();
            long start = Stopwatch.GetTimestamp();
            while (Holdings() is var now)
            {
                if (now == before)
                {
                    Console.Out.WriteLine("clean");
                    break;
                }

                if (Stopwatch.GetElapsedTime(start) > Eventually.DefaultBound)
                {
                    Console.Out.WriteLine($"before: {before}, after: {now}");
                    break;
                }
            }
        }

        Console.Out.Flush();
    }

    private static void Run(VrrpEngine engine, string namespaceName, int cycles)
    {
        for (int i = 0; i < cycles; i++)
        {
            var family = i % 2 == 0 ? AddressFamily.IPv4 : AddressFamily.IPv6;
            var configuration = Configuration(namespaceName, family);
            if (i % 10 == 9)
            {
                // And one that is refused after its sockets are open.
                try
                {
                    engine.StartAsync(configuration with { Priority = 255 }).GetAwaiter().GetResult();
                    throw new InvalidOperationException("Priority 255 without the address was accepted.");
                }
                catch (VrrpException exception) when (exception.ErrorId == ErrorIds.NotAddressOwner)
                {
                    continue;
                }
            }

            engine.StartAsync(configuration).GetAwaiter().GetResult();
            if (i % 10 == 0)
            {
                Eventually.True(() => engine.GetStates().Any(static state => state is { Name: "cycle", State: RouterState.Master }), "it is Master");
            }

            _ = engine.StopAsync(new InstanceKey("cycle", namespaceName), StopOptions.Immediately).GetAwaiter().GetResult();
        }
    }

    private static InstanceConfiguration Configuration(string namespaceName, AddressFamily family) => new()
    {
        Name = "cycle",
        InterfaceName = TestHost.InterfaceName,
        VirtualRouterId = 41,
        AddressFamily = family,
        VirtualAddresses = family == AddressFamily.IPv4
            ? [VirtualAddress.Parse($"{Cluster.Vip}/24")]
            : [VirtualAddress.Parse("fe80::100/128"), VirtualAddress.Parse($"{Cluster.Vip6}/64")],
        Priority = 200,
        AdvertisementInterval = new Interval(1),
        NetworkNamespace = namespaceName,
    };

    private static (int Descriptors, int Threads, int Children) Holdings()
    {
        int descriptors = Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(static path => IsOurs(TargetOf(path)));
        int threads = 0;
        int children = 0;
        foreach (string task in Directory.EnumerateDirectories("/proc/self/task"))
        {
            try
            {
                threads += File.ReadAllText($"{task}/comm").StartsWith("vrrp ", StringComparison.Ordinal) ? 1 : 0;
                children += File.ReadAllText($"{task}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
            }
            catch (IOException)
            {
                // A thread that has just ended holds nothing.
                continue;
            }
        }

        return (descriptors, threads, children);

        static string? TargetOf(string path)
        {
            try
            {
                return File.ResolveLinkTarget(path, false)?.FullName;
            }
            catch (IOException)
            {
                // Closed since it was listed, as the listing's own is.
                return null;
            }
        }

        static bool IsOurs(string? target) => target is not null
            && (target.Contains("socket:", StringComparison.Ordinal) || target.Contains("pipe:", StringComparison.Ordinal)
                || target.Contains("anon_inode:", StringComparison.Ordinal) || target.Contains("net:", StringComparison.Ordinal)
                || target.Contains("netns", StringComparison.Ordinal));
    }

    private static string Everything(TestHost host) => string.Concat(new[] { "-o link", "-o address", "-4 route show table all", "-6 route show table all" }
        .Select(what => string.Join(
            '\n',
            host.Execute("/usr/sbin/ip", string.Empty, what.Split(' ')).Output.Split('\n')
                .Where(static line => !line.Contains("multicast", StringComparison.Ordinal) || line.Contains("link/", StringComparison.Ordinal)).Order())));
}
