using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Engine.Runtime.Routers;

/// <content>What is heard: judged against the configuration, counted, and only then shown to the election.</content>
internal sealed partial class RouterHost
{
    private readonly MasterCensus _census = new();
    private bool _heardOwnVersion;
    private Instant _masterSince;

    /// <summary>A packet of our VRID that no router could read.</summary>
    public void OnUnreadable(DecodeError error, InetAddress source, Instant now)
    {
        Count(error);
        ReportMismatch(error, source, now);
        ReportDisbelieved(error, source, now);
    }

    /// <summary>Our own source address came from the wire: discarded and never answered (a reflecting switch would make a storm of it).</summary>
    public void OnOwnSource(MacAddress sender, InetAddress source, Instant now)
    {
        Counters.OwnSourceReceived++;
        if (_limiter.Allows((int)DecodeError.SourceOwn, now))
        {
            string what = sender == (_virtualMac is null || Configuration.VirtualMac!.TransmitFromBase ? _frameMac : _virtualMac.Address)
                ? "Our own advertisement came back: a bridge or switch port reflects it."
                : $"{sender} sends advertisements from our own address {source}: the address is used twice.";
            Report(VrrpEventKind.DuplicateAddress, what, isWarning: true);
        }
    }

    /// <summary>
    /// What does not discard an advertisement. Between unicast peers the TTL says nothing: routers in between lower it, and
    /// keepalived sends IPv6 with hop limit 64 unless told otherwise; the sender must be one of the peers instead.
    /// </summary>
    public DecodeErrorSet Tolerated => Configuration.UnicastPeers.Count > 0
        ? DecodeErrorSet.Empty.With(DecodeError.TimeToLive)
        : DecodeErrorSet.Empty;

    /// <summary>An advertisement of our VRID without problems but tolerated ones.</summary>
    public void OnAdvertisement(in AdvertisementReader advertisement, DecodeErrorSet problems, Instant now)
    {
        _loop.Touch(this);
        var source = advertisement.Metadata.Source;
        if (!IsPeer(source))
        {
            Counters.UnknownPeerPackets++;
            return;
        }

        if (!IsNearEnough(source, advertisement.Metadata.TimeToLive))
        {
            Count(DecodeError.TimeToLive);
            ReportMismatch(DecodeError.TimeToLive, source, now);
            return;
        }

        if (problems.Contains(DecodeError.TimeToLive))
        {
            Counters.TimeToLiveErrors++;
            _warnings.Raise((int)DecodeError.TimeToLive, now);
        }

        var differences = _expectation.Compare(advertisement, _advertised);
        var discarding = _expectation.FirstDiscarding(differences);
        foreach (var difference in differences)
        {
            Count(difference);
            if (difference is not DecodeError.FirstAddressNotLinkLocal)
            {
                ReportMismatch(difference, source, now);
                ReportDisbelieved(difference, source, now);
            }
        }

        if (discarding != DecodeError.None)
        {
            if (discarding == DecodeError.VersionMismatch)
            {
                OnVersionMismatch(advertisement.Interval, now);
            }

            return;
        }

        _heardOwnVersion = true;
        if (_versionMismatchUntil != Instant.Never)
        {
            // The other version was the one that a Master for both versions sends beside ours.
            _versionMismatchUntil = Instant.Never;
            UpdateFaults(now);
        }

        Counters.AdvertisementReceived++;
        bool isTranslated = advertisement.Version != Configuration.Version;
        if (isTranslated)
        {
            Counters.Version2Received++;
        }

        if (advertisement.Priority == 0)
        {
            Counters.PriorityZeroReceived++;
            Counters.RestartArrivals();
        }

        var info = new AdvertisementInfo(
            advertisement.Priority, source, advertisement.Interval, SharesAddress(advertisement), advertisement.Version);
        if (Router.IgnoresCopy(info, now))
        {
            // What it says was counted and learned from the advertisement that it copies.
            Run(Input.Received(info), now);
            return;
        }

        CountMasters(source, advertisement, now);
        var style = isTranslated ? ChecksumStyle.Auto : Learn(advertisement, source, now);
        bool wasBackup = Router.State == RouterState.Backup;
        Run(Input.Received(info), now);
        if (wasBackup && Router.State == RouterState.Backup && Router.MasterAddress == source && advertisement.Priority > 0)
        {
            NoteArrival(source, advertisement.Interval, now);
            _checksum.HeardMaster(source, style);
        }
    }

    /// <summary>A foreign MAC address announced an address; perhaps one of ours.</summary>
    public void OnForeignAnnouncement(InetAddress address, MacAddress sender, Instant now)
    {
        int index = Addresses.IndexOf(address);
        if (index < 0 || (Router.State == RouterState.Master && sender == _virtualMac?.Address))
        {
            // Hosts believe the same either way; who else has the MAC address shows in his advertisements, which are answered.
            return;
        }

        Run(Input.AddressAnnounced(index), now);
        if (Router.State != RouterState.Master)
        {
            return;
        }

        // The router corrects the hosts that believe it now. Right after a takeover it is only what the old Master, or a Backup
        // that rose a little earlier, had under way.
        if (now - _masterSince >= Configuration.AdvertisementInterval.Nanoseconds && _limiter.Allows(AnnouncementKey, now))
        {
            Counters.SplitBrains++;
            _warnings.Raise((int)RouterWarning.ForeignAnnouncement, now);
            Report(VrrpEventKind.SplitBrain, $"{sender} announced our address {address} while this node is Master.", isWarning: true);
        }
    }

    // Beyond the decode errors and the findings of the election, which are the limiter's other keys.
    private const int AnnouncementKey = 1000;
    private const int ArrivalKey = 1010;

    private void CountMasters(InetAddress source, in AdvertisementReader advertisement, Instant now)
    {
        var other = _census.Hear(source, advertisement.Priority, advertisement.Interval, now);
        if (!other.IsNone && Router.State == RouterState.Backup)
        {
            _warnings.Raise((int)RouterWarning.TwoMasters, now);
            if (_limiter.Allows((int)RouterWarning.TwoMasters, now))
            {
                Counters.SplitBrains++;
                Report(VrrpEventKind.SplitBrain, $"{source} and {other} both advertise as Master.", isWarning: true);
            }
        }
    }

    /// <summary>Two lost in a row are one short of a takeover that nothing but the loss would have caused.</summary>
    private void NoteArrival(InetAddress source, Interval interval, Instant now)
    {
        long lost = Counters.NoteArrival(source, interval, now);
        if (lost >= ElectionTimers.MissedAdvertisements - 1 && _limiter.Allows(ArrivalKey, now))
        {
            Report(VrrpEventKind.NearMiss, $"{lost} advertisements in a row of the Master {source} were lost; a takeover follows {ElectionTimers.MissedAdvertisements} intervals of {interval} without one.", isWarning: true);
        }
    }

    private bool IsPeer(InetAddress source)
    {
        var peers = Configuration.AllowedPeers.Count > 0 ? Configuration.AllowedPeers : Configuration.UnicastPeers;
        return peers.Count == 0 || peers.AsSpan().Contains(source);
    }

    private bool IsNearEnough(InetAddress source, byte timeToLive)
    {
        foreach (var window in Configuration.PeerTimeToLive.AsSpan())
        {
            if (window.Peer == source)
            {
                return timeToLive >= window.Minimum && timeToLive <= window.Maximum;
            }
        }

        return true;
    }

    private bool SharesAddress(in AdvertisementReader advertisement)
    {
        for (int i = 0; i < advertisement.AddressCount; i++)
        {
            if (_advertised.AsSpan().Contains(advertisement.GetAddress(i)))
            {
                return true;
            }
        }

        return false;
    }

    private ChecksumStyle Learn(in AdvertisementReader advertisement, InetAddress source, Instant now)
    {
        var style = advertisement.ChecksumStyle switch
        {
            ObservedChecksumStyle.PseudoHeader => ChecksumStyle.PseudoHeader,
            ObservedChecksumStyle.Rfc9568 => ChecksumStyle.Rfc9568,
            _ => ChecksumStyle.Auto,
        };
        if (style == ChecksumStyle.PseudoHeader)
        {
            Counters.LegacyChecksumReceived++;
        }

        bool loses = advertisement.Priority < Router.Priority || (advertisement.Priority == Router.Priority && source < Router.PrimaryAddress);
        if (Router.State == RouterState.Master && advertisement.Priority > 0 && loses
            && _checksum.HeardRival(style, Configuration.AdvertisementInterval, now))
        {
            _warnings.Raise((int)RouterWarning.ChecksumStyleConflict, now);
            if (_limiter.Allows((int)DecodeError.Checksum, now))
            {
                Report(VrrpEventKind.SplitBrain, $"ChecksumStyleConflict: {source} does not yield and uses the checksum style {style}; sending both styles for ten intervals.", isWarning: true);
            }
        }

        return style;
    }

    private void OnVersionMismatch(Interval interval, Instant now)
    {
        if (_heardOwnVersion || Router.State is not (RouterState.Backup or RouterState.Fault))
        {
            return;
        }

        // While starting, another version on our VRID means two masters the moment we take over: stay out and say so.
        _versionMismatchUntil = now + ElectionTimers.Silence(interval, Configuration.DownTimerAdverts) + Instant.NanosecondsPerSecond;
        UpdateFaults(now);
    }

    private void ReportMismatch(DecodeError error, InetAddress source, Instant now)
    {
        _warnings.Raise((int)error, now);
        if (_limiter.Allows((int)error, now))
        {
            Report(VrrpEventKind.PeerMismatch, $"{error}: {source} on {Configuration.InterfaceName}: {error.Describe()}.", isWarning: true);
        }
    }

    private void Count(DecodeError error)
    {
        switch (error)
        {
            case DecodeError.Type:
                Counters.InvalidTypePackets++;
                break;
            case DecodeError.AuthenticationHeaderDigest or DecodeError.AuthenticationHeaderSpi:
                Counters.AuthenticationErrors++;
                break;
            case DecodeError.AuthenticationHeaderReplay:
                Counters.AuthenticationReplays++;
                break;
            case >= DecodeError.HmacMissing and <= DecodeError.HmacUnexpected:
                CountHmac(error);
                break;
            case DecodeError.Length or DecodeError.AddressCountZero or DecodeError.TrailingData:
                Counters.PacketLengthErrors++;
                break;
            case DecodeError.Checksum:
                Counters.ChecksumErrors++;
                break;
            case DecodeError.Version or DecodeError.VersionForFamily or DecodeError.VersionMismatch:
                Counters.VersionErrors++;
                break;
            case DecodeError.TimeToLive:
                Counters.TimeToLiveErrors++;
                break;
            case DecodeError.IntervalZero or DecodeError.IntervalMismatch:
                Counters.IntervalErrors++;
                break;
            case DecodeError.AddressListMismatch:
                Counters.AddressListErrors++;
                break;
            case DecodeError.AuthenticationTypeMismatch or DecodeError.AuthenticationDataMismatch or DecodeError.AuthenticationTypeUnknown:
                Counters.AuthenticationErrors++;
                break;
            case DecodeError.FirstAddressNotLinkLocal:
                Counters.FirstAddressNotLinkLocal++;
                break;
        }
    }
}
