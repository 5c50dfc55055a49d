using KeepalivedRow = VrrpPS.Engine.Configuration.Keepalived.KeepalivedProperty<
    VrrpPS.Engine.Configuration.Keepalived.KeepalivedInstanceWriter, VrrpPS.Engine.Configuration.InstanceConfiguration>;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>
/// The one place that says how each property of an instance is written. Every property of <see cref="InstanceConfiguration"/>
/// has exactly one row here or in <see cref="KeepalivedSharedProperties"/>; the rows are in the order of the file.
/// </summary>
internal static partial class KeepalivedInstanceProperties
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<KeepalivedRow> All { get; } =
    [
        new(nameof(InstanceConfiguration.Name), Name),
        new(nameof(InstanceConfiguration.Preempt), Preempt),
        new(nameof(InstanceConfiguration.PreemptDelay), PreemptDelay),
        new(nameof(InstanceConfiguration.InterfaceName), static (w, c) => w.Body.Line("interface", c.InterfaceName)),
        new(nameof(InstanceConfiguration.VirtualRouterId), static (w, c) => w.Body.Line("virtual_router_id", KeepalivedNumbers.Whole(c.VirtualRouterId))),
        new(nameof(InstanceConfiguration.Priority), static (w, c) => w.Body.Line("priority", KeepalivedNumbers.Whole(c.Priority))),
        new(nameof(InstanceConfiguration.Version), static (w, c) => w.Body.Line("version", KeepalivedNumbers.Whole((int)c.Version))),
        new(nameof(InstanceConfiguration.Version2Compatibility), Version2Compatibility),
        new(nameof(InstanceConfiguration.AdvertisementInterval), static (w, c) => w.Body.Line("advert_int", KeepalivedNumbers.Seconds(c.AdvertisementInterval.ToTimeSpan()))),
        new(nameof(InstanceConfiguration.ChecksumStyle), ChecksumStyle),
        new(nameof(InstanceConfiguration.Announcement), Announcement),
        new(nameof(InstanceConfiguration.DownTimerAdverts), DownTimerAdverts),
        new(nameof(InstanceConfiguration.OwnerIgnoreAdverts), OwnerIgnoreAdverts),
        new(nameof(InstanceConfiguration.TimerExpiredBackup), TimerExpiredBackup),
        new(nameof(InstanceConfiguration.AuthenticationPass), AuthenticationPass),
        new(nameof(InstanceConfiguration.AuthenticationType), static (_, _) => { }), // Written with the password.
        new(nameof(InstanceConfiguration.Hmac), Hmac),
        new(nameof(InstanceConfiguration.SourceAddress), SourceAddress),
        new(nameof(InstanceConfiguration.MulticastGroup), MulticastGroup),
        new(nameof(InstanceConfiguration.UnicastTimeToLive), UnicastTimeToLive),
        new(nameof(InstanceConfiguration.RequireUnicastPeer), RequireUnicastPeer),
        new(nameof(InstanceConfiguration.UnicastPeers), UnicastPeers),
        new(nameof(InstanceConfiguration.PeerTimeToLive), static (_, _) => { }), // It stands behind the peers.
        new(nameof(InstanceConfiguration.VirtualMac), VirtualMac),
        new(nameof(InstanceConfiguration.AnswerLowerPriority), AnswerLowerPriority),
        new(nameof(InstanceConfiguration.AdvertiseBeforeYielding), AdvertiseBeforeYielding),
        new(nameof(InstanceConfiguration.AcceptMode), AcceptMode),
        new(nameof(InstanceConfiguration.AllowedPeers), AllowedPeers),
        new(nameof(InstanceConfiguration.TrackInterfaces), static (w, c) => w.Body.Block("track_interface", c.TrackInterfaces)),
        new(nameof(InstanceConfiguration.Trackers), Trackers),
        new(nameof(InstanceConfiguration.Notification), Notification),
        new(nameof(InstanceConfiguration.AddressFamily), static (_, _) => { }), // The first address says it.
        new(nameof(InstanceConfiguration.VirtualAddresses), VirtualAddresses),
        new(nameof(InstanceConfiguration.VirtualRoutes), static (w, c) => w.Body.Statements("virtual_routes", c.VirtualRoutes.Select(static r => r.ToString()))),
        new(nameof(InstanceConfiguration.VirtualRules), static (w, c) => w.Body.Statements("virtual_rules", c.VirtualRules.Select(static r => r.ToString()))),
        new(nameof(InstanceConfiguration.AddressLease), AddressLease),
        new(nameof(InstanceConfiguration.NoAddressLease), static (_, _) => { }), // keepalived knows nothing else.
        new(nameof(InstanceConfiguration.Strict), Strict),
        new(nameof(InstanceConfiguration.StrictAddressList), StrictAddressList),
    ];

    private static void Name(KeepalivedInstanceWriter w, InstanceConfiguration c)
    {
        // The block has it already; what is left is whether it came out as it is.
        if (!KeepalivedQuoting.CanWrite(c.Name))
        {
            w.Omit($"name cannot be written as it is: keepalived has no way to quote it, so it is {KeepalivedQuoting.Quote(c.Name)}.");
        }
    }

    /// <summary>No role is written: MASTER as initial state would clear <c>nopreempt</c> and <c>preempt_delay</c>.</summary>
    private static void Preempt(KeepalivedInstanceWriter w, InstanceConfiguration c)
    {
        bool owner = c.Priority == 255;
        w.Body.Line("state", owner && c.PreemptDelay == TimeSpan.Zero ? "MASTER" : "BACKUP");
        if (!c.Preempt && owner)
        {
            w.Lose("preempt false cannot be written: priority 255 always preempts in keepalived.");
        }
        else if (!c.Preempt)
        {
            w.Body.Line("nopreempt");
        }
    }

    private static void PreemptDelay(KeepalivedInstanceWriter w, InstanceConfiguration c)
    {
        if (c.PreemptDelay > TimeSpan.Zero)
        {
            w.Body.Line("preempt_delay", KeepalivedNumbers.Seconds(c.PreemptDelay));
        }
    }

    private static void Version2Compatibility(KeepalivedInstanceWriter w, InstanceConfiguration c)
    {
        if (c.Version2Compatibility)
        {
            w.Lose("version2Compatibility cannot be written: keepalived speaks one version per instance.");
        }
    }

    private static void ChecksumStyle(KeepalivedInstanceWriter w, InstanceConfiguration c)
    {
        switch (c.ChecksumStyle)
        {
            case Protocol.ChecksumStyle.Rfc9568:
                w.Body.Line("v3_checksum_as_v2");
                w.Omit("checksumStyle Rfc9568 is 'v3_checksum_as_v2', which keepalived knows since 2.2.8: remove it for older ones.");
                break;
            case Protocol.ChecksumStyle.Both:
                w.Lose("checksumStyle Both cannot be written: keepalived sends the pseudo-header's only.");
                break;
            default:
                // keepalived covers the pseudo-header, which is where Auto begins as well.
                break;
        }
    }

    private static void SourceAddress(KeepalivedInstanceWriter w, InstanceConfiguration c)
    {
        if (c.SourceAddress is { } source)
        {
            w.Body.Line(c.UnicastPeers.Count > 0 ? "unicast_src_ip" : "mcast_src_ip", source.ToString());
        }
    }

    private static void AllowedPeers(KeepalivedInstanceWriter w, InstanceConfiguration c)
    {
        if (c.AllowedPeers.Count > 0 && c.AllowedPeers.ToHashSet().SetEquals(c.UnicastPeers))
        {
            w.Body.Line("check_unicast_src");
        }
        else if (c.AllowedPeers.Count > 0)
        {
            w.Lose($"allowedPeers {c.AllowedPeers} cannot be written: keepalived listens to everyone, or to its unicast peers only.");
        }
    }

    /// <summary>In runs, so that the order survives where excluded addresses stand between advertised ones.</summary>
    private static void VirtualAddresses(KeepalivedInstanceWriter w, InstanceConfiguration c)
    {
        for (int i = 0; i < c.VirtualAddresses.Count;)
        {
            bool advertised = c.VirtualAddresses[i].Advertised;
            var run = c.VirtualAddresses.Skip(i).TakeWhile(a => a.Advertised == advertised).ToArray();
            w.Body.Statements(advertised ? "virtual_ipaddress" : "virtual_ipaddress_excluded", run.Select(static a => a.ToString()));
            i += run.Length;
        }
    }

    private static void AddressLease(KeepalivedInstanceWriter w, InstanceConfiguration c)
    {
        if (c.AddressLease is { } lease)
        {
            w.Omit($"addressLease of {DurationText.Format(lease)} cannot be written: keepalived binds addresses for ever.");
        }
    }

    private static void Strict(KeepalivedInstanceWriter w, InstanceConfiguration c)
    {
        if (c.Strict)
        {
            w.Lose("strict cannot be written: keepalived's 'strict_mode' means other things.");
        }
    }

    private static void StrictAddressList(KeepalivedInstanceWriter w, InstanceConfiguration c)
    {
        if (c.StrictAddressList)
        {
            w.Omit("strictAddressList has no keyword: keepalived up to 2.2 always discards such advertisements, newer ones as RFC 9568 says.");
        }
    }
}
