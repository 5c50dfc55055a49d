using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Routing;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Runtime.Links;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime.Routing;

/// <summary>
/// The routes and rules of one instance and which of them we installed. One that is there already by a foreign hand is left alone,
/// and is not removed later. Nobody leases them: the guard removes a killed engine's, the next start sweeps what even that left.
/// </summary>
internal sealed class VirtualRouteSet
{
    private readonly VirtualRoute[] _routes;
    private readonly VirtualRule[] _rules;
    private readonly bool[] _hasRoute;
    private readonly bool[] _hasRule;
    private readonly string _interfaceName;

    public VirtualRouteSet(InstanceConfiguration configuration)
    {
        _routes = [.. configuration.VirtualRoutes];
        _rules = [.. configuration.VirtualRules];
        _hasRoute = new bool[_routes.Length];
        _hasRule = new bool[_rules.Length];
        _interfaceName = configuration.InterfaceName;
    }

    /// <summary>Whether there is nothing to install.</summary>
    public bool IsEmpty => _routes.Length == 0 && _rules.Length == 0;

    /// <summary>Whether they are to be in the kernel at the moment, and so in the guard's list.</summary>
    public bool IsWanted { get; set; }

    /// <summary>Takes over what the previous set of a changed configuration had installed, and removes what is no longer wanted.</summary>
    public void Adopt(VirtualRouteSet previous, RouteNetlink netlink, Action<KernelException> refused)
    {
        IsWanted = previous.IsWanted;
        for (int i = 0; i < previous._routes.Length; i++)
        {
            int mine = Array.IndexOf(_routes, previous._routes[i]);
            if (mine >= 0)
            {
                _hasRoute[mine] = previous._hasRoute[i];
            }
            else if (previous._hasRoute[i])
            {
                _ = Try(() => netlink.DeleteRoute(previous._routes[i]), refused, Errno.ESRCH);
            }
        }

        for (int i = 0; i < previous._rules.Length; i++)
        {
            int mine = Array.IndexOf(_rules, previous._rules[i]);
            if (mine >= 0)
            {
                _hasRule[mine] = previous._hasRule[i];
            }
            else if (previous._hasRule[i])
            {
                _ = Try(() => netlink.DeleteRule(previous._rules[i]), refused, Errno.ENOENT);
            }
        }
    }

    /// <summary>Installs what is not installed, routes before the rules that lead to them.</summary>
    public void Install(RouteNetlink netlink, LinkTable links, Link own, Action<KernelException> refused)
    {
        for (int i = 0; i < _routes.Length; i++)
        {
            var route = _routes[i];
            if (!_hasRoute[i])
            {
                _hasRoute[i] = Try(() => netlink.AddRoute(route, InterfaceOf(route, links, own), name => links.Find(name)?.Index ?? 0), refused);
            }
        }

        for (int i = 0; i < _rules.Length; i++)
        {
            var rule = _rules[i];
            if (!_hasRule[i])
            {
                _hasRule[i] = Try(() => netlink.AddRule(rule), refused);
            }
        }
    }

    /// <summary>Asks the kernel for what is installed and forgets what is not; the texts of the tracked ones that are gone.</summary>
    public IReadOnlyList<string> FindLost(RouteNetlink netlink)
    {
        var lost = new List<string>();
        foreach (var family in (AddressFamily[])[AddressFamily.IPv4, AddressFamily.IPv6])
        {
            var routes = Array.Exists(_routes, route => route.Family == family) ? netlink.GetOwnRoutes(family) : [];
            for (int i = 0; i < _routes.Length; i++)
            {
                if (_hasRoute[i] && _routes[i].Family == family && !_routes[i].NoTrack && !routes.Any(info => RouteMatch.Is(info, _routes[i])))
                {
                    _hasRoute[i] = false;
                    lost.Add($"route {_routes[i]}");
                }
            }

            var rules = Array.Exists(_rules, rule => rule.Family == family) ? netlink.GetOwnRules(family) : [];
            for (int i = 0; i < _rules.Length; i++)
            {
                if (_hasRule[i] && _rules[i].Family == family && !_rules[i].NoTrack && !rules.Any(info => RouteMatch.Is(info, _rules[i])))
                {
                    _hasRule[i] = false;
                    lost.Add($"rule {_rules[i]}");
                }
            }
        }

        return lost;
    }

    /// <summary>Removes what we installed, rules before the routes they lead to.</summary>
    public void Remove(RouteNetlink netlink, Action<KernelException> refused)
    {
        IsWanted = false;
        for (int i = 0; i < _rules.Length; i++)
        {
            var rule = _rules[i];
            _ = !_hasRule[i] || Try(() => netlink.DeleteRule(rule), refused, Errno.ENOENT);
            _hasRule[i] = false;
        }

        for (int i = 0; i < _routes.Length; i++)
        {
            // Gone already with its source address or its interface, perhaps.
            var route = _routes[i];
            _ = !_hasRoute[i] || Try(() => netlink.DeleteRoute(route), refused, Errno.ESRCH);
            _hasRoute[i] = false;
        }
    }

    /// <summary>What <c>ip</c> must be told to remove them, should this process die.</summary>
    public IEnumerable<string> GuardCommands() => IsWanted ? RouteCommands.Removal(_routes, _rules) : [];

    /// <summary>Without an interface and a router to find one by, the instance's own; so, too, for a router that is on every link.</summary>
    private static int InterfaceOf(VirtualRoute route, LinkTable links, Link own)
    {
        if (route.InterfaceName is { } name)
        {
            return links.Find(name)?.Index ?? 0;
        }

        bool needsOne = route.Kind == RouteKind.Unicast && route.NextHops.Count == 0 && (route.Gateway is not { } gateway || gateway.IsLinkLocal || route.OnLink);
        return needsOne ? own.Index : 0;
    }

    /// <summary>Whether the kernel did it; <paramref name="harmless"/> is the refusal that means it was done already.</summary>
    private static bool Try(Action action, Action<KernelException> refused, int harmless = 0)
    {
        try
        {
            action();
            return true;
        }
        catch (KernelException exception)
        {
            if (exception.ErrorNumber != harmless)
            {
                refused(exception);
            }

            return false;
        }
    }
}
