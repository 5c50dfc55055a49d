using System.Net;
using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Protocol;

namespace VrrpPS.Tool.Lab;

/// <summary>
/// The lab's network: a namespace with a bridge, and one namespace per node and for the client, each with one cable (a veth
/// pair) to the bridge. The machine's own interfaces are not touched.
/// </summary>
internal sealed class LabNetwork : IDisposable
{
    /// <summary>The client's namespace.</summary>
    public const string ClientRole = "client";

    private const string LanRole = "lan";
    private const string Bridge = "lan";
    private const string ClientLink = "eth0";

    private readonly List<string> _roles = [];
    private readonly string _site;

    private LabNetwork(string site) => _site = site;

    /// <summary>Builds it. What has been built is removed again when a later step fails.</summary>
    /// <param name="plan">The nodes.</param>
    /// <param name="site">What the roles of its namespaces begin with, for a process that builds more than one.</param>
    /// <exception cref="Engine.Linux.KernelException">The kernel refused.</exception>
    public static LabNetwork Build(LabPlan plan, string site = "")
    {
        var network = new LabNetwork(site);
        try
        {
            network.AddLan();
            foreach (var node in plan.Nodes)
            {
                network.AddHost(node.Name, node.Instance.InterfaceName, node.Address);
            }

            network.AddHost(ClientRole, ClientLink, plan.ClientAddress);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>The names of all named namespaces of this machine.</summary>
    public static IReadOnlyList<string> ListNamespaces() => NetworkNamespace.ListNames();

    /// <summary>Removes a namespace by its name.</summary>
    public static void DeleteNamespace(string name) => NetworkNamespace.Delete(name);

    /// <summary>Runs a function inside a host's namespace, on a thread of its own, and waits for it.</summary>
    public static T RunIn<T>(string role, Func<T> function)
    {
        using var target = NetworkNamespace.Open(LabNames.Of(role));
        return target.RunInside(function);
    }

    /// <summary>Starts a thread that lives inside a host's namespace. The task ends, or fails, with it.</summary>
    public static Task StartThread(string role, string name, Action body)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                using (var target = NetworkNamespace.Open(LabNames.Of(role)))
                {
                    target.Enter();
                }

                body();
                ended.SetResult();
            }
            catch (Exception exception)
            {
                ended.SetException(exception);
            }
        })
        {
            IsBackground = true,
            Name = $"lab {role} {name}",
        };
        thread.Start();
        return ended.Task;
    }

    /// <summary>Plugs a node's cable in or pulls it: its port of the bridge goes up or down, and with it the node's carrier.</summary>
    public static void SetCable(string role, bool connected) => RunIn(LanRole, () =>
    {
        using var netlink = RouteNetlink.Open();
        var port = IndexOf(netlink, role);
        if (connected)
        {
            netlink.SetLinkUp(port);
        }
        else
        {
            netlink.SetLinkDown(port);
        }

        return port;
    });

    /// <summary>Removes all namespaces, and with them every link.</summary>
    public void Dispose()
    {
        foreach (var role in Enumerable.Reverse(_roles))
        {
            NetworkNamespace.Delete(LabNames.Of(role));
        }

        _roles.Clear();
    }

    private static int IndexOf(RouteNetlink netlink, string name)
        => netlink.FindLink(name)?.Index ?? throw new InvalidOperationException($"The lab's link '{name}' has disappeared.");

    private NetworkNamespace Create(string role)
    {
        var made = NetworkNamespace.Create(LabNames.Of(_site + role));
        _roles.Add(_site + role);
        return made;
    }

    private void AddLan()
    {
        using var lan = Create(LanRole);
        lan.RunInside(() =>
        {
            using var netlink = RouteNetlink.Open();
            netlink.CreateBridge(Bridge);
            netlink.SetLinkUp(IndexOf(netlink, Bridge));
        });
    }

    private void AddHost(string role, string linkName, IPAddress address)
    {
        using var host = Create(role);
        RunIn(_site + LanRole, () =>
        {
            using var netlink = RouteNetlink.Open();
            netlink.CreateVethPair(role, linkName, host);
            var port = IndexOf(netlink, role);
            netlink.SetLinkMaster(port, IndexOf(netlink, Bridge));
            netlink.SetLinkUp(port);
            return port;
        });
        host.RunInside(() =>
        {
            using var netlink = RouteNetlink.Open();
            var link = IndexOf(netlink, linkName);
            netlink.AddAddress(new AddressAssignment(link, InetAddress.Parse(address.ToString()), LabPlan.PrefixLength));
            netlink.SetLinkUp(IndexOf(netlink, "lo"));
            netlink.SetLinkUp(link);
        });
    }
}
