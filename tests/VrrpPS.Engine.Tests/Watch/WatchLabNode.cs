using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Linux.Sockets;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;
using Xunit;

namespace VrrpPS.Engine.Tests.Watch;

/// <summary>One host of a <see cref="WatchLab"/>.</summary>
internal sealed class WatchLabNode(NetworkNamespace space, int number, List<WatchLabProcess> processes)
{
    public NetworkNamespace Namespace { get; } = space;

    public string Name => Namespace.Name!;

    public string Address => $"10.0.0.{number}";

    /// <summary>The MAC address of eth0.</summary>
    public MacAddress Mac => Link("eth0").MacAddress;

    public void AddAddress(string address, byte prefixLength, string interfaceName = "eth0") => Namespace.RunInside(() =>
    {
        using var netlink = RouteNetlink.Open();
        netlink.AddAddress(new AddressAssignment(netlink.FindLink(interfaceName)!.Index, InetAddress.Parse(address), prefixLength)
        {
            Flags = AddressFlags.NoDuplicateDetection,
        });
    });

    public void RemoveAddress(string address, byte prefixLength) => Namespace.RunInside(() =>
    {
        using var netlink = RouteNetlink.Open();
        netlink.DeleteAddress(netlink.FindLink("eth0")!.Index, InetAddress.Parse(address), prefixLength);
    });

    /// <summary>Empties the neighbour table, as a gratuitous ARP that is taken notice of does for one entry.</summary>
    public void ForgetNeighbours() => _ = WatchLabProcess.Run("ip", "-n", Name, "neigh", "flush", "all");

    /// <summary>Announces an address of its own by a gratuitous ARP.</summary>
    public void Announce(string address)
    {
        byte[] frame = new byte[ArpFrame.Length];
        _ = ArpFrame.WriteAnnouncement(frame, Mac, InetAddress.Parse(address));
        Send(frame);
    }

    /// <summary>Sends whole frames out of eth0.</summary>
    public void Send(params byte[][] frames)
    {
        int index = Link("eth0").Index;
        Namespace.RunInside(() =>
        {
            using var socket = PacketSocket.OpenSender();
            foreach (byte[] frame in frames)
            {
                Assert.True(socket.Send(index, frame, out int errno), $"errno {errno}");
            }
        });
    }

    /// <summary>Starts a program inside the namespace; it is killed with the lab.</summary>
    public WatchLabProcess Start(string program, params string[] arguments)
    {
        var process = new WatchLabProcess("ip", ["netns", "exec", Name, program, .. arguments]);
        processes.Add(process);
        return process;
    }

    private LinkInfo Link(string name) => Namespace.RunInside(() =>
    {
        using var netlink = RouteNetlink.Open();
        return netlink.FindLink(name)!;
    });
}
