using VrrpPS.Engine.Configuration.Groups;
using VrrpPS.Engine.Configuration.Routing;
using VrrpPS.Engine.Configuration.Static;
using VrrpPS.Engine.Configuration.Trackers;

namespace VrrpPS.Engine.Configuration;

/// <summary>What both formats do last: rename interfaces, judge every instance and the set, and put it all together.</summary>
internal static class ConfigurationFinisher
{
    public static ConfigurationResult Finish(
        IReadOnlyList<LocatedInstance> instances, string? routerId, ConfigurationReadOptions options, string file, DiagnosticBag diagnostics,
        LocatedStatic? statics = null)
    {
        var renamed = instances.Select(i => i with { Configuration = Rename(i.Configuration, options.InterfaceRename) }).ToArray();
        ReportUnusedRenames(instances, statics, options, file, diagnostics);
        var groups = new HashSet<string>(StringComparer.Ordinal);
        foreach (var instance in renamed)
        {
            // What is wrong with a group is told once, not for each of its members.
            bool isNewGroup = instance.Configuration.SyncGroup is { } group && groups.Add(group);
            foreach (var problem in ConfigurationValidator.Validate(instance.Configuration))
            {
                if (problem.PropertyName == nameof(InstanceConfiguration.SyncGroupOptions) && !isNewGroup)
                {
                    continue;
                }

                diagnostics.Error(instance.At(problem.PropertyName), problem.ErrorId, $"{instance.Configuration.Name}: {problem.Message}");
            }
        }

        if (instances.Count == 0 && !diagnostics.HasErrors)
        {
            diagnostics.Warning(new SourcePosition(file, 0, 0), ConfigurationCodes.MissingValue, "There is no instance here, so there is nothing to run.");
        }

        var configurations = renamed.Select(i => i.Configuration).ToVrrpList();
        foreach (var problem in ConfigurationValidator.ValidateSet(configurations))
        {
            diagnostics.Error(renamed[problem.Index].At(problem.PropertyName), problem.Error.ErrorId, problem.Error.Message);
        }

        var fixedNetwork = Rename(statics?.Configuration ?? StaticConfiguration.None, options.InterfaceRename);
        foreach (var problem in ConfigurationValidator.ValidateStatic(fixedNetwork, configurations))
        {
            diagnostics.Error(statics!.At(problem.PropertyName), problem.ErrorId, problem.Message);
        }

        return new ConfigurationResult(
            new ConfigurationDocument { Instances = configurations, RouterId = routerId, Static = fixedNetwork }, diagnostics.ToList()) { Located = renamed };
    }

    private static StaticConfiguration Rename(StaticConfiguration c, IReadOnlyDictionary<string, string> map) => map.Count == 0 ? c : c with
    {
        Addresses = c.Addresses.Select(a => Rename(a, map)).ToVrrpList(),
        Routes = c.Routes.Select(r => Rename(r, map)).ToVrrpList(),
        Rules = c.Rules.Select(r => Rename(r, map)).ToVrrpList(),
    };

    private static InstanceConfiguration Rename(InstanceConfiguration c, IReadOnlyDictionary<string, string> map)
    {
        if (map.Count == 0)
        {
            return c;
        }

        string interfaceName = map.GetValueOrDefault(c.InterfaceName, c.InterfaceName);
        bool hasDefaultName = c.Name == InstanceConfiguration.DefaultName(c.InterfaceName, c.VirtualRouterId, c.AddressFamily);
        return c with
        {
            InterfaceName = interfaceName,
            Name = hasDefaultName ? InstanceConfiguration.DefaultName(interfaceName, c.VirtualRouterId, c.AddressFamily) : c.Name,
            TrackInterfaces = c.TrackInterfaces.Select(t => map.GetValueOrDefault(t, t)).ToVrrpList(),
            VirtualAddresses = c.VirtualAddresses.Select(a => Rename(a, map)).ToVrrpList(),
            VirtualRoutes = c.VirtualRoutes.Select(r => Rename(r, map)).ToVrrpList(),
            VirtualRules = c.VirtualRules.Select(r => Rename(r, map)).ToVrrpList(),
            Trackers = c.Trackers.Select(t => Rename(t, map)).ToVrrpList(),
            SyncGroupOptions = c.SyncGroupOptions with
            {
                TrackInterfaces = c.SyncGroupOptions.TrackInterfaces.Select(t => map.GetValueOrDefault(t, t)).ToVrrpList(),
                Trackers = c.SyncGroupOptions.Trackers.Select(t => Rename(t, map)).ToVrrpList(),
            },
        };
    }

    /// <summary>A label goes with its interface: it begins with that name.</summary>
    private static VirtualAddress Rename(VirtualAddress address, IReadOnlyDictionary<string, string> map)
    {
        string? label = address.Label;
        foreach (var (from, to) in map)
        {
            if (label == from || label?.StartsWith(from + ":", StringComparison.Ordinal) == true)
            {
                label = to + label[from.Length..];
                break;
            }
        }

        return address with { Label = label, InterfaceName = Rename(address.InterfaceName, map) };
    }

    private static VirtualRoute Rename(VirtualRoute route, IReadOnlyDictionary<string, string> map) => route with
    {
        InterfaceName = Rename(route.InterfaceName, map),
        NextHops = route.NextHops.Select(hop => hop with { InterfaceName = Rename(hop.InterfaceName, map) }).ToVrrpList(),
    };

    private static VirtualRule Rename(VirtualRule rule, IReadOnlyDictionary<string, string> map) => rule with
    {
        InputInterface = Rename(rule.InputInterface, map),
        OutputInterface = Rename(rule.OutputInterface, map),
    };

    private static string? Rename(string? name, IReadOnlyDictionary<string, string> map) => name is null ? null : map.GetValueOrDefault(name, name);

    private static TrackerConfiguration Rename(TrackerConfiguration tracker, IReadOnlyDictionary<string, string> map)
    {
        if (tracker is not InterfaceTracker link || !map.TryGetValue(link.InterfaceName, out string? to))
        {
            return tracker;
        }

        return link with { InterfaceName = to, Name = link.Name == link.InterfaceName ? to : link.Name };
    }

    private static void ReportUnusedRenames(
        IReadOnlyList<LocatedInstance> instances, LocatedStatic? statics, ConfigurationReadOptions options, string file, DiagnosticBag diagnostics)
    {
        if (options.InterfaceRename.Count == 0)
        {
            return;
        }

        var used = instances.SelectMany(static i => MemberTrackers.Interfaces(i.Configuration)
            .Prepend(i.Configuration.InterfaceName)
            .Concat(i.Configuration.Trackers.Concat(i.Configuration.SyncGroupOptions.Trackers).OfType<InterfaceTracker>().Select(static t => t.InterfaceName))
            .Concat(i.Configuration.VirtualAddresses.Select(static a => a.InterfaceName).OfType<string>())
            .Concat(i.Configuration.VirtualRoutes.SelectMany(static r => r.NextHops.Select(static hop => hop.InterfaceName).Append(r.InterfaceName)).OfType<string>())
            .Concat(i.Configuration.VirtualRules.SelectMany(static r => new[] { r.InputInterface, r.OutputInterface }).OfType<string>()))
            .Concat(statics?.Configuration.InterfaceNames ?? []).ToHashSet(StringComparer.Ordinal);
        foreach (var (from, to) in options.InterfaceRename)
        {
            if (!used.Contains(from))
            {
                diagnostics.Warning(new SourcePosition(file, 0, 0), ConfigurationCodes.UnusedRename,
                    $"Nothing here uses interface '{from}', so renaming it to '{to}' changes nothing.{NameSuggestion.Hint(from, used)}");
            }
        }
    }
}
