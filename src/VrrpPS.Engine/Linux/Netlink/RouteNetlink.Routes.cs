using VrrpPS.Engine.Configuration.Routing;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>Routes and rules with our mark.</summary>
public sealed partial class RouteNetlink
{
    /// <summary>Installs a route that must not be there yet.</summary>
    /// <param name="route">The route.</param>
    /// <param name="interfaceIndex">The interface to send through, or 0 to let the kernel find it.</param>
    /// <param name="indexOf">Finds the interfaces of nexthops by name; 0 for one that is missing.</param>
    /// <exception cref="NetlinkException">The kernel refused; EEXIST when there is one to that destination in that table with that metric.</exception>
    public void AddRoute(VirtualRoute route, int interfaceIndex, Func<string, int> indexOf)
    {
        _connection.Reset();
        RouteRequests.WriteNew(_connection, route, interfaceIndex, indexOf);
        _connection.Execute($"install the route {route}");
    }

    /// <summary>Removes a route of ours.</summary>
    /// <exception cref="NetlinkException">The kernel refused; ESRCH when there is none of ours.</exception>
    public void DeleteRoute(VirtualRoute route)
    {
        _connection.Reset();
        RouteRequests.WriteDelete(_connection, route);
        _connection.Execute($"remove the route {route}");
    }

    /// <summary>Installs a rule that must not be there yet.</summary>
    /// <exception cref="NetlinkException">The kernel refused; EEXIST when there is the same.</exception>
    public void AddRule(VirtualRule rule)
    {
        _connection.Reset();
        RuleRequests.Write(_connection, rule, isDelete: false);
        _connection.Execute($"install the rule {rule}");
    }

    /// <summary>Removes a rule of ours.</summary>
    /// <exception cref="NetlinkException">The kernel refused; ENOENT when there is none of ours.</exception>
    public void DeleteRule(VirtualRule rule)
    {
        _connection.Reset();
        RuleRequests.Write(_connection, rule, isDelete: true);
        _connection.Execute($"remove the rule {rule}");
    }

    /// <summary>The routes of a family that bear our mark, in all tables.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public IReadOnlyList<RouteInfo> GetOwnRoutes(AddressFamily family)
    {
        // The kernel sorts out what bears other marks, so that a full routing table costs its look-up and not its transfer.
        BeginDump(NetlinkNumbers.RTM_GETROUTE, family, RouteProtocol.VrrpPS);
        return Dump<RouteInfo>("list routes", static (message, list) =>
        {
            if (message.Type == NetlinkNumbers.RTM_NEWROUTE && RouteRequests.TryReadOwn(message.Payload, out var info))
            {
                list.Add(info);
            }
        });
    }

    /// <summary>The rules of a family that bear our mark.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public IReadOnlyList<RuleInfo> GetOwnRules(AddressFamily family)
    {
        BeginDump(NetlinkNumbers.RTM_GETRULE, family, protocol: 0);
        return Dump<RuleInfo>("list rules", static (message, list) =>
        {
            if (message.Type == NetlinkNumbers.RTM_NEWRULE && RuleRequests.TryReadOwn(message.Payload, out var info))
            {
                list.Add(info);
            }
        });
    }

    private void BeginDump(ushort type, AddressFamily family, byte protocol)
    {
        _connection.Reset();
        _connection.Begin(type, NetlinkNumbers.NLM_F_DUMP);
        _connection.Writer.Structure(new RouteMessage
        {
            Family = (byte)(family == AddressFamily.IPv4 ? SocketConstants.AF_INET : SocketConstants.AF_INET6),
            Protocol = protocol,
        });
        _connection.Writer.End();
    }
}
