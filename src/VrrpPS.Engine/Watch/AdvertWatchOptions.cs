using System.IO.Enumeration;

namespace VrrpPS.Engine.Watch;

/// <summary>What to listen to and what to show of it.</summary>
public sealed record AdvertWatchOptions
{
    /// <summary>The interfaces, with the wildcards <c>*</c> and <c>?</c>; empty means every Ethernet interface.</summary>
    public VrrpList<string> InterfaceNames { get; init; } = [];

    /// <summary>The VRIDs to show, each 1..255; empty means all. Packets too damaged to have one are always shown.</summary>
    public VrrpList<int> VirtualRouterIds { get; init; } = [];

    /// <summary>The VRIDs that belong here, each 1..255: others are shown as foreign. Empty means that any may be here.</summary>
    public VrrpList<int> ExpectedVirtualRouterIds { get; init; } = [];

    /// <summary>The named network namespace to listen in; null for the process's own.</summary>
    public string? NetworkNamespace { get; init; }

    /// <summary>A pcap file to write every shown packet to, replacing one that exists; null for none.</summary>
    public string? OutFile { get; init; }

    /// <summary>How many advertisements wait for a slow reader before further ones are dropped and counted; at least 1.</summary>
    public int QueueLength { get; init; } = 4096;

    /// <summary>Whether an interface is one of those asked for.</summary>
    public bool MatchesInterface(string name)
    {
        foreach (string pattern in InterfaceNames)
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false))
            {
                return true;
            }
        }

        return InterfaceNames.Count == 0;
    }

    /// <summary>Whether a VRID is one of those asked for.</summary>
    public bool MatchesVirtualRouterId(int virtualRouterId)
        => VirtualRouterIds.Count == 0 || VirtualRouterIds.AsSpan().Contains(virtualRouterId);
}
