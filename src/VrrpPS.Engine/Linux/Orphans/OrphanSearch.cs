using System.IO.Enumeration;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Linux.VirtualMacs;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Linux.Orphans;

/// <summary>
/// Finds and removes what dead engines left, without a configuration: addresses with our mark, and links of virtual MAC
/// addresses, on interfaces for whose family no living engine of the namespace speaks. Kernels before 5.18 mark nothing, so nothing is found there.
/// </summary>
public static class OrphanSearch
{
    /// <summary>The orphans of a network namespace.</summary>
    /// <param name="networkNamespace">Its name, or null for the process's own.</param>
    /// <param name="interfaceNames">The interfaces to look at, with the wildcards <c>*</c> and <c>?</c>; empty means all.</param>
    /// <exception cref="VrrpException">NamespaceNotFound, MissingCapability or KernelRefused.</exception>
    public static IReadOnlyList<VrrpOrphan> Find(string? networkNamespace, IReadOnlyList<string> interfaceNames)
        => Inside(networkNamespace, () =>
        {
            using var netlink = RouteNetlink.Open();

            // The addresses and links first: an engine takes its lock before it makes any, so that what is found now and belongs to
            // a living engine is in the list of the living afterwards.
            var marked = netlink.GetAddresses().Where(static address => address.Protocol == AddressProtocol.VrrpPS).ToArray();
            var links = netlink.GetLinks().ToDictionary(static link => link.Index);
            var living = LivingSpeakers.Read();
            return marked
                .Where(address => links.TryGetValue(address.InterfaceIndex, out var link) && Matches(interfaceNames, link.Name)
                    && !living.Contains(SpeakerOf(link, address.Address.Family)))
                .Select(address => Describe(address, links[address.InterfaceIndex].Name, networkNamespace))
                .Concat(links.Values
                    .Where(link => VirtualMacLink.IsTagged(link, out var tag) && Matches(interfaceNames, link.Name) && !living.Contains((link.LowerIndex, tag.Family)))
                    .Select(link => Describe(link, networkNamespace)))
                .ToArray();
        });

    /// <summary>Removes an orphan, unless a living engine speaks there meanwhile.</summary>
    /// <returns>Whether it was there to be removed.</returns>
    /// <exception cref="VrrpException">VirtualRouterInUse, NamespaceNotFound, MissingCapability or KernelRefused.</exception>
    public static bool Remove(VrrpOrphan orphan)
        => Inside(orphan.NetworkNamespace, () =>
        {
            using var netlink = RouteNetlink.Open();
            if (netlink.GetLinks().FirstOrDefault(link => link.Index == orphan.InterfaceIndex) is not { } link)
            {
                // What was on it went with it.
                return false;
            }

            var (index, family) = SpeakerOf(link, orphan.AddressFamily);
            using var silence = InterfaceSilence.Acquire(orphan.InterfaceName, index, family);
            if (orphan.MacAddress is not null)
            {
                return VirtualMacLink.Remove(netlink, silence.Any, link);
            }

            var address = new VirtualAddress(InetAddress.Parse(orphan.IPAddress), (byte)orphan.PrefixLength) { InterfaceName = link.Name, Advertised = false };
            return OrphanSweep.Remove(netlink, silence.Any, [address]).Count > 0;
        });

    /// <summary>Whose lock tells whether the engine lives: an engine with a virtual MAC address speaks on the interface below.</summary>
    private static (int InterfaceIndex, AddressFamily Family) SpeakerOf(LinkInfo link, AddressFamily family)
        => VirtualMacLink.IsTagged(link, out var tag) ? (link.LowerIndex, tag.Family) : (link.Index, family);

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

    private static bool Matches(IReadOnlyList<string> patterns, string name)
        => patterns.Count == 0 || patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false));

    private static VrrpOrphan Describe(in AddressInfo address, string interfaceName, string? networkNamespace) => new()
    {
        IPAddress = address.Address.ToString(),
        PrefixLength = address.PrefixLength,
        AddressFamily = address.Address.Family,
        InterfaceName = interfaceName,
        InterfaceIndex = address.InterfaceIndex,
        NetworkNamespace = networkNamespace,
        ValidLifetime = address.ValidLifetime == AddressAssignment.Forever ? null : TimeSpan.FromSeconds(address.ValidLifetime),
    };

    private static VrrpOrphan Describe(LinkInfo link, string? networkNamespace)
    {
        _ = VirtualMacLink.IsTagged(link, out var tag);
        return new VrrpOrphan
        {
            IPAddress = string.Empty,
            PrefixLength = 0,
            AddressFamily = tag.Family,
            InterfaceName = link.Name,
            InterfaceIndex = link.Index,
            MacAddress = link.MacAddress.ToString(),
            NetworkNamespace = networkNamespace,
        };
    }
}
