using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Protocol;
using Xunit;

namespace VrrpPS.Engine.Tests.Watch;

/// <summary>Network namespaces on one bridge, each with an interface <c>eth0</c> and the address 10.0.0.N and fe80::N.</summary>
internal sealed class WatchLab : IDisposable
{
    private static int s_count;

    private readonly string _prefix = $"vpw{Environment.ProcessId}x{Interlocked.Increment(ref s_count)}";
    private readonly List<NetworkNamespace> _namespaces = [];
    private readonly List<WatchLabProcess> _processes = [];
    private readonly NetworkNamespace _hub;
    private readonly int _bridge;

    public WatchLab()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && (ProcessCapabilities.Effective & Capabilities.SysAdmin) != Capabilities.None,
            "needs root: network namespaces are made");
        _hub = Create("hub");
        _bridge = _hub.RunInside(static () =>
        {
            using var netlink = RouteNetlink.Open();
            netlink.CreateBridge("br0");
            int index = netlink.FindLink("br0")!.Index;
            netlink.SetLinkUp(index);
            return index;
        });
    }

    public string HubName => _hub.Name!;

    /// <summary>Adds a node; the first is number 1.</summary>
    public WatchLabNode AddNode(bool addresses = true, ulong? mac = null)
    {
        int number = _namespaces.Count;
        var node = new WatchLabNode(Create($"n{number}"), number, _processes);
        Connect(node, "eth0", $"p{number}", mac);
        if (addresses)
        {
            node.AddAddress($"10.0.0.{number}", 24);
            node.AddAddress($"fe80::{number}", 64);
        }

        return node;
    }

    /// <summary>Joins one more interface of a node to the bridge.</summary>
    public void Connect(WatchLabNode node, string name, string port, ulong? mac = null)
    {
        _hub.RunInside(() =>
        {
            using var netlink = RouteNetlink.Open();
            netlink.CreateVethPair(port, name, node.Namespace);
            int index = netlink.FindLink(port)!.Index;
            netlink.SetLinkMaster(index, _bridge);
            netlink.SetLinkUp(index);
        });
        node.Namespace.RunInside(() =>
        {
            using var netlink = RouteNetlink.Open();
            int index = netlink.FindLink(name)!.Index;
            if (mac is { } value)
            {
                netlink.SetLinkAddress(index, new MacAddress(value));
            }

            netlink.SetLinkUp(netlink.FindLink("lo")!.Index);
            netlink.SetLinkUp(index);
        });
        _hub.RunInside(() => WaitUntilForwarding(port));
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Dispose();
        }

        foreach (var each in _namespaces)
        {
            NetworkNamespace.Delete(each.Name!);
            each.Dispose();
        }
    }

    /// <summary>A bridge drops what arrives before the kernel has told it of the port's carrier, which a busy machine does late.</summary>
    private static void WaitUntilForwarding(string port)
    {
        using var monitor = NetlinkMonitor.Open();
        using var poll = new EventPoll();
        using var netlink = RouteNetlink.Open();
        poll.Add(monitor.FileDescriptor, 0);
        var deadline = MonotonicClock.Now + (20 * Instant.NanosecondsPerSecond);
        while (netlink.FindLink(port) is not { OperationalState: OperationalState.Up })
        {
            Assert.True(MonotonicClock.Now < deadline, $"{port} did not come up");
            _ = poll.Wait(deadline);
            while (monitor.TryRead(out _))
            {
                // Only the news that there is news counts.
            }
        }

        // The change is made under the lock that this request takes too: afterwards the bridge knows.
        netlink.SetLinkUp(netlink.FindLink(port)!.Index);
    }

    private NetworkNamespace Create(string name)
    {
        var made = NetworkNamespace.Create($"{_prefix}-{name}");
        _namespaces.Add(made);
        return made;
    }
}
