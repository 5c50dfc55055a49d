namespace VrrpPS.Engine.Configuration.Keepalived;

/// <content>How advertisements travel, and what a Master answers rivals.</content>
internal static partial class KeepalivedInstanceProperties
{
    private static void MulticastGroup(KeepalivedInstanceWriter w, InstanceConfiguration c)
    {
        if (c.MulticastGroup is { } group)
        {
            w.Body.Line("mcast_dst_ip", group.ToString());
        }
    }

    private static void UnicastTimeToLive(KeepalivedInstanceWriter w, InstanceConfiguration c)
    {
        if (c.UnicastTimeToLive != PeerTimeToLive.Greatest)
        {
            w.Body.Line("unicast_ttl", KeepalivedNumbers.Whole(c.UnicastTimeToLive));
        }
    }

    private static void RequireUnicastPeer(KeepalivedInstanceWriter w, InstanceConfiguration c)
    {
        if (c.RequireUnicastPeer)
        {
            w.Body.Line("unicast_fault_no_peer");
        }
    }

    private static void UnicastPeers(KeepalivedInstanceWriter w, InstanceConfiguration c)
        => w.Body.Statements("unicast_peer", c.UnicastPeers.Select(peer => c.PeerTimeToLive.FirstOrDefault(window => window.Peer == peer)?.ToString() ?? peer.ToString()));

    private static void VirtualMac(KeepalivedInstanceWriter w, InstanceConfiguration c)
    {
        if (c.VirtualMac is not { } options)
        {
            return;
        }

        // keepalived takes the first word for the name.
        string[] words = options.Address is { } address ? [options.NameFor(c), address.ToString()]
            : options.InterfaceName is { } name ? [name]
            : [];
        w.Body.Line("use_vmac", words);
        if (options.TransmitFromBase)
        {
            w.Body.Line("vmac_xmit_base");
        }
    }

    private static void AnswerLowerPriority(KeepalivedInstanceWriter w, InstanceConfiguration c)
    {
        if (!c.AnswerLowerPriority)
        {
            w.Body.Line("lower_prio_no_advert", "true");
        }
    }

    private static void AcceptMode(KeepalivedInstanceWriter w, InstanceConfiguration c)
    {
        if (!c.AcceptMode)
        {
            w.Body.Line("no_accept");
        }
    }

    private static void AdvertiseBeforeYielding(KeepalivedInstanceWriter w, InstanceConfiguration c)
    {
        if (c.AdvertiseBeforeYielding)
        {
            w.Body.Line("higher_prio_send_advert", "true");
        }
    }
}
