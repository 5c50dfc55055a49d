using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Runtime;

namespace VrrpPS.Engine.Control.Server;

/// <summary>Which instances a request means.</summary>
public static class ControlInstances
{
    /// <summary>The items of the instances that a name and namespace fit; a missing one fits all.</summary>
    public static IReadOnlyList<T> Select<T>(IEnumerable<T> items, Func<T, InstanceKey> keyOf, string? name, string? networkNamespace)
        => [.. items.Where(item => Fits(keyOf(item), name, networkNamespace))];

    /// <summary>The one item that a name and namespace fit.</summary>
    /// <param name="items">All items.</param>
    /// <param name="keyOf">An item's identity.</param>
    /// <param name="name">The name; required here.</param>
    /// <param name="networkNamespace">The namespace; the empty text is the service's own, null is any.</param>
    /// <param name="missing">The error when there is none.</param>
    /// <exception cref="VrrpException">InvalidRequest, AmbiguousInstance, or that one.</exception>
    public static T Single<T>(
        IEnumerable<T> items, Func<T, InstanceKey> keyOf, string? name, string? networkNamespace, Func<string, string?, VrrpException> missing)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw VrrpErrors.ControlParameters("'name' is missing: say which instance.");
        }

        var found = Select(items, keyOf, name, networkNamespace);
        return found.Count switch
        {
            1 => found[0],
            0 => throw missing(name, networkNamespace),
            _ => throw VrrpErrors.ControlAmbiguous(name, found.Select(item => keyOf(item).NetworkNamespace)),
        };
    }

    /// <summary>An instance's identity.</summary>
    public static InstanceKey KeyOf(InstanceConfiguration configuration) => new(configuration.Name, configuration.NetworkNamespace);

    private static bool Fits(InstanceKey key, string? name, string? networkNamespace)
        => (name is null || string.Equals(key.Name, name, StringComparison.OrdinalIgnoreCase))
        && (networkNamespace is null || string.Equals(key.NetworkNamespace ?? string.Empty, networkNamespace, StringComparison.Ordinal));
}
