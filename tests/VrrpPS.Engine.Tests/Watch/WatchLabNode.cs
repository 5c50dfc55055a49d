using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Linux.Sockets;
using VrrpPS.Protocol;
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
