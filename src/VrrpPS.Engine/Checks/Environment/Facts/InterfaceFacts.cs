using VrrpPS.Engine.Linux.Netlink;

namespace VrrpPS.Engine.Checks.Environment.Facts;

/// <summary>One interface as it was found.</summary>
internal sealed record InterfaceFacts
{
    /// <summary>The link.</summary>
    public required LinkInfo Link { get; init; }

    /// <summary>The bridge it is, or belongs to; null for none in this namespace.</summary>
    public LinkInfo? Bridge { get; init; }

    /// <summary>Its addresses.</summary>
    public IReadOnlyList<AddressInfo> Addresses { get; init; } = [];

    /// <summary>Whether traffic control can look at packets first.</summary>
    public bool HasPacketHook { get; init; }

    /// <summary>Kernel settings by their names, such as <c>ipv4/arp_ignore</c>: the greater of that for all interfaces and its own.</summary>
    public IReadOnlyDictionary<string, int> Settings { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>The systemd-networkd files that configure it, and what they say; null when networkd does not.</summary>
    public (string Path, string Text)? Networkd { get; init; }

    /// <summary>Whether NetworkManager manages it.</summary>
    public bool IsNetworkManagers { get; init; }

    /// <summary>The name.</summary>
    public string Name => Link.Name;

    /// <summary>A setting; 0 where it was not found.</summary>
    public int Setting(string name) => Settings.GetValueOrDefault(name);
}
