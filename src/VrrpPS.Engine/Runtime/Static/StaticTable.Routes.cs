using VrrpPS.Engine.Configuration.Routing;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Runtime.Routing;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime.Static;

/// <content>Routes and rules, and what all kinds have in common.</content>
internal sealed partial class StaticTable
{
    private readonly HashSet<int> _wasBound = [];
    private readonly HashSet<int> _wasRouted = [];
    private readonly HashSet<int> _wasRuled = [];

    private void EstablishRoutes(RouteNetlink netlink, Dictionary<string, int> links, AddressFamily family)
    {
        if (!configuration.Routes.Any(route => route.Family == family))
        {
            return;
        }

        var present = netlink.GetOwnRoutes(family);
        for (int i = 0; i < _routes.Length; i++)
        {
            var route = configuration.Routes[i];
            if (route.Family != family || _routes[i] == StaticPresence.Foreign)
            {
                continue;
            }

            bool isThere = present.Any(info => RouteMatch.Is(info, route));
            _routes[i] = Judge(_routes[i], isThere, isThere, route.NoTrack);
            if (_routes[i] == StaticPresence.Missing && HasInterfaces(route, links))
            {
                _routes[i] = Install(
                    () => netlink.AddRoute(route, route.InterfaceName is { } name ? links[name] : 0, hop => links.GetValueOrDefault(hop)),
                    _wasRouted.Contains(i), $"static route {route}");
            }

            _ = _routes[i] == StaticPresence.Ours && _wasRouted.Add(i);
        }
    }

    private void EstablishRules(RouteNetlink netlink, AddressFamily family)
    {
        if (!configuration.Rules.Any(rule => rule.Family == family))
        {
            return;
        }

        var present = netlink.GetOwnRules(family);
        for (int i = 0; i < _rules.Length; i++)
        {
            var rule = configuration.Rules[i];
            if (rule.Family != family || _rules[i] == StaticPresence.Foreign)
            {
                continue;
            }

            bool isThere = present.Any(info => RouteMatch.Is(info, rule));
            _rules[i] = Judge(_rules[i], isThere, isThere, rule.NoTrack);
            if (_rules[i] == StaticPresence.Missing)
            {
                _rules[i] = Install(() => netlink.AddRule(rule), _wasRuled.Contains(i), $"static rule {rule}");
            }

            _ = _rules[i] == StaticPresence.Ours && _wasRuled.Add(i);
        }
    }

    private static bool HasInterfaces(VirtualRoute route, Dictionary<string, int> links)
        => route.NextHops.Select(static hop => hop.InterfaceName).Append(route.InterfaceName).OfType<string>().All(links.ContainsKey);

    /// <summary>What became of one since it was last looked at.</summary>
    private static StaticPresence Judge(StaticPresence before, bool hasOurMark, bool isThere, bool noTrack) => (hasOurMark, isThere, before) switch
    {
        (true, _, _) => StaticPresence.Ours,
        (_, true, _) => StaticPresence.Foreign,
        (_, _, StaticPresence.Ours or StaticPresence.GivenUp) when noTrack => StaticPresence.GivenUp,
        _ => StaticPresence.Missing,
    };

    private StaticPresence Install(Action add, bool isBack, string what)
    {
        try
        {
            add();
            Restored(isBack, what);
            return StaticPresence.Ours;
        }
        catch (KernelException exception) when (exception.ErrorNumber == Errno.EEXIST)
        {
            report($"The {what} is there already by a foreign hand and is left alone.");
            return StaticPresence.Foreign;
        }
        catch (KernelException exception)
        {
            Refused(exception.Message);
            return StaticPresence.Missing;
        }
    }

    private void Restored(bool isBack, string what)
    {
        _refusals.Clear();
        if (isBack)
        {
            report($"The {what} was gone and is back.");
        }
    }

    /// <summary>Whether the kernel did it, or <paramref name="harmless"/> says that it was done already. A refusal is said once.</summary>
    private bool Try(Action action, int harmless = 0)
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
                Refused(exception.Message);
            }

            return exception.ErrorNumber == harmless;
        }
    }

    private void Refused(string message)
    {
        if (_refusals.Add(message))
        {
            report(message);
        }
    }
}
