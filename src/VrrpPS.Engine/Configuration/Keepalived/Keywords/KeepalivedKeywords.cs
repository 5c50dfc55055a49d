namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>
/// Every keyword that keepalived up to 2.4 knows in blocks that concern VRRP, with what becomes of it here. A keyword that is
/// in none of these tables is an error, because keepalived would report it as well.
/// </summary>
internal static partial class KeepalivedKeywords
{
    private const KeepalivedStatus Carried = KeepalivedStatus.Carried;
    private const KeepalivedStatus Ignored = KeepalivedStatus.Ignored;
    private const KeepalivedStatus Partial = KeepalivedStatus.Partial;

    private static readonly Dictionary<KeepalivedContext, Dictionary<string, KeepalivedKeyword>> Tables = new()
    {
        [KeepalivedContext.Root] = Root().Keywords,
        [KeepalivedContext.GlobalDefs] = GlobalDefs().Keywords,
        [KeepalivedContext.Instance] = Instance().Keywords,
        [KeepalivedContext.Authentication] = new KeepalivedKeywordTable().Add(Carried, "auth_type+ auth_pass+").Keywords,
        [KeepalivedContext.AuthenticationHmac] = new KeepalivedKeywordTable().Add(Carried, "key+ active_key+ time_window+ anti_replay+ mode+").Keywords,
        [KeepalivedContext.SyncGroup] = SyncGroup().Keywords,
        [KeepalivedContext.Script] = new KeepalivedKeywordTable().Add(Carried, "script+ interval+ timeout+ weight+ rise+ fall+ user+ init_fail").Keywords,
        [KeepalivedContext.TrackProcess] = new KeepalivedKeywordTable()
            .Add(Carried, "process+ weight+ quorum+ quorum_max+ delay+ terminate_delay+ fork_delay+ param_match full_command").Keywords,
        [KeepalivedContext.TrackFile] = new KeepalivedKeywordTable()
            .Add(Carried, "file+ weight+")
            .Add(Ignored, "init_file", "A file that is missing counts as 0; create it with the system's own means.").Keywords,
        [KeepalivedContext.GarpGroup] = new KeepalivedKeywordTable().Add(Ignored, "garp_interval gna_interval interface").Add(Ignored, "interfaces", values: true).Keywords,
        [KeepalivedContext.TrackGroup] = new KeepalivedKeywordTable().Add(Ignored, "group", values: true).Keywords,
        [KeepalivedContext.Bfd] = new KeepalivedKeywordTable()
            .Add(Ignored, "source_ip neighbor_ip neighbour_ip min_rx min_tx idle_tx multiplier passive ttl hoplimit max_hops multihop weight checker")
            .Add(Ignored, "vrrp").Keywords,
    };

    /// <summary>The keywords of a block.</summary>
    public static IReadOnlyDictionary<string, KeepalivedKeyword> Of(KeepalivedContext context) => Tables[context];

    /// <summary>The blocks that know a keyword, for someone who wrote it in the wrong place.</summary>
    public static IEnumerable<KeepalivedContext> ContextsOf(string keyword)
        => Tables.Where(t => t.Value.ContainsKey(keyword)).Select(t => t.Key);

    /// <summary>Where a statement of the block stands, as a message says it.</summary>
    public static string PlaceOf(KeepalivedContext context) => context switch
    {
        KeepalivedContext.Root => "at the top level",
        KeepalivedContext.GlobalDefs => "in global_defs",
        KeepalivedContext.Instance => "in vrrp_instance",
        KeepalivedContext.Authentication => "in authentication",
        KeepalivedContext.AuthenticationHmac => "in auth_hmac",
        KeepalivedContext.SyncGroup => "in vrrp_sync_group",
        KeepalivedContext.Script => "in vrrp_script",
        KeepalivedContext.TrackProcess => "in vrrp_track_process",
        KeepalivedContext.TrackFile => "in track_file",
        KeepalivedContext.GarpGroup => "in garp_group",
        KeepalivedContext.TrackGroup => "in track_group",
        _ => "in bfd_instance",
    };

    private static KeepalivedKeywordTable Root() => new KeepalivedKeywordTable()
        .Add(Carried, "global_defs", children: KeepalivedContext.GlobalDefs)
        .Add(Carried, "vrrp_instance", children: KeepalivedContext.Instance)
        .Add(Carried, "net_namespace+")
        .Add(Carried, "vrrp_sync_group+", children: KeepalivedContext.SyncGroup)
        .Add(Carried, "static_ipaddress static_routes static_rules", values: true)
        .Add(Partial, "track_group", "the election: an instance faults there when a static address of the group is lost.", children: KeepalivedContext.TrackGroup)
        .Add(Partial, "interface_up_down_delays", "the election: links that flap count at once here.", values: true)
        .Add(Carried, "vrrp_script+", children: KeepalivedContext.Script)
        .Add(Carried, "vrrp_track_process+", children: KeepalivedContext.TrackProcess)
        .Add(Carried, "vrrp_track_file+ track_file+", children: KeepalivedContext.TrackFile)
        .Add(Ignored, "bfd_instance", "A BFD session does nothing unless an instance tracks it.", children: KeepalivedContext.Bfd)
        .Add(Ignored, "garp_group", children: KeepalivedContext.GarpGroup)
        .Add(Ignored, "linkbeat_interfaces", "Links are watched through the kernel's notifications.", values: true)
        .Add(Ignored, "linkbeat_use_polling", "Links are watched through the kernel's notifications.")
        .Add(Ignored, "net_namespace_ipvs namespace_with_ipsets use_pid_dir instance child_wait_time")
        .Add(KeepalivedStatus.VirtualServer, "virtual_server virtual_server_group real_server SSL", values: true);

    private static KeepalivedKeywordTable SyncGroup() => new KeepalivedKeywordTable()
        .Add(Carried, "group track_interface track_script track_file track_process", values: true)
        .Add(Partial, "track_bfd", "the election: what it watches takes the group out there.", values: true)
        .Add(Carried, "notify_backup+ notify_master+ notify_fault+ notify_stop+ notify+ smtp_alert notify_priority_changes")
        .Add(Carried, "global_tracking sync_group_tracking_weight");

    /// <summary>Keywords of a block that is not carried over as a whole.</summary>
    private static Dictionary<string, KeepalivedKeyword> Plain(string names) => new KeepalivedKeywordTable().Add(Ignored, names).Keywords;
}
