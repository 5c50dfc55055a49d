using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Runtime;
using VrrpPS.Protocol;

namespace VrrpPS;

/// <summary>
/// What one virtual router is told, as PowerShell shows it: plain texts, numbers and durations that survive ConvertTo-Json
/// and Export-Csv. Start-VrrpInstance takes it back unchanged.
/// </summary>
public class VrrpConfiguration
{
    internal VrrpConfiguration(InstanceConfiguration configuration) => Configuration = configuration;

    /// <summary>The instance's name.</summary>
    public string Name => Configuration.Name;

    /// <summary>The interface it speaks on.</summary>
    public string InterfaceName => Configuration.InterfaceName;

    /// <summary>The virtual router identifier, 1..255.</summary>
    public int VirtualRouterId => Configuration.VirtualRouterId;

    /// <summary>IPv4 or IPv6.</summary>
    public AddressFamily AddressFamily => Configuration.AddressFamily;

    /// <summary>2 or 3.</summary>
    public int Version => (int)Configuration.Version;

    /// <summary>The configured priority; trackers may lower the one in force.</summary>
    public int Priority => Configuration.Priority;

    /// <summary>The advertised virtual addresses with their prefix lengths and options.</summary>
    public VrrpList<string> VirtualIPAddress => Texts(Configuration.VirtualAddresses.Where(static address => address.Advertised).ToVrrpList());

    /// <summary>The virtual addresses that are bound and announced but not advertised.</summary>
    public VrrpList<string> ExcludedVirtualIPAddress => Texts(Configuration.VirtualAddresses.Where(static address => !address.Advertised).ToVrrpList());

    /// <summary>The routes of a Master.</summary>
    public VrrpList<string> VirtualRoute => Texts(Configuration.VirtualRoutes);

    /// <summary>The routing rules of a Master.</summary>
    public VrrpList<string> VirtualRule => Texts(Configuration.VirtualRules);

    /// <summary>The time between two advertisements.</summary>
    public TimeSpan AdvertisementInterval => Configuration.AdvertisementInterval.ToTimeSpan();

    /// <summary><see cref="AdvertisementInterval"/> in seconds.</summary>
    public double AdvertisementIntervalSeconds => AdvertisementInterval.TotalSeconds;

    /// <summary>Whether a Master with a lower priority is replaced.</summary>
    public bool Preempt => Configuration.Preempt;

    /// <summary>How long such a Master is left alone first.</summary>
    public TimeSpan PreemptDelay => Configuration.PreemptDelay;

    /// <summary><see cref="PreemptDelay"/> in seconds.</summary>
    public double PreemptDelaySeconds => PreemptDelay.TotalSeconds;

    /// <summary>How long the instance only listens after its start.</summary>
    public TimeSpan StartupDelay => Configuration.StartupDelay;

    /// <summary><see cref="StartupDelay"/> in seconds.</summary>
    public double StartupDelaySeconds => StartupDelay.TotalSeconds;

    /// <summary>The peers to send to instead of the multicast group; empty means multicast.</summary>
    public VrrpList<string> UnicastPeer => Texts(Configuration.UnicastPeers);

    /// <summary>The only senders that are listened to; empty means everyone on the link.</summary>
    public VrrpList<string> AllowedPeer => Texts(Configuration.AllowedPeers);

    /// <summary>The address to send from; null lets the interface decide.</summary>
    public string? SourceAddress => Configuration.SourceAddress?.ToString();

    /// <summary>Whether advertisements carry a password; the password itself is never shown.</summary>
    public bool HasAuthentication => Configuration.AuthenticationPass is not null;

    /// <summary>What the checksum of version 3 over IPv4 covers.</summary>
    public ChecksumStyle ChecksumStyle => Configuration.ChecksumStyle;

    /// <summary>The kernel lifetime of a bound address; null when derived from the interval.</summary>
    public TimeSpan? AddressLease => Configuration.AddressLease;

    /// <summary><see cref="AddressLease"/> in seconds.</summary>
    public double? AddressLeaseSeconds => AddressLease?.TotalSeconds;

    /// <summary>Whether addresses are bound for ever.</summary>
    public bool NoAddressLease => Configuration.NoAddressLease;

    /// <summary>Other interfaces that must be up.</summary>
    public VrrpList<string> TrackInterface => Configuration.TrackInterfaces;

    /// <summary>The named network namespace; null for the process's own.</summary>
    public string? NetworkNamespace => Configuration.NetworkNamespace;

    internal InstanceConfiguration Configuration { get; }

    internal InstanceKey Key => new(Configuration.Name, Configuration.NetworkNamespace);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private static VrrpList<string> Texts<T>(VrrpList<T> items)
        where T : notnull => items.Select(static item => item.ToString() ?? string.Empty).ToVrrpList();
}
