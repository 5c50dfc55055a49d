using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Tests.Support;

/// <summary>A second interface, <c>eth1</c>, for every host of a network, on a bridge of its own: 198.51.100.0/24.</summary>
internal static class SecondLink
{
    public const string InterfaceName = "eth1";

    public static void AddTo(TestNetwork network)
    {
        network.Switch.RunInside(() =>
        {
            using var netlink = RouteNetlink.Open();
            netlink.CreateBridge("bridge1");
            netlink.SetLinkUp(netlink.FindLink("bridge1")!.Index);
            for (int i = 0; i < network.Hosts.Count; i++)
            {
                netlink.CreateVethPair($"second{i}", InterfaceName, network[i].Namespace);
                int port = netlink.FindLink($"second{i}")!.Index;
                netlink.SetLinkMaster(port, netlink.FindLink("bridge1")!.Index);
                netlink.SetLinkUp(port);
            }
        });
        for (int i = 0; i < network.Hosts.Count; i++)
        {
            var own = InetAddress.Parse($"198.51.100.{i + 1}");
            network[i].Netlink(netlink =>
            {
                int index = netlink.FindLink(InterfaceName)!.Index;
                netlink.AddAddress(new AddressAssignment(index, own, 24));
                netlink.SetLinkUp(index);
            });
            var host = network[i];
            Eventually.True(
                () => host.Netlink(static netlink => netlink.FindLink(InterfaceName)!.OperationalState == OperationalState.Up), $"eth1 of host {i} is up");
        }
    }

    /// <summary>Enables or disables a host's second interface.</summary>
    public static void Set(TestNetwork network, int host, bool up) => network[host].Netlink(netlink =>
    {
        int index = netlink.FindLink(InterfaceName)!.Index;
        if (up)
        {
            netlink.SetLinkUp(index);
        }
        else
        {
            netlink.SetLinkDown(index);
        }
    });

    /// <summary>Whether a host has an address on its second interface.</summary>
    public static bool Has(TestNetwork network, int host, string address) => network[host].Netlink(netlink =>
        netlink.GetAddresses(netlink.FindLink(InterfaceName)!.Index).Any(info => info.Address == InetAddress.Parse(address)));
}
