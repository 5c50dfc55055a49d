using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Runtime;

namespace VrrpPS.Lifecycle;

/// <summary>Look-ups in the engine's snapshots that never make an engine: nothing runs before the first start.</summary>
internal static class InstanceCatalog
{
    internal static IReadOnlyList<InstanceConfiguration> Configurations => EngineHost.Current?.GetConfigurations() ?? [];

    internal static IReadOnlyList<VrrpState> States => EngineHost.Current?.GetStates() ?? [];

    internal static IReadOnlyList<VrrpCounter> Counters => EngineHost.Current?.GetCounters() ?? [];

    internal static IReadOnlyList<VrrpTransition> History => EngineHost.Current?.GetHistory() ?? [];

    internal static InstanceKey KeyOf(InstanceConfiguration item) => new(item.Name, item.NetworkNamespace);

    internal static InstanceKey KeyOf(VrrpState item) => new(item.Name, item.NetworkNamespace);

    internal static InstanceKey KeyOf(VrrpCounter item) => new(item.Name, item.NetworkNamespace);

    internal static InstanceKey KeyOf(VrrpTransition item) => new(item.Name, item.NetworkNamespace);

    internal static VrrpState? FindState(InstanceKey key) => States.FirstOrDefault(s => KeyOf(s) == key);

    internal static InstanceConfiguration? FindConfiguration(InstanceKey key) => Configurations.FirstOrDefault(c => KeyOf(c) == key);
}
