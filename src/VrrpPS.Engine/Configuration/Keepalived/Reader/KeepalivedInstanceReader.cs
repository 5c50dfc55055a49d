using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>Turns one <c>vrrp_instance</c> into a configuration: first the statements in their order, then what they mean together.</summary>
internal sealed partial class KeepalivedInstanceReader(
    KeepalivedStatement instance,
    KeepalivedGlobals globals,
    KeepalivedTrackers defined,
    KeepalivedSyncGroups groups,
    KeepalivedWalker walker,
    DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, SourcePosition> _positions = [];
    private readonly Dictionary<string, KeepalivedStatement> _last = [];
    private readonly List<VirtualAddress> _addresses = [];
    private readonly List<InetAddress> _peers = [];
    private readonly List<string> _tracked = [];
    private readonly List<TrackerConfiguration> _trackers = [];
    private AddressFamily? _family;
    private string _name = string.Empty;
    private string? _interfaceName;
    private int? _virtualRouterId;
    private int? _priority;
    private bool? _wantsMaster;
    private VrrpVersion? _version;
    private TimeSpan? _interval;
    private bool _preempt = true;
    private TimeSpan _preemptDelay;
    private InetAddress? _source;
    private bool _checksUnicastSource;
    private bool? _ignoresLowerPriority;
    private bool? _advertisesBeforeYielding;
    private bool _accepts = true;
    private int _unicastTimeToLive = 255;
    private InetAddress? _group;
    private bool _namesGroup;
    private int? _downTimerAdverts;
    private bool? _ownerIgnoresAdverts;
    private KeepalivedStatement? _timerExpiredAt;
    private int _timerExpired;
    private bool? _strict;
    private bool? _v3ChecksumAsV2;
    private KeepalivedGarp _garp = new();

    /// <summary>The configuration, or null when something essential is missing, which is reported.</summary>
    public LocatedInstance? Read()
    {
        if (instance.Words.Count < 2)
        {
            diagnostics.Error(instance.At, ConfigurationCodes.MissingValue, "'vrrp_instance' needs a name: write 'vrrp_instance NAME {'.");
            return null;
        }

        _name = instance.Words[1].Text;
        _positions[nameof(InstanceConfiguration.Name)] = instance.Words[1].At;
        RefuseExtra(instance);
        foreach (var statement in walker.Carried(instance.Block!, KeepalivedContext.Instance))
        {
            Remember(statement);
            Take(statement);
        }

        return Complete();
    }

    private void Take(KeepalivedStatement s)
    {
        switch (s.Keyword)
        {
            case "state":
                TakeState(s);
                break;
            case "interface":
                _interfaceName = At(s, nameof(InstanceConfiguration.InterfaceName)).Text;
                break;
            case "virtual_router_id":
                At(s, nameof(InstanceConfiguration.VirtualRouterId));
                _virtualRouterId = KeepalivedValues.Integer(s, diagnostics, range: "a whole number from 1 to 255") ?? _virtualRouterId;
                break;
            case "priority":
                At(s, nameof(InstanceConfiguration.Priority));
                _priority = KeepalivedValues.Integer(s, diagnostics, range: "a whole number from 1 to 255") ?? _priority;
                break;
            case "advert_int":
                At(s, nameof(InstanceConfiguration.AdvertisementInterval));
                _interval = KeepalivedValues.Seconds(s, diagnostics) ?? _interval;
                break;
            case "version" when KeepalivedValues.Integer(s, diagnostics, 2, 3) is { } version:
                At(s, nameof(InstanceConfiguration.Version));
                _version = (VrrpVersion)version;
                break;
            case "nopreempt":
                _preempt = false;
                break;
            case "preempt":
                _preempt = true;
                break;
            case "preempt_delay":
                At(s, nameof(InstanceConfiguration.PreemptDelay));
                _preemptDelay = KeepalivedValues.Seconds(s, diagnostics) ?? _preemptDelay;
                break;
            case "strict_mode":
                _strict = KeepalivedValues.Switch(s, diagnostics);
                break;
            case "v3_checksum_as_v2":
                _v3ChecksumAsV2 = KeepalivedValues.Switch(s, diagnostics);
                break;
            case "skip_check_adv_addr":
                _ = KeepalivedValues.Switch(s, diagnostics);
                break;
            case "lower_prio_no_advert":
                _ignoresLowerPriority = KeepalivedValues.Switch(s, diagnostics);
                break;
            case "higher_prio_send_advert":
                _advertisesBeforeYielding = KeepalivedValues.Switch(s, diagnostics);
                break;
            case "accept" or "no_accept":
                _accepts = s.Keyword == "accept";
                break;
            case "unicast_ttl":
                At(s, nameof(InstanceConfiguration.UnicastTimeToLive));
                _unicastTimeToLive = KeepalivedValues.Integer(s, diagnostics, 1, 255) ?? _unicastTimeToLive;
                break;
            case "use_vmac":
                TakeVirtualMac(s);
                break;
            case "vmac_xmit_base":
                _transmitsFromBase = true;
                break;
            case "authentication":
                TakeAuthentication(s);
                break;
            case "auth_hmac":
                TakeHmac(s);
                break;
            case "down_timer_adverts":
                At(s, nameof(InstanceConfiguration.DownTimerAdverts));
                _downTimerAdverts = KeepalivedValues.Integer(s, diagnostics, 1, 100) ?? _downTimerAdverts;
                break;
            case "owner_ignore_adverts":
                _ownerIgnoresAdverts = KeepalivedValues.Switch(s, diagnostics);
                break;
            case "timer_expired_backup" or "thread_timer_expired":
                TakeTimerExpired(s);
                break;
            case "old_unicast_checksum" when s.Parameter(1)?.Text != "never":
                walker.Loss(s, "the election: peers before keepalived 1.3.6 discard what is sent here.");
                break;
            case var keyword when keyword.StartsWith("notify", StringComparison.Ordinal) || keyword == "smtp_alert":
                TakeNotification(s);
                break;
            default:
                TakeAddressing(s);
                TakeGarp(s);
                break;
        }
    }

    private void TakeState(KeepalivedStatement s)
    {
        var word = s.Words[1];
        switch (word.Text)
        {
            case "MASTER":
                _wantsMaster = true;
                break;
            case "BACKUP" when _wantsMaster == true:
                diagnostics.Warning(word.At, ConfigurationCodes.Duplicate, $"{_name}: 'state MASTER' stands above; keepalived ignores this BACKUP, and so does this.");
                break;
            case "BACKUP":
                _wantsMaster = false;
                break;
            case var other when other.ToUpperInvariant() is "MASTER" or "BACKUP":
                diagnostics.Warning(word.At, ConfigurationCodes.Adjusted, $"{_name}: keepalived knows no state '{other}' in this spelling and takes it for BACKUP, and so does this. Write {other.ToUpperInvariant()} in capitals.");
                _wantsMaster = false;
                break;
            default:
                diagnostics.Error(word.At, ConfigurationCodes.InvalidValue, $"{_name}: there is no state '{word.Text}': write MASTER or BACKUP.{NameSuggestion.Hint(word.Text, ["MASTER", "BACKUP"])}");
                break;
        }
    }

    private void TakeGarp(KeepalivedStatement s)
    {
        _garp = s.Keyword switch
        {
            "garp_master_delay" when KeepalivedValues.Integer(s, diagnostics) is { } seconds => _garp with { Delay = TimeSpan.FromSeconds(seconds) },
            "garp_master_repeat" when KeepalivedValues.Integer(s, diagnostics) is { } count => _garp with { Repeat = Math.Max(1, count) },
            "garp_master_refresh_repeat" when KeepalivedValues.Integer(s, diagnostics) is { } count => _garp with { RefreshRepeat = Math.Max(1, count) },
            "garp_lower_prio_repeat" when KeepalivedValues.Integer(s, diagnostics) is { } count => _garp with { LowerPriorityRepeat = count },
            "garp_lower_prio_delay" when KeepalivedValues.Integer(s, diagnostics) is { } seconds => _garp with { LowerPriorityDelay = TimeSpan.FromSeconds(seconds) },
            "garp_extra_if" or "vmac_garp_intvl" => KeepalivedGarp.TakeOtherInterfaces(_garp, s, diagnostics),
            "garp_master_refresh" when KeepalivedValues.Integer(s, diagnostics) is { } seconds => _garp with { Refresh = TimeSpan.FromSeconds(seconds) },
            _ => _garp,
        };
    }

    /// <summary>Keeps the last statement of a keyword, which is the one that counts, and reports the others.</summary>
    private void Remember(KeepalivedStatement s)
    {
        bool accumulates = s.Block is not null || s.Keyword == "state";
        if (!_last.TryAdd(s.Keyword, s) && !accumulates)
        {
            diagnostics.Warning(s.At, ConfigurationCodes.Duplicate, $"{_name}: '{s.Keyword}' stands above already; the last one counts, as in keepalived.");
        }

        _last[s.Keyword] = s;
        if (s.Block is null && s.Keyword is not ("skip_check_adv_addr" or "garp_extra_if" or "vmac_garp_intvl" or "use_vmac") && !s.Keyword.StartsWith("notify", StringComparison.Ordinal))
        {
            RefuseExtra(s);
        }
    }

    private void RefuseExtra(KeepalivedStatement s)
    {
        if (s.Parameter(2) is { } extra)
        {
            diagnostics.Warning(extra.At, ConfigurationCodes.InvalidValue, $"'{s.Keyword}' takes one value; what follows it is ignored, as in keepalived.");
        }
    }

    /// <summary>Points a property of the model at the statement's value.</summary>
    private KeepalivedWord At(KeepalivedStatement s, string property)
    {
        _positions[property] = s.Words[1].At;
        return s.Words[1];
    }
}
