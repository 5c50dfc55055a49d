using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>What <c>global_defs</c> and the top level say to all instances.</summary>
internal sealed class KeepalivedGlobals
{
    /// <summary>Whether the file is no UTF-8, so that its letters outside ASCII are other bytes than in one that is.</summary>
    public bool IsLegacyEncoding { get; init; }

    public string? RouterId { get; private set; }

    public VrrpVersion Version { get; private set; } = VrrpVersion.V2;

    public string? DefaultInterface { get; private set; }

    public string? NetworkNamespace { get; set; }

    /// <summary>Where relative names of key files start.</summary>
    public string? BaseDirectory { get; init; }

    public TimeSpan StartupDelay { get; private set; }

    public SourcePosition? StartupDelayAt { get; private set; }

    public TimeSpan DelayAfterBoot { get; private set; }

    public SourcePosition? DelayAfterBootAt { get; private set; }

    public bool IsStrict { get; private set; }

    public bool ChecksUnicastSource { get; private set; }

    public bool V3ChecksumAsV2 { get; private set; }

    /// <summary>What the names of links for virtual MAC addresses begin with.</summary>
    public string VirtualMacPrefix { get; private set; } = VirtualMacOptions.DefaultPrefix;

    public InetAddress? GroupV4 { get; private set; }

    public InetAddress? GroupV6 { get; private set; }

    public bool IgnoresLowerPriority { get; private set; }

    public bool AdvertisesBeforeYielding { get; private set; }

    public int DownTimerAdverts { get; private set; } = ElectionTimers.MissedAdvertisements;

    public bool OwnerIgnoresAdverts { get; private set; }

    public KeepalivedGarp Garp { get; private set; } = new();

    /// <summary>Mail, FIFOs and how scripts run.</summary>
    public KeepalivedNotification Notification { get; } = new();

    /// <summary>Takes one statement of global_defs.</summary>
    public void Take(KeepalivedStatement s, KeepalivedWalker walker, DiagnosticBag diagnostics)
    {
        switch (s.Keyword)
        {
            case "router_id":
                RouterId = s.Words[1].Text;
                break;
            case "vrrp_version" when KeepalivedValues.Integer(s, diagnostics, 2, 3) is { } version:
                Version = (VrrpVersion)version;
                break;
            case "default_interface":
                DefaultInterface = s.Words[1].Text;
                break;
            case "vrrp_startup_delay" when KeepalivedValues.Seconds(s, diagnostics) is { } delay:
                (StartupDelay, StartupDelayAt) = (delay, s.Words[1].At);
                break;
            case "vrrp_delay_after_boot" when KeepalivedValues.Seconds(s, diagnostics) is { } delay:
                (DelayAfterBoot, DelayAfterBootAt) = (delay, s.Words[1].At);
                break;
            case "vmac_prefix":
                VirtualMacPrefix = s.Words[1].Text;
                break;
            case "vrrp_strict":
                IsStrict = true;
                ReportStrict(s, diagnostics);
                break;
            case "vrrp_check_unicast_src":
                ChecksUnicastSource = true;
                break;
            case "v3_checksum_as_v2":
                V3ChecksumAsV2 = KeepalivedValues.Switch(s, diagnostics);
                break;
            case "vrrp_mcast_group4":
                GroupV4 = ReadGroup(s, AddressFamily.IPv4, diagnostics);
                break;
            case "vrrp_mcast_group6":
                GroupV6 = ReadGroup(s, AddressFamily.IPv6, diagnostics);
                break;
            case "vrrp_lower_prio_no_advert":
                IgnoresLowerPriority = KeepalivedValues.Switch(s, diagnostics);
                break;
            case "vrrp_higher_prio_send_advert":
                AdvertisesBeforeYielding = KeepalivedValues.Switch(s, diagnostics);
                break;
            case "vrrp_down_timer_adverts":
                DownTimerAdverts = KeepalivedValues.Integer(s, diagnostics, 1, 100) ?? DownTimerAdverts;
                break;
            case "vrrp_owner_ignore_adverts":
                OwnerIgnoresAdverts = KeepalivedValues.Switch(s, diagnostics);
                break;
            case var _ when Notification.Take(s, diagnostics):
                break;
            default:
                TakeGarp(s, diagnostics);
                break;
        }
    }

    /// <summary>A group that is not the protocol's own, or null.</summary>
    public static InetAddress? ReadGroup(KeepalivedStatement s, AddressFamily? family, DiagnosticBag diagnostics)
    {
        var word = s.Words[1];
        if (InetAddress.TryParse(word.Text, out var group) && group.IsMulticast && (family is null || group.Family == family))
        {
            return group == InetAddress.VrrpGroup(group.Family) ? null : group;
        }

        diagnostics.Error(word.At, ConfigurationCodes.InvalidValue, $"'{s.Keyword}' cannot be '{word.Text}': write {(family is { } one ? $"an {one}" : "a")} multicast group, the same on every node.");
        return null;
    }

    /// <summary>What strict mode means, and what of it is followed.</summary>
    public static void ReportStrict(KeepalivedStatement s, DiagnosticBag diagnostics) => diagnostics.Warning(s.At, ConfigurationCodes.Advice,
        $"'{s.Keyword}' drops authentication, resets preempt_delay, turns 'state MASTER' into BACKUP unless the priority is 255, refuses unicast peers and, in keepalived, "
        + "keeps the virtual addresses from answering anything but ARP. All but the last is followed; here the addresses answer unless 'no_accept' says that they shall not.");

    private void TakeGarp(KeepalivedStatement s, DiagnosticBag diagnostics)
    {
        Garp = s.Keyword switch
        {
            "vrrp_garp_master_delay" when KeepalivedValues.Integer(s, diagnostics) is { } seconds => Garp with { Delay = TimeSpan.FromSeconds(seconds) },
            "vrrp_garp_master_repeat" when KeepalivedValues.Integer(s, diagnostics) is { } count => Garp with { Repeat = Math.Max(1, count) },
            "vrrp_garp_master_refresh" when KeepalivedValues.Integer(s, diagnostics) is { } seconds => Garp with { Refresh = TimeSpan.FromSeconds(seconds) },
            "vrrp_garp_master_refresh_repeat" when KeepalivedValues.Integer(s, diagnostics) is { } count => Garp with { RefreshRepeat = Math.Max(1, count) },
            "vrrp_garp_lower_prio_repeat" when KeepalivedValues.Integer(s, diagnostics) is { } count => Garp with { LowerPriorityRepeat = count },
            "vrrp_garp_lower_prio_delay" when KeepalivedValues.Integer(s, diagnostics) is { } seconds => Garp with { LowerPriorityDelay = TimeSpan.FromSeconds(seconds) },
            "vrrp_garp_extra_if" or "vrrp_vmac_garp_intvl" => KeepalivedGarp.TakeOtherInterfaces(Garp, s, diagnostics),
            "vrrp_garp_interval" or "vrrp_gna_interval" => TakeSpacing(s, diagnostics),
            "vrrp_min_garp" when KeepalivedValues.Switch(s, diagnostics)
                => Garp with { Delay = Garp.Delay ?? TimeSpan.Zero, Repeat = Garp.Repeat ?? 1, Refresh = Garp.Refresh ?? TimeSpan.Zero },
            _ => Garp,
        };
    }

    /// <summary>Old samples say 0, which keepalived refuses and goes on without a gap.</summary>
    private KeepalivedGarp TakeSpacing(KeepalivedStatement s, DiagnosticBag diagnostics)
    {
        if (KeepalivedValues.Seconds(s, diagnostics) is not { } spacing)
        {
            return Garp;
        }

        if (spacing > TimeSpan.Zero)
        {
            return Garp with { Spacing = spacing };
        }

        diagnostics.Warning(s.Words[1].At, ConfigurationCodes.Adjusted, $"'{s.Keyword}' cannot be 0 in keepalived, which ignores it, and so does this. Remove it.");
        return Garp;
    }
}
