using System.Globalization;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Runtime.Addresses;
using VrrpPS.Engine.Runtime.Routers;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Runtime;

/// <summary>Turns a router's snapshot into what users see.</summary>
internal static class StateView
{
    public static VrrpState Of(RouterHost router, VrrpHost host, DateTimeOffset time)
    {
        var snapshot = router.Snapshot;
        var configuration = snapshot.Configuration;
        return new VrrpState
        {
            Name = configuration.Name,
            InterfaceName = configuration.InterfaceName,
            VirtualRouterId = configuration.VirtualRouterId,
            AddressFamily = configuration.AddressFamily,
            Version = (int)configuration.Version,
            State = snapshot.State,
            Held = snapshot.Held,
            Priority = snapshot.Priority,
            BasePriority = configuration.Priority,
            MasterAddress = snapshot.MasterAddress,
            MasterPriority = snapshot.MasterPriority,
            VirtualIPAddress = Addresses(router, snapshot),
            LastEvent = snapshot.LastEvent,
            NewMasterReason = snapshot.NewMasterReason,
            FaultReason = FaultText.List(snapshot.Faults, configuration.InterfaceName),
            StatusMessage = snapshot.LastTransition?.Reason ?? "Starting.",
            Warning = Warnings(snapshot),
            LastTransition = snapshot.LastTransition?.Time,
            TransitionCount = snapshot.TransitionCount,
            MasterDownInterval = Span(snapshot.MasterDownInterval),
            SkewTime = Span(snapshot.SkewTime),
            LeaseOverlap = snapshot.LeaseOverlap is { } overlap and > 0 ? Span(overlap) : null,
            Tracker = [.. configuration.TrackInterfaces.Union(AddressInterfaces(configuration)).Select(name => new VrrpTrackerState
            {
                Name = name,
                Kind = "Interface",
                Status = router.TrackedInterfaceStatus(name),
            })],
            Host = host,
            NetworkNamespace = configuration.NetworkNamespace,
            CapturedAt = time,
        };
    }

    private static VrrpList<string> Warnings(RouterSnapshot snapshot)
    {
        var texts = snapshot.Warnings.Texts(MonotonicClock.Now).ToList();
        if (snapshot.LeaseOverlap is { } overlap and > 0)
        {
            string seconds = Span(overlap).TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
            texts.Add($"LeaseOverlap: at this interval a frozen Master may keep its addresses up to {seconds} s after a takeover");
        }

        return texts.ToVrrpList();
    }

    /// <summary>The other interfaces that carry addresses, which are tracked for that.</summary>
    private static IEnumerable<string> AddressInterfaces(Configuration.InstanceConfiguration configuration) => configuration.VirtualAddresses
        .Where(address => !address.NoTrack && address.InterfaceName is not null && address.InterfaceName != configuration.InterfaceName)
        .Select(static address => address.InterfaceName!);

    private static VrrpList<VrrpAddressState> Addresses(RouterHost router, RouterSnapshot snapshot)
    {
        var leaseEnds = router.LeaseEnds;
        return snapshot.Configuration.VirtualAddresses.Select((address, index) =>
        {
            bool bound = snapshot.Holdings[index] != AddressHolding.Unbound;
            return new VrrpAddressState
            {
                IPAddress = address.Address.ToString(),
                PrefixLength = address.PrefixLength,
                InterfaceName = address.InterfaceName ?? snapshot.Configuration.InterfaceName,
                Label = address.Label,
                Advertised = address.Advertised,
                Bound = bound,
                ValidLifetime = snapshot.Holdings[index] == AddressHolding.Ours && leaseEnds != Instant.Never
                    ? Span(Math.Max(0, leaseEnds - MonotonicClock.Now))
                    : null,
            };
        }).ToVrrpList();
    }

    private static TimeSpan Span(long nanoseconds) => TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
}
