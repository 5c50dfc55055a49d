using VrrpPS.Bench.Measure;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Protocol;

namespace VrrpPS.Bench.Network;

/// <summary>
/// Two nodes and a client, each in a namespace of its own, joined by a bridge in one more. Names carry the process number, so
/// runs side by side never meet; everything goes with <see cref="Dispose"/>.
/// </summary>
internal sealed class BenchNetwork : IDisposable
{
    /// <summary>The interface of every host.</summary>
    public const string LinkName = "eth0";

    /// <summary>The prefix length of all addresses.</summary>
    public const byte PrefixLength = 16;

    private const string Bridge = "lan";
    private const string LoopbackName = "lo";

    /// <summary>So many IPv4 addresses per third byte.</summary>
    private const int PerByte = 255;

    private const int NotThere = 99;

    private static int s_count;

    private readonly string _prefix = $"vrrpps-bench-{Environment.ProcessId}-{Interlocked.Increment(ref s_count)}";
    private readonly List<NetworkNamespace> _namespaces = [];
    private readonly BenchHost? _client;
    private readonly bool _withIPv6;

    /// <summary>Builds it; what has been built is removed again when a later step fails.</summary>
    /// <param name="withClient">Whether there is a client beside the nodes.</param>
    /// <param name="withIPv6">Whether the hosts speak IPv6 too.</param>
    public BenchNetwork(bool withClient = true, bool withIPv6 = false)
    {
        _withIPv6 = withIPv6;
        Cleaner.Add(this);
        try
        {
            Switch = Add("switch");
            Switch.RunInside(() =>
            {
                // The switch takes no part in anything itself.
                File.WriteAllText("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1");
                using var netlink = RouteNetlink.Open();
                netlink.CreateBridge(Bridge);
                netlink.SetLinkUp(netlink.FindLink(Bridge)!.Index);
            });
            Nodes = [AddHost("a", 1), AddHost("b", 2)];
            _client = withClient ? AddHost("client", 250) : null;
            foreach (var host in _client is null ? Nodes : Nodes.Append(_client))
            {
                WaitUntilUsable(host);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The namespace of the bridge.</summary>
    public NetworkNamespace Switch { get; }

    /// <summary>The two nodes.</summary>
    public BenchHost[] Nodes { get; }

    /// <summary>The client.</summary>
    public BenchHost Client => _client ?? throw new BenchException("This network has no client.");

    /// <summary>The n-th virtual address, from 0. The first of IPv6 is link-local, as the protocol wants it.</summary>
    public static InetAddress VirtualAddress(int index, AddressFamily family = AddressFamily.IPv4) => InetAddress.Parse(family == AddressFamily.IPv4
        ? $"10.77.{1 + (index / PerByte)}.{1 + (index % PerByte)}"
        : index == 0 ? "fe80::77:1" : $"fd77::{index + 1:x}");

    /// <summary>The position of a virtual address, or -1.</summary>
    public static int IndexOf(InetAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        int length = address.Write(octets);
        octets = octets[..length];
        if (length == 4)
        {
            return octets is [10, 77, > 0, > 0] ? ((octets[2] - 1) * PerByte) + octets[3] - 1 : -1;
        }

        return octets switch
        {
            [0xFD, 0x77, ..] => (octets[14] << 8) + octets[15] - 1,
            [0xFE, 0x80, .., 0, 0, 0, 0x77, 0, 1] => 0,
            _ => -1,
        };
    }

    /// <summary>How many virtual addresses a node has.</summary>
    public int CountVirtualAddresses(int node) => Nodes[node].Namespace.RunInside(() =>
    {
        using var netlink = RouteNetlink.Open();
        return netlink.GetAddresses(Nodes[node].Link).Count(static info => IndexOf(info.Address) >= 0);
    });

    /// <summary>The index of the bridge's port that leads to a node.</summary>
    public int PortOf(int node) => Switch.RunInside(() =>
    {
        using var netlink = RouteNetlink.Open();
        return netlink.FindLink(node == 0 ? "a" : "b")!.Index;
    });

    /// <summary>Takes every virtual address off a node: what a dead program has left there.</summary>
    public void RemoveVirtualAddresses(int node) => Nodes[node].Namespace.RunInside(() =>
    {
        using var netlink = RouteNetlink.Open();
        foreach (var info in netlink.GetAddresses(Nodes[node].Link))
        {
            if (IndexOf(info.Address) >= 0)
            {
                try
                {
                    netlink.DeleteAddress(info.InterfaceIndex, info.Address, info.PrefixLength);
                }
                catch (KernelException exception) when (exception.ErrorNumber == NotThere)
                {
                    // A guard that is still at work was faster.
                }
            }
        }
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var made in _namespaces)
        {
            NetworkNamespace.Delete(made.Name!);
            made.Dispose();
        }

        _namespaces.Clear();
        Cleaner.Remove(this);
    }

    private static void WaitUntilUsable(BenchHost host) => Wait.Until(
        () => host.Namespace.RunInside(() =>
        {
            using var netlink = RouteNetlink.Open();
            return netlink.FindLink(LinkName) is { IsUsable: true };
        }),
        TimeSpan.FromSeconds(10),
        $"the link of {host.Namespace} is up");

    private NetworkNamespace Add(string role)
    {
        var made = NetworkNamespace.Create($"{_prefix}-{role}");
        _namespaces.Add(made);
        return made;
    }

    private BenchHost AddHost(string role, int number)
    {
        var host = Add(role);
        Switch.RunInside(() =>
        {
            using var netlink = RouteNetlink.Open();
            netlink.CreateVethPair(role, LinkName, host);
            int port = netlink.FindLink(role)!.Index;
            netlink.SetLinkMaster(port, netlink.FindLink(Bridge)!.Index);
            netlink.SetLinkUp(port);
        });
        return host.RunInside(() =>
        {
            if (!_withIPv6)
            {
                File.WriteAllText("/proc/sys/net/ipv6/conf/all/disable_ipv6", "1");
            }

            // Nobody else is there: an address of the host's own need not be asked for.
            foreach (string scope in (ReadOnlySpan<string>)["all", "default", LinkName])
            {
                File.WriteAllText($"/proc/sys/net/ipv6/conf/{scope}/accept_dad", "0");
            }

            using var netlink = RouteNetlink.Open();
            netlink.SetLinkUp(netlink.FindLink(LoopbackName)!.Index);
            var link = netlink.FindLink(LinkName)!;
            netlink.AddAddress(new AddressAssignment(link.Index, InetAddress.Parse($"10.77.0.{number}"), PrefixLength));
            netlink.SetLinkUp(link.Index);
            return new BenchHost(host, link.Index, link.MacAddress);
        });
    }
}
