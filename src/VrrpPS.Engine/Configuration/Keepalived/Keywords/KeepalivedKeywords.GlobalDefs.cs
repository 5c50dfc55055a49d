namespace VrrpPS.Engine.Configuration.Keepalived;

internal static partial class KeepalivedKeywords
{
    private static KeepalivedKeywordTable GlobalDefs() => new KeepalivedKeywordTable()
        .Add(Carried, "router_id+ vrrp_version+ default_interface+ vrrp_startup_delay+ vrrp_delay_after_boot+ vmac_prefix+")
        .Add(Carried, "vrrp_mcast_group4+ vrrp_mcast_group6+ vrrp_down_timer_adverts+ vrrp_owner_ignore_adverts")
        .Add(Carried, "dynamic_interfaces vrrp_strict vrrp_skip_check_adv_addr vrrp_check_unicast_src v3_checksum_as_v2 vrrp_min_garp vrrp_lower_prio_no_advert vrrp_higher_prio_send_advert")
        .Add(Carried, "vrrp_garp_master_delay+ vrrp_garp_master_repeat+ vrrp_garp_master_refresh+ vrrp_garp_master_refresh_repeat+ vrrp_garp_interval+ vrrp_gna_interval+")
        .Add(Carried, "vrrp_garp_lower_prio_delay+ vrrp_garp_lower_prio_repeat+")
        .Add(Carried, "vrrp_garp_extra_if+ vrrp_vmac_garp_intvl+", "Without 'all' it is about virtual MAC interfaces of addresses on other interfaces, which do not exist here, and is reported.")
        .Add(Carried, "notification_email", values: true)
        .Add(Carried, "notification_email_from+ smtp_server+ smtp_helo_name+ smtp_connect_timeout+ smtp_alert smtp_alert_vrrp no_email_faults")
        .Add(Carried, "notify_fifo+ vrrp_notify_fifo+ vrrp_notify_priority_changes script_user+ enable_script_security")
        .Add(Ignored, "smtp_alert_checker no_checker_emails")
        .Add(Ignored, "process_names process_name vrrp_process_name checker_process_name lvs_process_name bfd_process_name")
        .Add(Ignored, "use_symlink_paths set_supplementary_groups startup_script startup_script_timeout shutdown_script shutdown_script_timeout")
        .Add(Ignored, "max_auto_priority min_auto_priority_delay checker_log_all_failures disable_local_igmp")
        .Add(Ignored, "lvs_timeouts lvs_flush lvs_flush_on_stop lvs_flush_onstop lvs_sync_daemon lvs_notify_fifo lvs_notify_fifo_script")
        .Add(Ignored, "vrrp_iptables vrrp_ipsets nftables nftables_priority nftables_ifindex nftables_counters", "Accept mode off has a table of nf_tables of its own here.")
        .Add(Ignored, "nftables_ipvs nftables_ipvs_priority nftables_ipvs_start_fwmark")
        .Add(Ignored, "vrrp_priority vrrp_no_swap vrrp_rt_priority vrrp_cpu_affinity vrrp_rlimit_rttime vrrp_rlimit_rtime")
        .Add(Ignored, "checker_priority checker_no_swap checker_rt_priority checker_cpu_affinity checker_rlimit_rttime checker_rlimit_rtime")
        .Add(Ignored, "bfd_priority bfd_no_swap bfd_rt_priority bfd_cpu_affinity bfd_rlimit_rttime bfd_rlimit_rtime")
        .Add(Ignored, "notify_fifo_script vrrp_notify_fifo_script", "Start the program that reads the FIFO yourself, as a service.")
        .Add(Ignored, "fifo_write_vrrp_states_on_reload", "A reload repeats no state here.")
        .Add(Ignored, "snmp_socket enable_traps enable_snmp_vrrp enable_snmp_keepalived enable_snmp_rfc enable_snmp_rfcv2 enable_snmp_rfcv3 enable_snmp_checker snmp_vs_stats_update_interval snmp_rs_stats_update_interval")
        .Add(Ignored, "enable_dbus dbus_service_name dbus_no_interface_name")
        .Add(Ignored, "vrrp_netlink_cmd_rcv_bufs vrrp_netlink_cmd_rcv_bufs_force vrrp_netlink_monitor_rcv_bufs vrrp_netlink_monitor_rcv_bufs_force process_monitor_rcv_bufs process_monitor_rcv_bufs_force")
        .Add(Ignored, "lvs_netlink_cmd_rcv_bufs lvs_netlink_cmd_rcv_bufs_force lvs_netlink_monitor_rcv_bufs lvs_netlink_monitor_rcv_bufs_force rs_init_notifies")
        .Add(Ignored, "vrrp_rx_bufs_policy vrrp_rx_bufs_multiplier log_unknown_vrids vmac_addr_prefix umask random_seed")
        .Add(Ignored, "reload_check_config reload_time_file reload_repeat reload_file include_check config_save_dir tmp_config_directory data_use_instance json_version")
        .Add(Ignored, "iproute_usr_dir iproute_etc_dir state_dump_file stats_dump_file json_dump_file");
}
