using VrrpPS.Engine.Configuration.Routing;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.Orphans;

/// <summary>
/// Marked routes in a namespace where no engine lives at all: a route does not tell which virtual router it belonged to, and it need not
/// be on that router's interface.
/// </summary>
internal sealed class RouteOrphans : IOrphanSource
{
    /// <inheritdoc/>
    public VrrpOrphanKind Kind => VrrpOrphanKind.Route;

    /// <inheritdoc/>
    public IEnumerable<VrrpOrphan> Find(RouteNetlink netlink, string? networkNamespace)
    {
        var found = ((AddressFamily[])[AddressFamily.IPv4, AddressFamily.IPv6]).SelectMany(netlink.GetOwnRoutes).ToArray();
        var links = netlink.GetLinks().ToDictionary(static link => link.Index, static link => link.Name);
        return LivingClaims.Any() ? [] : [.. found.Select(route => new VrrpOrphan
        {
            Kind = VrrpOrphanKind.Route,
            Target = ToRoute(route).ToString(),
            AddressFamily = route.Destination.Address.Family,
            InterfaceName = links.GetValueOrDefault(route.InterfaceIndex),
            InterfaceIndex = route.InterfaceIndex == 0 ? null : route.InterfaceIndex,
            NetworkNamespace = networkNamespace,
        })];
    }

    /// <inheritdoc/>
    public bool Remove(RouteNetlink netlink, VrrpOrphan orphan)
    {
        LivingClaims.RequireNone(orphan);
        try
        {
            netlink.DeleteRoute(VirtualRoute.Parse(orphan.Target));
            return true;
        }
        catch (NetlinkException exception) when (exception.ErrorNumber == Errno.ESRCH)
        {
            return false;
        }
    }

    private static VirtualRoute ToRoute(in RouteInfo info) => new()
    {
        Destination = info.Destination,
        Kind = info.Kind,
        Table = info.Table,
        Metric = info.Metric == 0 ? null : info.Metric,
    };
}
