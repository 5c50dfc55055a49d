using System.Diagnostics;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Routing;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Engine.Runtime;
using VrrpPS.Engine.Tests.Support;
using Xunit;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>An engine in a process of its own, inside a host's namespace, that can be killed and frozen.</summary>
internal sealed class EngineProcess : IDisposable
{
    private const int SIGCONT = 18;
    private const int SIGSTOP = 19;

    private readonly Process _process;
    private readonly List<string> _lines = [];

    private EngineProcess(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += OnLine;
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>Starts an engine with one instance; a lease of 0 is the default one; several addresses are separated by spaces.</summary>
    public static EngineProcess Start(TestHost host, int priority, int centiseconds, int lease, string vip = $"{Cluster.Vip}/24") => new(
        TestProcess.Start(host, ["engine", $"{priority}", $"{centiseconds}", $"{lease}", .. vip.Split(' ')]));

    /// <summary>Starts an engine with one instance that has routes and rules.</summary>
    public static EngineProcess StartWithRoutes(TestHost host, int centiseconds, int lease, IEnumerable<string> routes, IEnumerable<string> rules) => new(
        TestProcess.Start(
            host,
            [
                "engine", "200", $"{centiseconds}", $"{lease}", $"{Cluster.Vip}/24",
                // A role's arguments are separated by blanks.
                .. routes.Select(static route => "route:" + route.Replace(' ', '+')), .. rules.Select(static rule => "rule:" + rule.Replace(' ', '+')),
            ]));

    /// <summary>Starts an engine with one instance that has a virtual MAC address, and a lease that outlasts any test.</summary>
    public static EngineProcess StartWithVirtualMac(TestHost host) => new(TestProcess.Start(host, ["engine", "200", "10", "3600", $"{Cluster.Vip}/24", "rvmac"]));

    /// <summary>Starts an engine with one instance that does not accept what is sent to its address.</summary>
    public static EngineProcess StartWithoutAcceptMode(TestHost host) => new(TestProcess.Start(host, ["engine", "200", "10", "3600", $"{Cluster.Vip}/24", "rnoaccept"]));

    /// <summary>Waits until the process has reported something behind a mark.</summary>
    public void WaitFor(string text, int from = 0)
    {
        long start = Stopwatch.GetTimestamp();
        lock (_lines)
        {
            while (!_lines.Skip(from).Any(line => line.Contains(text, StringComparison.Ordinal)))
            {
                var rest = Eventually.DefaultBound - Stopwatch.GetElapsedTime(start);
                Assert.True(rest > TimeSpan.Zero, $"The engine's process never said '{text}': {string.Join(Environment.NewLine, _lines)}");
                _ = Monitor.Wait(_lines, rest);
            }
        }
    }

    /// <summary>How much it has said so far.</summary>
    public int Count
    {
        get
        {
            lock (_lines)
            {
                return _lines.Count;
            }
        }
    }

    /// <summary>Ends it as the kernel does: without a word.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Lets it end by itself, as a program that has done its work.</summary>
    public void End()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
    }

    public void Freeze() => Assert.Equal(0, SpawnNative.Kill(Id, SIGSTOP));

    public void Thaw() => Assert.Equal(0, SpawnNative.Kill(Id, SIGCONT));

    /// <summary>Its child processes: the guard.</summary>
    public IReadOnlyList<int> Children() => [.. Directory.EnumerateDirectories($"/proc/{Id}/task")
        .SelectMany(static task => File.ReadAllText($"{task}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(int.Parse)];

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    /// <summary>The child's side.</summary>
    public static void Play(string[] arguments, Action waitForEnd)
    {
        using var engine = new VrrpEngine();
        engine.EventRaised += static @event =>
        {
            Console.Error.WriteLine($"{@event.Kind} {@event.Message}");
            Console.Error.Flush();
        };
        int lease = int.Parse(arguments[2]);
        engine.StartAsync(new InstanceConfiguration
        {
            Name = "process",
            InterfaceName = TestHost.InterfaceName,
            VirtualRouterId = 41,
            AddressFamily = VirtualAddress.Parse(arguments[3]).Address.Family,
            VirtualAddresses = [.. arguments[3..].Where(static text => !text.StartsWith('r')).Select(VirtualAddress.Parse)],
            VirtualRoutes = [.. Behind(arguments, "route:").Select(VirtualRoute.Parse)],
            VirtualRules = [.. Behind(arguments, "rule:").Select(VirtualRule.Parse)],
            VirtualMac = arguments.Contains("rvmac") ? VirtualMacOptions.Default : null,
            AcceptMode = !arguments.Contains("rnoaccept"),
            Priority = int.Parse(arguments[0]),
            AdvertisementInterval = new Protocol.Interval(ushort.Parse(arguments[1])),
            AddressLease = lease == 0 ? null : TimeSpan.FromSeconds(lease),
        }).GetAwaiter().GetResult();
        waitForEnd();
    }

    private static IEnumerable<string> Behind(string[] arguments, string prefix)
        => arguments.Where(text => text.StartsWith(prefix, StringComparison.Ordinal)).Select(text => text[prefix.Length..].Replace('+', ' '));

    private void OnLine(object sender, DataReceivedEventArgs line)
    {
        lock (_lines)
        {
            _lines.Add(line.Data ?? "(end)");
            Monitor.PulseAll(_lines);
        }
    }
}
