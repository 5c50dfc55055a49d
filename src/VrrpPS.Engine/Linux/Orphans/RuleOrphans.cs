using VrrpPS.Engine.Configuration.Routing;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.Orphans;

/// <summary>Marked routing rules in a namespace where no engine lives at all.</summary>
internal sealed class RuleOrphans : IOrphanSource
{
    /// <inheritdoc/>
    public VrrpOrphanKind Kind => VrrpOrphanKind.Rule;

    /// <inheritdoc/>
    public IEnumerable<VrrpOrphan> Find(RouteNetlink netlink, string? networkNamespace)
    {
        var found = ((AddressFamily[])[AddressFamily.IPv4, AddressFamily.IPv6]).SelectMany(netlink.GetOwnRules).ToArray();
        return LivingClaims.Any() ? [] : [.. found.Select(rule => new VrrpOrphan
        {
            Kind = VrrpOrphanKind.Rule,
            Target = ToRule(rule).ToString(),
            AddressFamily = rule.Family,
            NetworkNamespace = networkNamespace,
        })];
    }

    /// <inheritdoc/>
    public bool Remove(RouteNetlink netlink, VrrpOrphan orphan)
    {
        LivingClaims.RequireNone(orphan);
        try
        {
            netlink.DeleteRule(VirtualRule.Parse(orphan.Target));
            return true;
        }
        catch (NetlinkException exception) when (exception.ErrorNumber is Errno.ENOENT or Errno.EAFNOSUPPORT)
        {
            return false;
        }
    }

    /// <summary>What tells it from others: what is left out matches anything, and the priority is always there.</summary>
    private static VirtualRule ToRule(in RuleInfo info) => new()
    {
        Family = info.Family,
        From = info.From,
        To = info.To,
        InputInterface = info.InputInterface,
        OutputInterface = info.OutputInterface,
        Kind = info.Kind,
        Table = info.Kind == RouteKind.Unicast ? info.Table : RouteTable.Main,
        Priority = info.Priority,
    };
}
