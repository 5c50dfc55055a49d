using VrrpPS.Engine.Errors;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration.Keepalived;

internal sealed partial class KeepalivedInstanceReader
{
    private bool IsStrict => _strict ?? globals.IsStrict;

    private LocatedInstance? Complete()
    {
        if (_last.TryGetValue("strict_mode", out var strict) && _strict == true)
        {
            KeepalivedGlobals.ReportStrict(strict, diagnostics);
        }

        string? interfaceName = _interfaceName ?? globals.DefaultInterface;
        if (interfaceName is null)
        {
            diagnostics.Error(instance.At, ConfigurationCodes.MissingValue, $"{_name}: 'interface' is missing. Name the interface that carries the advertisements.");
        }

        if (_virtualRouterId is null && !_last.ContainsKey("virtual_router_id"))
        {
            diagnostics.Error(instance.At, ConfigurationCodes.MissingValue, $"{_name}: 'virtual_router_id' is missing. Write 1 to 255, the same on every node.");
        }

        var family = _family ?? AddressFamily.IPv4;
        var version = Version(family);
        int priority = Priority();
        Preemption(priority);
        bool ownerIgnores = OwnerIgnoresAdverts(priority);
        TimerExpired();
        var hmac = Hmac();
        var password = Password(version);
        var interval = Interval(version);
        var announcement = Announcement();
        CheckUnicast();
        CheckFirstIPv6Address(family);
        if (interfaceName is null || _virtualRouterId is not { } virtualRouterId)
        {
            return null;
        }

        if (globals.StartupDelayAt is { } startupAt)
        {
            _positions[nameof(InstanceConfiguration.StartupDelay)] = startupAt;
        }

        if (globals.DelayAfterBootAt is { } bootAt)
        {
            _positions[nameof(InstanceConfiguration.DelayAfterBoot)] = bootAt;
        }

        var configuration = new InstanceConfiguration
        {
            Name = _name,
            InterfaceName = interfaceName,
            VirtualRouterId = virtualRouterId,
            AddressFamily = family,
            VirtualAddresses = _addresses.Select(a => a.InterfaceName == interfaceName ? a with { InterfaceName = null } : a).ToVrrpList(),
            VirtualRoutes = _routes.ToVrrpList(),
            VirtualRules = _rules.ToVrrpList(),
            Version = version,
            Priority = priority,
            AdvertisementInterval = interval,
            DownTimerAdverts = DownTimerAdverts(),
            OwnerIgnoreAdverts = ownerIgnores,
            TimerExpiredBackup = _timerExpired,
            Preempt = _preempt,
            PreemptDelay = _preemptDelay,
            StartupDelay = globals.StartupDelay,
            DelayAfterBoot = globals.DelayAfterBoot,
            RequireUnicastPeer = _last.ContainsKey("unicast_fault_no_peer"),
            UnicastPeers = _peers.ToVrrpList(),
            AllowedPeers = _checksUnicastSource || globals.ChecksUnicastSource ? _peers.ToVrrpList() : [],
            UnicastTimeToLive = _unicastTimeToLive,
            PeerTimeToLive = _windows.ToVrrpList(),
            MulticastGroup = _namesGroup ? _group : family == AddressFamily.IPv4 ? globals.GroupV4 : globals.GroupV6,
            VirtualMac = VirtualMac(family, virtualRouterId),
            AnswerLowerPriority = !(_ignoresLowerPriority ?? globals.IgnoresLowerPriority),
            AdvertiseBeforeYielding = _advertisesBeforeYielding ?? globals.AdvertisesBeforeYielding,
            AcceptMode = _accepts,
            SourceAddress = _source,
            Hmac = hmac,
            AuthenticationPass = password,
            AuthenticationType = password is not null && _authType!.Words[1].Text == "AH" ? AuthenticationMethod.AH : AuthenticationMethod.Pass,
            ChecksumStyle = _v3ChecksumAsV2 ?? globals.V3ChecksumAsV2 ? ChecksumStyle.Rfc9568 : ChecksumStyle.Auto,
            NetworkNamespace = globals.NetworkNamespace,
            TrackInterfaces = _tracked.ToVrrpList(),
            Trackers = _trackers.ToVrrpList(),
            Announcement = announcement,
            Notification = Notification(),
        };
        ReportDeviations(configuration);
        return new LocatedInstance(configuration, instance.At) { Properties = _positions };
    }

    /// <summary>Strict mode asked for the RFC: what is not as it says, after everything that keepalived would have changed.</summary>
    private void ReportDeviations(InstanceConfiguration configuration)
    {
        foreach (var finding in IsStrict ? StrictReport.Of(configuration) : [])
        {
            diagnostics.Information(
                _positions.GetValueOrDefault(finding.PropertyName, instance.At), finding.Code, $"{_name}: {finding.Message} ({finding.Section})");
        }
    }

    private VrrpVersion Version(AddressFamily family)
    {
        if (family == AddressFamily.IPv4)
        {
            return _version ?? globals.Version;
        }

        if (_version == VrrpVersion.V2)
        {
            diagnostics.Warning(_last["version"].At, ConfigurationCodes.Adjusted, $"{_name}: IPv6 has no VRRP version 2; version 3 is used.");
        }

        return VrrpVersion.V3;
    }

    private int Priority()
    {
        if (_priority is { } priority)
        {
            return priority;
        }

        if (_wantsMaster != true || _last.ContainsKey("priority"))
        {
            return 100;
        }

        diagnostics.Warning(_last["state"].At, ConfigurationCodes.Adjusted,
            $"{_name}: 'state MASTER' without 'priority' means priority 255 in keepalived, the owner of the addresses. Write the priority you mean.");
        return 255;
    }

    /// <summary>keepalived 2.2.7: MASTER as initial state clears nopreempt and preempt_delay; nopreempt clears the delay.</summary>
    private void Preemption(int priority)
    {
        bool isOwner = priority == 255;
        bool startsAsMaster = _wantsMaster ?? isOwner;
        if (IsStrict)
        {
            startsAsMaster = isOwner;
        }

        if (!_preempt && (isOwner || startsAsMaster))
        {
            string reason = isOwner ? "priority 255 always preempts" : "'state MASTER' clears it in keepalived";
            Adjusted("nopreempt", $"{reason}, so this node does preempt. Write 'state BACKUP' and a priority below 255 on every node for a node that does not.");
            _preempt = true;
        }

        if (_preemptDelay > TimeSpan.Zero && startsAsMaster)
        {
            Adjusted("preempt_delay", "'state MASTER' clears it in keepalived, so this node preempts without delay. Write 'state BACKUP' to keep the delay.");
            _preemptDelay = TimeSpan.Zero;
        }

        if (_preemptDelay > TimeSpan.Zero && IsStrict)
        {
            Adjusted("preempt_delay", "strict mode clears it in keepalived, so this node preempts without delay.");
            _preemptDelay = TimeSpan.Zero;
        }

        if (_preemptDelay > TimeSpan.Zero && !_preempt)
        {
            Adjusted("preempt_delay", "with 'nopreempt' there is nothing to delay, and keepalived clears it.");
            _preemptDelay = TimeSpan.Zero;
        }
    }

    private Interval Interval(VrrpVersion version)
    {
        if (_interval is not { } wanted)
        {
            return Protocol.Interval.OneSecond;
        }

        if (wanted < TimeSpan.FromMilliseconds(10) || wanted > TimeSpan.FromSeconds(255))
        {
            var error = VrrpErrors.InvalidInterval(DurationText.Format(wanted), version);
            diagnostics.Error(_last["advert_int"].Words[1].At, error.ErrorId, $"{_name}: {error.Message}");
            return Protocol.Interval.OneSecond;
        }

        var (unit, most) = version == VrrpVersion.V2
            ? (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(255))
            : (TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(40.95));
        var used = new TimeSpan((wanted.Ticks + (unit.Ticks / 2)) / unit.Ticks * unit.Ticks);
        used = used < unit ? unit : used > most ? most : used;
        if (used != wanted)
        {
            Adjusted("advert_int", $"VRRP version {(int)version} cannot carry {DurationText.Format(wanted)}; {DurationText.Format(used)} is used, as in keepalived. Write that on every node{(version == VrrpVersion.V2 && wanted < unit ? ", or use version 3 everywhere" : string.Empty)}.");
        }

        return new Interval((int)(used.Ticks / (TimeSpan.TicksPerSecond / 100)));
    }

    private AnnouncementOptions Announcement()
    {
        // What an instance says of its own announcements says nothing of those after a lower priority; what global_defs says does.
        var merged = new KeepalivedGarp
        {
            Delay = _garp.Delay ?? globals.Garp.Delay,
            Repeat = _garp.Repeat ?? globals.Garp.Repeat,
            Refresh = _garp.Refresh ?? globals.Garp.Refresh,
            RefreshRepeat = _garp.RefreshRepeat ?? globals.Garp.RefreshRepeat,
            LowerPriorityRepeat = IsStrict ? 0 : _garp.LowerPriorityRepeat ?? globals.Garp.LowerPriorityRepeat ?? globals.Garp.Repeat,
            LowerPriorityDelay = IsStrict ? TimeSpan.Zero : _garp.LowerPriorityDelay ?? globals.Garp.LowerPriorityDelay ?? globals.Garp.Delay,
            OtherInterfaces = _garp.OtherInterfaces ?? globals.Garp.OtherInterfaces,
            Spacing = globals.Garp.Spacing,
        };
        bool usesOthers = _addresses.Exists(a => a.InterfaceName is { } name && name != (_interfaceName ?? globals.DefaultInterface));
        return merged.ToOptions(usesOthers, diagnostics, instance.At);
    }

    private void CheckUnicast()
    {
        if (_peers.Count > 0 && IsStrict)
        {
            diagnostics.Error(_last["unicast_peer"].At, ConfigurationCodes.InvalidValue, $"{_name}: strict mode refuses unicast peers, and keepalived does not run this instance. Remove one of them.");
        }

        if (_peers.Count == 0 && _last.TryGetValue("unicast_fault_no_peer", out var fault))
        {
            diagnostics.Warning(fault.At, ConfigurationCodes.Advice, $"{_name}: without 'unicast_peer' this instance stays in fault, as in keepalived. Name the other nodes.");
        }
        else if (_peers.Count == 0 && _last.TryGetValue("unicast_src_ip", out var source))
        {
            diagnostics.Warning(source.At, ConfigurationCodes.Advice, $"{_name}: without 'unicast_peer' advertisements are multicast, as in keepalived. Write 'mcast_src_ip' if that is meant.");
        }
    }

    private void CheckFirstIPv6Address(AddressFamily family)
    {
        if (family == AddressFamily.IPv6 && _peers.Count == 0 && _addresses.FirstOrDefault(a => a.Advertised) is { Address.IsLinkLocal: false } first)
        {
            diagnostics.Warning(_positions[nameof(InstanceConfiguration.VirtualAddresses)], ConfigurationCodes.Advice,
                $"{_name}: the first IPv6 address should be link-local (RFC 9568 section 5.2.9), and is {first.Address}. Put an fe80:: address first if hosts use this router as their gateway.");
        }
    }

    private void Adjusted(string keyword, string message)
        => diagnostics.Warning(_last[keyword].At, ConfigurationCodes.Adjusted, $"{_name}: '{keyword}' is not used as written: {message}");
}
