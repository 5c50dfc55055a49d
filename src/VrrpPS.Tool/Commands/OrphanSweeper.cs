using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Engine.Linux.Netlink;

namespace VrrpPS.Tool.Commands;

/// <summary>Removes the addresses, routes, rules and links that a dead engine left, one configured instance after the other.</summary>
internal static class OrphanSweeper
{
    /// <summary>Sweeps for one instance.</summary>
    /// <returns>What was removed, as <c>192.0.2.1/24</c>, <c>route …</c>, <c>rule …</c> or <c>link …</c>.</returns>
    /// <exception cref="VrrpException">Somebody speaks for the virtual router, so nothing of it is an orphan; or no such namespace.</exception>
    /// <exception cref="KernelException">The kernel refused.</exception>
    public static IReadOnlyList<string> Sweep(InstanceConfiguration configuration)
    {
        using var target = NetworkNamespace.OpenOrCurrent(configuration.NetworkNamespace);
        return target.RunInside<IReadOnlyList<string>>(() =>
        {
            using var netlink = RouteNetlink.Open();
            if (netlink.FindLink(configuration.InterfaceName) is not { } link)
            {
                // Its addresses went with it.
                return [];
            }

            using var speaker = SpeakerLock.Acquire(
                configuration.InterfaceName, link.Index, configuration.AddressFamily, (byte)configuration.VirtualRouterId);
            return
            [
                // The links last: what is left of the addresses on them goes with them.
                .. OrphanSweep.RemoveRoutes(netlink, speaker, configuration),
                .. OrphanSweep.Remove(netlink, speaker, configuration.VirtualAddresses).Select(orphan => $"{orphan.Address}/{orphan.PrefixLength}"),
                .. OrphanSweep.RemoveLinks(netlink, speaker).Select(static name => $"link {name}"),
            ];
        });
    }
}
