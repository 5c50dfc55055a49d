using System.Net;
using System.Net.Sockets;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Probe;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Health.Probes;

/// <summary>Where a probe of an instance goes, and from where.</summary>
internal static class ProbeTarget
{
    /// <summary>
    /// The address of a host. A name is asked for by the calling thread, and so through the resolver of its namespace; IPv4 first,
    /// because a service that a name stands for is asked once.
    /// </summary>
    /// <exception cref="SocketException">The name has no address.</exception>
    public static InetAddress Resolve(string host)
    {
        if (InetAddress.TryParse(host, out var literal))
        {
            return literal;
        }

        var found = Dns.GetHostAddresses(host);
        return InetAddress.From(Array.Find(found, static address => address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork)
            ?? found.FirstOrDefault()
            ?? throw new SocketException((int)SocketError.HostNotFound));
    }

    /// <summary>One look at an address from inside the instance's namespace.</summary>
    public static VipProbeOptions Options(InetAddress address, TimeSpan timeout, InstanceConfiguration instance) => new()
    {
        Address = address,
        Timeout = timeout,
        Count = 1,
        NetworkNamespace = instance.NetworkNamespace,
    };

    /// <summary>The way there. Only a link-local address needs one: it means nothing without the interface.</summary>
    public static ProbeRoute Route(InetAddress address, InstanceConfiguration instance)
        => address.IsLinkLocal && address.Family == Protocol.AddressFamily.IPv6 ? RouteLookup.Find(address, instance.InterfaceName) : new ProbeRoute();
}
