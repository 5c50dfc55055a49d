using System.IO.Enumeration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Engine.Linux.Netlink;

namespace VrrpPS.Engine.Linux.Orphans;

/// <summary>
/// Finds and removes what dead engines left, without a configuration: what bears our mark and belongs to no living engine of the
/// namespace. Kernels before 5.18 mark no addresses, so none are found there.
/// </summary>
public static class OrphanSearch
{
    /// <summary>Every kind, in the order they are removed: rules lead to routes, which may need addresses, and with a link goes what is on it.</summary>
    private static readonly IOrphanSource[] s_sources = [new RuleOrphans(), new RouteOrphans(), new AddressOrphans(), new LinkOrphans()];

    /// <summary>The orphans of a network namespace.</summary>
    /// <param name="networkNamespace">Its name, or null for the process's own.</param>
    /// <param name="interfaceNames">
    /// The interfaces to look at, with the wildcards <c>*</c> and <c>?</c>; empty means all, and what is on none as well.
    /// </param>
    /// <exception cref="VrrpException">NamespaceNotFound, MissingCapability or KernelRefused.</exception>
    public static IReadOnlyList<VrrpOrphan> Find(string? networkNamespace, IReadOnlyList<string> interfaceNames)
        => Inside(networkNamespace, () =>
        {
            using var netlink = RouteNetlink.Open();
            return s_sources.SelectMany(source => source.Find(netlink, networkNamespace)).Where(orphan => Matches(interfaceNames, orphan.InterfaceName)).ToArray();
        });

    /// <summary>Removes an orphan, unless a living engine speaks there meanwhile.</summary>
    /// <returns>Whether it was there to be removed.</returns>
    /// <exception cref="VrrpException">VirtualRouterInUse, NamespaceNotFound, MissingCapability or KernelRefused.</exception>
    public static bool Remove(VrrpOrphan orphan)
        => Inside(orphan.NetworkNamespace, () =>
        {
            using var netlink = RouteNetlink.Open();
            return Array.Find(s_sources, source => source.Kind == orphan.Kind)!.Remove(netlink, orphan);
        });

    private static T Inside<T>(string? networkNamespace, Func<T> function)
    {
        LinuxPlatform.Require();
        try
        {
            using var target = NetworkNamespace.OpenOrCurrent(networkNamespace);
            return target.RunInside(function);
        }
        catch (KernelException exception) when (exception.ErrorNumber == Native.Errno.EPERM)
        {
            throw VrrpErrors.MissingCapability(Capabilities.NetAdmin);
        }
        catch (KernelException exception)
        {
            throw VrrpErrors.KernelRefused(exception, networkNamespace);
        }
    }

    private static bool Matches(IReadOnlyList<string> patterns, string? name)
        => patterns.Count == 0 || (name is not null && patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)));
}
