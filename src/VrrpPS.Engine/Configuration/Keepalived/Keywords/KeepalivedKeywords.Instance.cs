namespace VrrpPS.Engine.Configuration.Keepalived;

internal static partial class KeepalivedKeywords
{
    private static KeepalivedKeywordTable Instance() => new KeepalivedKeywordTable()
        .Add(Carried, "state+ interface+ virtual_router_id+ priority+ advert_int+ version+ preempt_delay+")
        .Add(Carried, "track_src_ip lower_prio_no_advert higher_prio_send_advert unicast_ttl+ preempt nopreempt native_ipv6 accept no_accept strict_mode skip_check_adv_addr v3_checksum_as_v2 check_unicast_src")
        .Add(Carried, "unicast_src_ip+ mcast_src_ip+ mcast_dst_ip+ down_timer_adverts+ owner_ignore_adverts timer_expired_backup thread_timer_expired")
        .Add(Carried, "unicast_fault_no_peer old_unicast_checksum")
        .Add(Carried, "garp_master_delay+ garp_master_repeat+ garp_master_refresh+ garp_master_refresh_repeat+")
        .Add(Carried, "virtual_ipaddress virtual_ipaddress_excluded virtual_routes virtual_rules unicast_peer", values: true)
        .Add(Carried, "track_interface track_script track_file track_process", values: true)
        .Add(Carried, "authentication", children: KeepalivedContext.Authentication)
        .Add(Carried, "auth_hmac", children: KeepalivedContext.AuthenticationHmac)
        .Add(Partial, "track_bfd", "the election: what it watches lowers the priority or faults the instance there.", values: true)
        .Add(Carried, "use_vmac vmac_xmit_base")
        .Add(Partial, "use_ipvlan", "the addresses: they would be bound with the interface's own MAC address.")
        .Add(Partial, "use_vmac_addr", "the addresses: those on other interfaces have a virtual MAC address there.")
        .Add(Partial, "no_virtual_ipaddress", "the addresses: a virtual router without any cannot run here.")
        .Add(Partial, "dont_track_primary", "the election: the loss of the interface is always a fault here.")
        .Add(Partial, "vrf", "the addresses: the interface's own routing table is used here.")
        .Add(Carried, "garp_lower_prio_delay+ garp_lower_prio_repeat+")
        .Add(Carried, "garp_extra_if+ vmac_garp_intvl+", "Without 'all' it is about virtual MAC interfaces of addresses on other interfaces, which do not exist here, and is reported.")
        .Add(Ignored, "promote_secondaries linkbeat_use_polling debug kernel_rx_buf_size lvs_sync_daemon_interface")
        .Add(Carried, "notify_backup+ notify_master+ notify_fault+ notify_stop+ notify_deleted+ notify+ notify_master_rx_lower_pri+")
        .Add(Carried, "notify_priority_changes smtp_alert");
}
