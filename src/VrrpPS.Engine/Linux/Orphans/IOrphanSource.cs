using VrrpPS.Engine.Linux.Netlink;

namespace VrrpPS.Engine.Linux.Orphans;

/// <summary>Finds and removes one kind of what dead engines leave. Used on a thread inside the namespace.</summary>
internal interface IOrphanSource
{
    /// <summary>The kind.</summary>
    VrrpOrphanKind Kind { get; }

    /// <summary>What bears our mark and belongs to nobody who lives.</summary>
    /// <param name="netlink">A connection in the namespace.</param>
    /// <param name="networkNamespace">The namespace's name, for the results.</param>
    IEnumerable<VrrpOrphan> Find(RouteNetlink netlink, string? networkNamespace);

    /// <summary>Removes one, unless somebody living looks after it meanwhile; whether it was there.</summary>
    /// <exception cref="Errors.VrrpException">VirtualRouterInUse.</exception>
    bool Remove(RouteNetlink netlink, VrrpOrphan orphan);
}
