using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Tests.Support;

/// <summary>
/// Hosts in network namespaces of their own, joined by a bridge in one more. Names carry the process number, so parallel runs
/// never meet; everything goes with <see cref="Dispose"/>, also after a failure.
/// </summary>
internal sealed class TestNetwork : IDisposable
{
    private static int s_count;

    private readonly string _prefix = $"vrrpps-{Environment.ProcessId}-{Interlocked.Increment(ref s_count)}";
    private readonly List<NetworkNamespace> _namespaces = [];
    private readonly List<TestHost> _hosts = [];

    private TestNetwork()
    {
    }

    /// <summary>The hosts, whose own addresses are 192.0.2.1 and 2001:db8::1 and onwards.</summary>
    public IReadOnlyList<TestHost> Hosts => _hosts;

    /// <summary>A host.</summary>
    public TestHost this[int index] => _hosts[index];

    /// <summary>The namespace of the bridge.</summary>
    public NetworkNamespace Switch => _namespaces[0];

    /// <summary>Builds a network with so many hosts; skips the test where that is not possible.</summary>
    public static TestNetwork Create(int hosts)
    {
        RequiresRoot.OrSkip();
        var network = new TestNetwork();
        try
        {
            network.Build(hosts);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Unplugs a host's cable at the bridge, or plugs it in again: the host loses its carrier.</summary>
    public void SetPort(int host, bool up) => Switch.RunInside(() =>
    {
        using var netlink = RouteNetlink.Open();
        int index = netlink.FindLink($"port{host}")!.Index;
        if (up)
        {
            netlink.SetLinkUp(index);
        }
        else
        {
            netlink.SetLinkDown(index);
        }
    });

    /// <summary>
    /// Takes a host's port out of the bridge, or puts it in again: the host keeps its carrier and hears nobody.
    /// </summary>
    public void SetPartitioned(int host, bool partitioned) => Switch.RunInside(() =>
    {
        using var netlink = RouteNetlink.Open();
        netlink.SetLinkMaster(netlink.FindLink($"port{host}")!.Index, partitioned ? 0 : netlink.FindLink("bridge")!.Index);
    });

    /// <summary>Runs a program in the namespace of the bridge to its end, at most 15 s.</summary>
    public (int ExitCode, string Output) ExecuteInSwitch(string program, string input, params string[] arguments)
        => TestHost.Execute(Switch, program, input, arguments);

    public void Dispose()
    {
        foreach (var networkNamespace in _namespaces)
        {
            NetworkNamespace.Delete(networkNamespace.Name!);
            networkNamespace.Dispose();
        }

        _namespaces.Clear();
        _hosts.Clear();
    }

    private void Build(int hosts)
    {
        var bridge = AddNamespace("switch");
        bridge.RunInside(() =>
        {
            using var netlink = RouteNetlink.Open();
            netlink.CreateBridge("bridge");

            // The switch itself takes no part in IPv6.
            File.WriteAllText("/proc/sys/net/ipv6/conf/all/disable_ipv6", "1");
            netlink.SetLinkUp(netlink.FindLink("bridge")!.Index);
        });
        for (int i = 0; i < hosts; i++)
        {
            AddHost(bridge, i);
        }
    }

    private void AddHost(NetworkNamespace bridge, int number)
    {
        var host = AddNamespace($"host{number}");
        bridge.RunInside(() =>
        {
            using var netlink = RouteNetlink.Open();
            netlink.CreateVethPair($"port{number}", TestHost.InterfaceName, host);
            int port = netlink.FindLink($"port{number}")!.Index;
            netlink.SetLinkMaster(port, netlink.FindLink("bridge")!.Index);
            netlink.SetLinkUp(port);
        });
        var ipv4 = InetAddress.Parse($"192.0.2.{number + 1}");
        var ipv6 = InetAddress.Parse($"2001:db8::{number + 1:x}");
        _hosts.Add(host.RunInside(() =>
        {
            // No duplicate detection: link-local addresses are usable at once.
            File.WriteAllText("/proc/sys/net/ipv6/conf/default/accept_dad", "0");
            File.WriteAllText("/proc/sys/net/ipv6/conf/eth0/accept_dad", "0");
            using var netlink = RouteNetlink.Open();
            netlink.SetLinkUp(netlink.FindLink("lo")!.Index);
            var link = netlink.FindLink(TestHost.InterfaceName)!;
            netlink.AddAddress(new AddressAssignment(link.Index, ipv4, 24));
            netlink.AddAddress(new AddressAssignment(link.Index, ipv6, 64) { Flags = AddressFlags.NoDuplicateDetection });
            netlink.SetLinkUp(link.Index);
            return new TestHost(host, link, ipv4, ipv6);
        }));
        var added = _hosts[^1];
        Eventually.True(() => added.Netlink(static netlink => netlink.FindLink(TestHost.InterfaceName)!.OperationalState == OperationalState.Up), $"eth0 of host {number} is up");

        // The bridge forwards nothing through a port before the port itself has noticed its carrier, which takes a while on a
        // busy machine; a frame that a test sends only once would be lost.
        Eventually.True(() => IsPortUsable(bridge, number), $"the switch port of host {number} is up");
        Eventually.True(
            () => added.GetAddresses().Any(static info => info.Address.Family == AddressFamily.IPv6 && info.Address.IsLinkLocal),
            $"host {number} has a link-local address");
    }

    private static bool IsPortUsable(NetworkNamespace bridge, int number) => bridge.RunInside(() =>
    {
        using var netlink = RouteNetlink.Open();
        // Not IsUsable: the kernel also calls a link running whose state it has not looked at yet.
        return netlink.FindLink($"port{number}")!.OperationalState == OperationalState.Up;
    });

    private NetworkNamespace AddNamespace(string role)
    {
        var added = NetworkNamespace.Create($"{_prefix}-{role}");
        _namespaces.Add(added);
        return added;
    }
}
