using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Static;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Runtime.Links;
using VrrpPS.Engine.Runtime.Routing;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime.Static;

/// <summary>
/// A node's static addresses, routes and rules and what the kernel has of them. What was there before by a foreign hand is neither
/// changed nor removed; what is gone is put back. For one thread, in the namespace.
/// </summary>
/// <param name="configuration">What is wanted.</param>
/// <param name="report">Takes what is worth saying.</param>
internal sealed partial class StaticTable(StaticConfiguration configuration, Action<string> report)
{
    private readonly StaticPresence[] _addresses = new StaticPresence[configuration.Addresses.Count];
    private readonly StaticPresence[] _routes = new StaticPresence[configuration.Routes.Count];
    private readonly StaticPresence[] _rules = new StaticPresence[configuration.Rules.Count];
    private readonly Dictionary<int, AddressClaims> _claims = [];
    private readonly HashSet<string> _refusals = [];

    /// <summary>What is wanted.</summary>
    public StaticConfiguration Configuration => configuration;

    /// <summary>Binds and installs whatever is not there: addresses, then the routes that may need them, then the rules that lead to those.</summary>
    /// <exception cref="KernelException">The kernel did not answer a question. What it refuses is reported instead, once.</exception>
    public void Establish(RouteNetlink netlink)
    {
        var links = netlink.GetLinks().ToDictionary(static link => link.Name, static link => link.Index, StringComparer.Ordinal);
        EstablishAddresses(netlink, links);
        foreach (var family in (AddressFamily[])[AddressFamily.IPv4, AddressFamily.IPv6])
        {
            EstablishRoutes(netlink, links, family);
            EstablishRules(netlink, family);
        }
    }

    /// <summary>Takes for ours what bears our mark and no living engine has; the texts of it.</summary>
    public IReadOnlyList<string> Recognize(RouteNetlink netlink)
    {
        var found = new List<string>();
        var links = netlink.GetLinks().ToDictionary(static link => link.Name, static link => link.Index, StringComparer.Ordinal);
        var bound = netlink.GetAddresses();
        Mark(configuration.Rules, _rules, rule => netlink.GetOwnRules(rule.Family).Any(info => RouteMatch.Is(info, rule)), static rule => $"rule {rule}", found);
        Mark(configuration.Routes, _routes, route => netlink.GetOwnRoutes(route.Family).Any(info => RouteMatch.Is(info, route)), static route => $"route {route}", found);
        Mark(
            configuration.Addresses,
            _addresses,
            address => links.TryGetValue(address.InterfaceName!, out int index)
                && bound.Any(info => info.InterfaceIndex == index && info.Address == address.Address && info.Protocol == AddressProtocol.VrrpPS)
                && IsFree(address, index),
            static address => address.ToString(),
            found);
        return found;
    }

    private static void Mark<T>(VrrpList<T> list, StaticPresence[] presence, Func<T, bool> isOurs, Func<T, string> text, List<string> found)
    {
        for (int i = 0; i < presence.Length; i++)
        {
            if (isOurs(list[i]))
            {
                presence[i] = StaticPresence.Ours;
                found.Add(text(list[i]));
            }
        }
    }

    /// <summary>Removes what is ours and not wanted by a following table, in the opposite order; that one takes over the rest.</summary>
    /// <param name="netlink">A connection in the namespace.</param>
    /// <param name="next">What follows, or null at the end.</param>
    public void Leave(RouteNetlink netlink, StaticTable? next)
    {
        Each(configuration.Rules, _rules, next?.Configuration.Rules, next?._rules, rule => Try(() => netlink.DeleteRule(rule), Errno.ENOENT));
        Each(configuration.Routes, _routes, next?.Configuration.Routes, next?._routes, route => Try(() => netlink.DeleteRoute(route), Errno.ESRCH));
        var links = netlink.GetLinks().ToDictionary(static link => link.Name, static link => link.Index, StringComparer.Ordinal);
        Each(configuration.Addresses, _addresses, next?.Configuration.Addresses, next?._addresses, address => Release(netlink, links, address));
        foreach (var claims in _claims.Values)
        {
            claims.Dispose();
        }

        _claims.Clear();
    }

    private static void Each<T>(
        VrrpList<T> mine, StaticPresence[] presence, VrrpList<T>? following, StaticPresence[]? followingPresence, Action<T> remove)
    {
        for (int i = mine.Count - 1; i >= 0; i--)
        {
            int kept = following is null ? -1 : following.ToList().IndexOf(mine[i]);
            if (kept >= 0)
            {
                followingPresence![kept] = presence[i];
            }
            else if (presence[i] == StaticPresence.Ours)
            {
                remove(mine[i]);
            }
        }
    }

    private void EstablishAddresses(RouteNetlink netlink, Dictionary<string, int> links)
    {
        if (_addresses.Length == 0)
        {
            return;
        }

        var bound = netlink.GetAddresses();
        for (int i = 0; i < _addresses.Length; i++)
        {
            var address = configuration.Addresses[i];
            if (!links.TryGetValue(address.InterfaceName!, out int index))
            {
                // Gone with its interface; when that comes back, so does the address.
                _addresses[i] = StaticPresence.Missing;
                continue;
            }

            AddressInfo? present = bound.Any(IsIt) ? bound.First(IsIt) : null;
            _addresses[i] = Judge(_addresses[i], present is { Protocol: AddressProtocol.VrrpPS }, present is not null, address.NoTrack);
            if (_addresses[i] == StaticPresence.Missing && IsFree(address, index))
            {
                bool isBack = _wasBound.Contains(i);
                if (Try(() => netlink.AddAddress(Assignment(address, index))))
                {
                    _addresses[i] = StaticPresence.Ours;
                    _ = _wasBound.Add(i);
                    Restored(isBack, $"static address {address}");
                }
            }
            else if (_addresses[i] == StaticPresence.Ours && !IsFree(address, index))
            {
                _addresses[i] = StaticPresence.Foreign;
            }
            else if (_addresses[i] == StaticPresence.Ours && present is { ValidLifetime: not AddressAssignment.Forever } leased && leased.PrefixLength == address.PrefixLength)
            {
                // Left by a dead engine, for which it was a virtual address: it stays now.
                _ = Try(() => netlink.ReplaceAddress(Assignment(address, index)));
            }

            bool IsIt(AddressInfo info) => info.InterfaceIndex == index && info.Address == address.Address;
        }
    }

    /// <summary>Whether no other engine has the address; the claim keeps it so, and keeps it from being taken for an orphan.</summary>
    private bool IsFree(VirtualAddress address, int index)
    {
        if (!_claims.TryGetValue(index, out var claims))
        {
            _claims.Add(index, claims = new AddressClaims());
        }

        try
        {
            claims.Add("static", address.InterfaceName!, index, [address.Address]);
            return true;
        }
        catch (VrrpException exception)
        {
            Refused(exception.Message);
            return false;
        }
    }

    private void Release(RouteNetlink netlink, Dictionary<string, int> links, VirtualAddress address)
    {
        if (!links.TryGetValue(address.InterfaceName!, out int index))
        {
            return;
        }

        // A primary that goes takes the secondaries of its subnet with it, whoever bound those.
        if (address is { Address.Family: AddressFamily.IPv4, PrefixLength: < 32 } && SecondaryPromotion.Ensure(address.InterfaceName!, out _) is { } problem)
        {
            report($"Static address {address} stays: promote_secondaries of {address.InterfaceName} cannot be switched on ({problem}), and without it other addresses could go with this one.");
            return;
        }

        _ = Try(() => netlink.DeleteAddress(Assignment(address, index)), Errno.EADDRNOTAVAIL);
    }

    private static AddressAssignment Assignment(VirtualAddress address, int index) => new(index, address.Address, address.PrefixLength)
    {
        Protocol = AddressProtocol.VrrpPS,
        PreferredLifetime = address.SkipAsSource ? 0 : AddressAssignment.Forever,
        Flags = (address.Address.Family == AddressFamily.IPv6 ? AddressFlags.NoDuplicateDetection : AddressFlags.None)
            | (address.NoPrefixRoute ? AddressFlags.NoPrefixRoute : AddressFlags.None)
            | (address.HomeAddress ? AddressFlags.HomeAddress : AddressFlags.None),
        Label = address.Label,
        Broadcast = address.Broadcast ?? default,
        Scope = address.Scope,
        Peer = address.Peer ?? default,
    };
}
