using VrrpPS.Protocol;

namespace VrrpPS.Engine.Metrics;

/// <summary>The attributes of the metrics, in OpenTelemetry's manner.</summary>
public static class MetricAttributes
{
    /// <summary>The instance's name.</summary>
    public const string Instance = "vrrp.instance.name";

    /// <summary>The interface it speaks on.</summary>
    public const string Interface = "network.interface.name";

    /// <summary>The virtual router identifier, 1 to 255.</summary>
    public const string VirtualRouter = "vrrp.virtual_router.id";

    /// <summary><c>ipv4</c> or <c>ipv6</c>.</summary>
    public const string Family = "network.type";

    /// <summary>The named network namespace; absent for the process's own.</summary>
    public const string Namespace = "vrrp.network_namespace";

    /// <summary>A state of the election: <c>initialize</c>, <c>backup</c>, <c>master</c>, <c>leaving</c>, <c>fault</c>, <c>suspended</c>.</summary>
    public const string State = "vrrp.state";

    /// <summary>Why a packet was refused or is remarkable.</summary>
    public const string Reason = "error.type";

    /// <summary>The tracker's name.</summary>
    public const string Tracker = "vrrp.tracker.name";

    /// <summary>What the tracker looks at: <c>tcp</c>, <c>http</c>, <c>script</c>, ...</summary>
    public const string TrackerKind = "vrrp.tracker.kind";

    internal static KeyValuePair<string, object?>[] Of(VrrpState state) => Of(state.Name, state.InterfaceName, state.VirtualRouterId, state.AddressFamily, state.NetworkNamespace);

    internal static KeyValuePair<string, object?>[] Of(VrrpCounter counter)
        => Of(counter.Name, counter.InterfaceName, counter.VirtualRouterId, counter.AddressFamily, counter.NetworkNamespace);

    private static KeyValuePair<string, object?>[] Of(string name, string interfaceName, int virtualRouterId, AddressFamily family, string? networkNamespace)
    {
        KeyValuePair<string, object?>[] attributes =
        [
            new(Instance, name),
            new(Interface, interfaceName),
            new(VirtualRouter, virtualRouterId),
            new(Family, family == AddressFamily.IPv4 ? "ipv4" : "ipv6"),
        ];
        return networkNamespace is null ? attributes : [.. attributes, new(Namespace, networkNamespace)];
    }
}
