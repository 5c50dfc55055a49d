using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Runtime;

namespace VrrpPS.Service.Run;

/// <summary>
/// The difference between what runs and what a configuration wants. Carried out in the order stop, change, start: an
/// instance may give up the interface and VRID that a new one needs.
/// </summary>
internal sealed record ReloadPlan
{
    /// <summary>Instances that are gone, or whose identity changed and that therefore start anew.</summary>
    public required IReadOnlyList<InstanceKey> Stop { get; init; }

    /// <summary>Instances that keep their identity and change in place.</summary>
    public required IReadOnlyList<InstanceConfiguration> Change { get; init; }

    /// <summary>Instances that are new, or whose identity changed.</summary>
    public required IReadOnlyList<InstanceConfiguration> Start { get; init; }

    /// <summary>How many instances stay exactly as they are.</summary>
    public required int Unchanged { get; init; }

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => Stop.Count == 0 && Change.Count == 0 && Start.Count == 0;

    /// <summary>Compares.</summary>
    /// <exception cref="VrrpException"><see cref="ErrorIds.InstanceExists"/>: a wanted name occurs twice.</exception>
    public static ReloadPlan Create(IEnumerable<InstanceConfiguration> running, IEnumerable<InstanceConfiguration> wanted)
    {
        var old = running.ToDictionary(Key);
        var seen = new HashSet<InstanceKey>();
        var change = new List<InstanceConfiguration>();
        var start = new List<InstanceConfiguration>();
        var stop = new List<InstanceKey>();
        var unchanged = 0;
        foreach (var configuration in wanted)
        {
            var key = Key(configuration);
            if (!seen.Add(key))
            {
                throw VrrpErrors.InstanceExists(configuration.Name, configuration.NetworkNamespace);
            }

            if (!old.TryGetValue(key, out var current))
            {
                start.Add(configuration);
            }
            else if (current == configuration)
            {
                unchanged++;
            }
            else if (HasSameIdentity(current, configuration))
            {
                change.Add(configuration);
            }
            else
            {
                stop.Add(key);
                start.Add(configuration);
            }
        }

        stop.AddRange(old.Keys.Where(key => !seen.Contains(key)));
        return new ReloadPlan { Stop = stop, Change = change, Start = start, Unchanged = unchanged };
    }

    /// <summary>Whether an instance is stopped only to start anew under the same name.</summary>
    public bool Restarts(InstanceKey key) => Start.Any(configuration => Key(configuration) == key);

    /// <summary><c>1 to start, 2 to change, 0 to stop, 3 unchanged</c>.</summary>
    public override string ToString() => $"{Start.Count} to start, {Change.Count} to change, {Stop.Count} to stop, {Unchanged} unchanged";

    /// <summary>The key an instance runs under.</summary>
    public static InstanceKey Key(InstanceConfiguration configuration) => new(configuration.Name, configuration.NetworkNamespace);

    // What IVrrpEngine.ApplyAsync cannot change.
    private static bool HasSameIdentity(InstanceConfiguration left, InstanceConfiguration right)
        => string.Equals(left.InterfaceName, right.InterfaceName, StringComparison.Ordinal)
        && left.VirtualRouterId == right.VirtualRouterId
        && left.AddressFamily == right.AddressFamily
        && left.Version == right.Version
        && left.VirtualMac == right.VirtualMac;
}
