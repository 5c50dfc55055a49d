using VrrpPS.Engine.Runtime.Routers;

namespace VrrpPS.Engine.Runtime;

/// <summary>Turns a router's counters into what users see.</summary>
internal static class CounterView
{
    public static VrrpCounter Of(RouterHost router, VrrpHost host)
    {
        var snapshot = router.Snapshot;
        var configuration = snapshot.Configuration;
        var counters = snapshot.Counters;
        var (headerErrors, foreignRouters) = router.PortErrors;
        return new VrrpCounter
        {
            Name = configuration.Name,
            InterfaceName = configuration.InterfaceName,
            VirtualRouterId = configuration.VirtualRouterId,
            AddressFamily = configuration.AddressFamily,
            DiscontinuityTime = snapshot.CountingSince,
            MasterTransitions = counters.MasterTransitions,
            AdvertisementReceived = counters.AdvertisementReceived,
            AdvertisementSent = counters.AdvertisementSent,
            Version2Received = counters.Version2Received,
            Version2Sent = counters.Version2Sent,
            IntervalErrors = counters.IntervalErrors,
            PriorityZeroReceived = counters.PriorityZeroReceived,
            PriorityZeroSent = counters.PriorityZeroSent,
            InvalidTypePackets = counters.InvalidTypePackets,
            AddressListErrors = counters.AddressListErrors,
            PacketLengthErrors = counters.PacketLengthErrors,
            ChecksumErrors = counters.ChecksumErrors,
            VersionErrors = counters.VersionErrors,
            VirtualRouterIdErrors = foreignRouters,
            TimeToLiveErrors = counters.TimeToLiveErrors,
            AuthenticationErrors = counters.AuthenticationErrors,
            AuthenticationReplays = counters.AuthenticationReplays,
            HmacMissing = counters.HmacMissing,
            HmacMalformed = counters.HmacMalformed,
            HmacUnknownKey = counters.HmacUnknownKey,
            HmacInvalid = counters.HmacInvalid,
            HmacStale = counters.HmacStale,
            HmacReplay = counters.HmacReplay,
            HmacUnexpected = counters.HmacUnexpected,
            IPHeaderErrors = headerErrors,
            UnknownPeerPackets = counters.UnknownPeerPackets,
            OwnSourceReceived = counters.OwnSourceReceived,
            LegacyChecksumReceived = counters.LegacyChecksumReceived,
            FirstAddressNotLinkLocal = counters.FirstAddressNotLinkLocal,
            AdvertisementsLost = counters.AdvertisementsLost,
            AnnouncementsSent = counters.AnnouncementsSent,
            SendErrors = counters.SendErrors,
            AddressesRestored = counters.AddressesRestored,
            LeasesLost = counters.LeasesLost,
            SplitBrains = counters.SplitBrains,
            LateWakeups = counters.LateWakeups,
            MaxLateness = Span(counters.MaxLateness),
            Jitter = Span(counters.Jitter),
            NetworkNamespace = configuration.NetworkNamespace,
            Host = host,
        };
    }

    private static TimeSpan Span(long nanoseconds) => TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
}
