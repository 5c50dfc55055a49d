using VrrpPS.Engine.Configuration.Static;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Configuration;

/// <summary>
/// A configuration in fragments: every <c>*.json</c> and <c>*.conf</c> of a directory, in the order of their names. Hidden files and
/// subdirectories are left out; a fragment that has no instance is none the worse for it.
/// </summary>
public static class ConfigurationDirectory
{
    /// <summary>Reads a file, or all fragments of a directory as one configuration.</summary>
    /// <exception cref="VrrpException">ConfigurationUnreadable: as <see cref="ConfigurationFile.Load"/>, for any of the fragments.</exception>
    public static ConfigurationResult LoadAny(string path, ConfigurationReadOptions? options = null)
        => Directory.Exists(path) ? Load(path, options) : ConfigurationFile.Load(path, options);

    /// <summary>Reads all fragments of a directory as one configuration.</summary>
    /// <exception cref="VrrpException">ConfigurationUnreadable: the directory, or any of the fragments.</exception>
    public static ConfigurationResult Load(string path, ConfigurationReadOptions? options = null)
    {
        var results = Fragments(path).Select(file => ConfigurationFile.Load(file, options)).ToArray();
        var instances = results.SelectMany(static result => result.Document.Instances).ToVrrpList();
        var located = results.SelectMany(static result => result.Located).ToArray();
        var diagnostics = results.SelectMany(static result => result.Diagnostics).Where(diagnostic => !IsOfOneFragment(diagnostic, results)).ToList();
        diagnostics.AddRange(Conflicts(instances, located));
        var fixedNetwork = Static(path, results, instances, diagnostics);
        string? routerId = results.Select(static result => result.Document.RouterId).FirstOrDefault(static id => id is not null);
        return new ConfigurationResult(new ConfigurationDocument { Instances = instances, RouterId = routerId, Static = fixedNetwork }, diagnostics.ToVrrpList()) { Located = located };
    }

    /// <summary>What all fragments together give the node, whoever is Master.</summary>
    private static StaticConfiguration Static(
        string path, ConfigurationResult[] results, IReadOnlyList<InstanceConfiguration> instances, List<ConfigurationDiagnostic> diagnostics)
    {
        var parts = results.Select(static result => result.Document.Static).Where(static part => !part.IsEmpty).ToArray();
        if (parts.Length == 0)
        {
            return StaticConfiguration.None;
        }

        if (parts.Select(static part => part.NetworkNamespace).Distinct(StringComparer.Ordinal).Count() > 1)
        {
            Say(ErrorIds.InvalidConfiguration, "The fragments have static addresses, routes or rules for different network namespaces. Give each namespace a service of its own.");
        }

        var whole = parts[0] with
        {
            Addresses = parts.SelectMany(static part => part.Addresses).Distinct().ToVrrpList(),
            Routes = parts.SelectMany(static part => part.Routes).Distinct().ToVrrpList(),
            Rules = parts.SelectMany(static part => part.Rules).Distinct().ToVrrpList(),
        };
        foreach (var problem in ConfigurationValidator.ValidateStatic(whole, instances).Where(problem => !diagnostics.Exists(said => said.Message == problem.Message)))
        {
            Say(problem.ErrorId, problem.Message);
        }

        return whole;

        void Say(string code, string message) => diagnostics.Add(new ConfigurationDiagnostic(path, 0, 0, ConfigurationSeverity.Error, code, message));
    }

    private static string[] Fragments(string path)
    {
        try
        {
            return
            [
                .. Directory.EnumerateFiles(path)
                    .Where(static file => Path.GetFileName(file)[0] != '.' && Path.GetExtension(file) is ".json" or ".conf")
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw VrrpErrors.ConfigurationUnreadable(path, exception.Message, exception);
        }
    }

    // What one fragment lacks another may have.
    private static bool IsOfOneFragment(ConfigurationDiagnostic diagnostic, ConfigurationResult[] results) => diagnostic.Code switch
    {
        ConfigurationCodes.MissingValue => diagnostic.Line == 0 && results.Any(static result => result.Document.Instances.Count > 0),
        ConfigurationCodes.UnusedRename => !results.All(result => result.Diagnostics.Any(other => other.Code == diagnostic.Code && Subject(other) == Subject(diagnostic))),
        _ => false,
    };

    // Behind it follow the names that one fragment has.
    private static string Subject(ConfigurationDiagnostic diagnostic) => diagnostic.Message.Split(", so ", 2)[0];

    /// <summary>What no fragment alone shows: the same virtual router or name in two of them.</summary>
    private static IEnumerable<ConfigurationDiagnostic> Conflicts(VrrpList<InstanceConfiguration> instances, LocatedInstance[] located)
    {
        foreach (var problem in ConfigurationValidator.ValidateSet(instances))
        {
            var at = located[problem.Index].At(problem.PropertyName);
            var first = located.Take(problem.Index).FirstOrDefault(other => Collides(other.Configuration, instances[problem.Index], problem.PropertyName));
            if (first is null || first.At(problem.PropertyName).File == at.File)
            {
                // Within one fragment: said by its reader already.
                continue;
            }

            var error = VrrpErrors.DuplicateInFragments(problem.Error, first.At(problem.PropertyName));
            yield return new ConfigurationDiagnostic(at.File, at.Line, at.Column, ConfigurationSeverity.Error, error.ErrorId, error.Message);
        }
    }

    private static bool Collides(InstanceConfiguration left, InstanceConfiguration right, string property) => property switch
    {
        nameof(InstanceConfiguration.Name) => new Runtime.InstanceKey(left.Name, left.NetworkNamespace) == new Runtime.InstanceKey(right.Name, right.NetworkNamespace),
        nameof(InstanceConfiguration.VirtualMac) => left.NetworkNamespace == right.NetworkNamespace
            && left.VirtualMac?.NameFor(left) is { } link && link == right.VirtualMac?.NameFor(right),
        nameof(InstanceConfiguration.SyncGroupOptions) => left.SyncGroup == right.SyncGroup && left.SyncGroupOptions != right.SyncGroupOptions,
        nameof(InstanceConfiguration.SyncGroup) => left.SyncGroup == right.SyncGroup && left.NetworkNamespace != right.NetworkNamespace,
        _ => left.NetworkNamespace == right.NetworkNamespace && left.InterfaceName == right.InterfaceName
            && left.VirtualRouterId == right.VirtualRouterId && left.AddressFamily == right.AddressFamily,
    };
}
