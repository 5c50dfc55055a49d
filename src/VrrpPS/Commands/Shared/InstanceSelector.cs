using System.Management.Automation;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Runtime;

namespace VrrpPS.Commands;

/// <summary>
/// What a name means: first the instance that is called exactly so, then, if it has wildcard characters, a pattern. A name
/// that fits nothing is an error, a pattern that fits nothing is silence.
/// </summary>
internal static class InstanceSelector
{
    /// <summary>The items that the names ask for, each once, in the order of the items.</summary>
    /// <param name="items">All items.</param>
    /// <param name="keyOf">An item's identity.</param>
    /// <param name="names">The names or patterns; null or empty asks for all.</param>
    /// <param name="filter">The namespaces to look in.</param>
    /// <param name="refuse">Told of each name that fits nothing.</param>
    internal static IReadOnlyList<T> Select<T>(
        IReadOnlyList<T> items, Func<T, InstanceKey> keyOf, IReadOnlyCollection<string>? names, NamespaceFilter filter, Action<VrrpException> refuse)
    {
        T[] candidates = [.. items.Where(item => filter.Matches(keyOf(item).NetworkNamespace))];
        if (names is null || names.Count == 0)
        {
            return candidates;
        }

        var chosen = new HashSet<int>();
        foreach (string name in names)
        {
            try
            {
                int[] found = Find(candidates, keyOf, name);
                if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                {
                    refuse(VrrpErrors.InstanceNotFound(name, filter.Name));
                }

                chosen.UnionWith(found);
            }
            catch (WildcardPatternException)
            {
                refuse(VrrpErrors.InvalidPattern(name));
            }
        }

        return [.. candidates.Where((_, index) => chosen.Contains(index))];
    }

    /// <summary>As <see cref="Select"/>, but a plain name must mean one instance only.</summary>
    internal static IReadOnlyList<VrrpInstance> SelectForChange(
        IReadOnlyList<VrrpInstance> instances, IReadOnlyCollection<string> names, NamespaceFilter filter, Action<VrrpException> refuse)
    {
        var clear = new List<string>();
        foreach (string name in names)
        {
            VrrpInstance[] called = [.. instances.Where(instance => filter.Matches(instance.NetworkNamespace) && IsCalled(instance.Key, name))];
            if (called.DistinctBy(static instance => instance.Host).Count() > 1)
            {
                refuse(VrrpErrors.AmbiguousHost(name));
            }
            else if (called.Length > 1)
            {
                refuse(VrrpErrors.AmbiguousInstance(name, called.Select(static instance => instance.NetworkNamespace)));
            }
            else
            {
                clear.Add(name);
            }
        }

        return clear.Count == 0 ? [] : Select(instances, static instance => instance.Key, clear, filter, refuse);
    }

    private static int[] Find<T>(T[] candidates, Func<T, InstanceKey> keyOf, string name)
    {
        int[] exact = Indexes(candidates, item => IsCalled(keyOf(item), name));
        if (exact.Length > 0 || !WildcardPattern.ContainsWildcardCharacters(name))
        {
            return exact;
        }

        var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        return Indexes(candidates, item => pattern.IsMatch(keyOf(item).Name));
    }

    private static int[] Indexes<T>(T[] items, Func<T, bool> wanted)
        => [.. Enumerable.Range(0, items.Length).Where(index => wanted(items[index]))];

    private static bool IsCalled(InstanceKey key, string name) => string.Equals(key.Name, name, StringComparison.OrdinalIgnoreCase);
}
