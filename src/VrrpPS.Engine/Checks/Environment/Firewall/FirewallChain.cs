using System.Text.Json;

namespace VrrpPS.Engine.Checks.Environment.Firewall;

/// <summary>A chain as nft describes it.</summary>
/// <param name="Family">ip, ip6, inet, netdev, bridge or arp.</param>
/// <param name="Table">The table.</param>
/// <param name="Name">The name.</param>
/// <param name="Hook">Where the kernel calls it; empty for one that is only jumped to.</param>
/// <param name="Devices">The interfaces of a netdev chain; none where nft does not tell.</param>
/// <param name="DropsByDefault">Whether what reaches its end is dropped.</param>
internal sealed record FirewallChain(string Family, string Table, string Name, string Hook, IReadOnlyList<string> Devices, bool DropsByDefault)
{
    /// <summary>The expressions of its rules.</summary>
    public List<JsonElement> Rules { get; } = [];

    /// <summary>How findings call it.</summary>
    public override string ToString() => $"{Family} {Table} {Name}";
}
