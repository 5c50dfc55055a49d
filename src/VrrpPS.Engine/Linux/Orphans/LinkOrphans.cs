using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Linux.VirtualMacs;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.Orphans;

/// <summary>Links of virtual MAC addresses above interfaces for whose family no living engine of the namespace speaks.</summary>
internal sealed class LinkOrphans : IOrphanSource
{
    /// <inheritdoc/>
    public VrrpOrphanKind Kind => VrrpOrphanKind.Link;

    /// <summary>Whose lock tells whether the engine lives: an engine with a virtual MAC address speaks on the interface below.</summary>
    public static (int InterfaceIndex, AddressFamily Family) SpeakerOf(LinkInfo link, AddressFamily family)
        => VirtualMacLink.IsTagged(link, out var tag) ? (link.LowerIndex, tag.Family) : (link.Index, family);

    /// <inheritdoc/>
    public IEnumerable<VrrpOrphan> Find(RouteNetlink netlink, string? networkNamespace)
    {
        // The links first: an engine takes its lock before it makes any.
        var links = netlink.GetLinks();
        var living = LivingSpeakers.Read();
        foreach (var link in links)
        {
            if (VirtualMacLink.IsTagged(link, out var tag) && !living.Contains((link.LowerIndex, tag.Family)))
            {
                yield return new VrrpOrphan
                {
                    Kind = VrrpOrphanKind.Link,
                    Target = link.Name,
                    AddressFamily = tag.Family,
                    InterfaceName = link.Name,
                    InterfaceIndex = link.Index,
                    MacAddress = link.MacAddress.ToString(),
                    NetworkNamespace = networkNamespace,
                };
            }
        }
    }

    /// <inheritdoc/>
    public bool Remove(RouteNetlink netlink, VrrpOrphan orphan)
    {
        if (netlink.GetLinks().FirstOrDefault(link => link.Index == orphan.InterfaceIndex) is not { } link)
        {
            return false;
        }

        var (index, family) = SpeakerOf(link, orphan.AddressFamily);
        using var silence = InterfaceSilence.Acquire(orphan.InterfaceName!, index, family);
        return VirtualMacLink.Remove(netlink, silence.Any, link);
    }
}
