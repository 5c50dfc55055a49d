using System.Globalization;
using VrrpPS.Engine.Health;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Runtime.Addresses;
using VrrpPS.Engine.Runtime.Routers;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Runtime;

/// <summary>Turns a router's snapshot into what users see.</summary>
internal static class StateView
{
    public static VrrpState Of(RouterHost router, VrrpHost host, DateTimeOffset time, IReadOnlyList<VrrpTransition> latest)
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
            Version2Compatibility = configuration.Version2Compatibility,
            State = snapshot.State,
            Held = snapshot.Held,
            Priority = snapshot.Priority,
            BasePriority = configuration.Priority,
            MasterAddress = snapshot.MasterAddress,
            MasterPriority = snapshot.MasterPriority,
            VirtualIPAddress = Addresses(router, snapshot),
            VirtualMacAddress = configuration.VirtualMac?.AddressFor(configuration).ToString(),
            LastEvent = snapshot.LastEvent,
            NewMasterReason = snapshot.NewMasterReason,
            FaultReason = FaultText.List(snapshot.Faults, configuration.InterfaceName, snapshot.TrackerFaults, snapshot.GroupFault),
            SyncGroup = configuration.SyncGroup,
            StatusMessage = Status(snapshot),
            ReasonChain = Runtime.ReasonChain.Of(latest).ToVrrpList(),
            Warning = Warnings(snapshot),
            LastTransition = snapshot.LastTransition?.Time,
            TransitionCount = snapshot.TransitionCount,
            MasterDownInterval = Span(snapshot.MasterDownInterval),
            SkewTime = Span(snapshot.SkewTime),
            PreemptDelay = Span(snapshot.PreemptDelay),
            LeaseOverlap = snapshot.LeaseOverlap is { } overlap and > 0 ? Span(overlap) : null,
            Tracker = Trackers(router),
            Host = host,
            NetworkNamespace = configuration.NetworkNamespace,
            CapturedAt = time,
        };
    }

    /// <summary>Why the router is in its state; of a Backup that has heard a Master since, whom it follows.</summary>
    private static string Status(RouterSnapshot snapshot)
    {
        var last = snapshot.LastTransition;
        return snapshot is { State: RouterState.Backup, MasterAddress: { } master, MasterPriority: { } priority } && master != last?.Peer
            ? string.Create(CultureInfo.InvariantCulture, $"{master} (priority {priority}) is Master.")
            : last?.Reason ?? "Starting.";
    }

    private static VrrpList<string> Warnings(RouterSnapshot snapshot)
    {
        var texts = snapshot.Warnings.Texts(MonotonicClock.Now).ToList();
        if (snapshot.LeaseOverlap is { } overlap and > 0)
        {
            string seconds = Span(overlap).TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
            texts.Add($"LeaseOverlap: at this interval a frozen Master may keep its addresses up to {seconds} s after a takeover");
        }

        if (snapshot.GuardProblem is { } problem)
        {
            texts.Add($"NoGuard: {problem}; if this process is killed as Master, its addresses stay until {(snapshot.LeaseOverlap is null ? "somebody removes them" : "their lease ends")}");
        }

        return texts.ToVrrpList();
    }

    private static VrrpList<VrrpTrackerState> Trackers(RouterHost router) => router.Trackers.Slots.Select(static slot =>
    {
        var sight = slot.Sight;
        return new VrrpTrackerState
        {
            Name = slot.Tracker.Name,
            Kind = slot.Tracker.Kind,
            Target = slot.Tracker.Target,
            Status = sight.Status,
            Weight = slot.Tracker.Weight,
            Effect = TrackerText.Effect(slot.Effect),
            Output = sight.Output,
            LastChange = sight.LastChange,
            LastDuration = sight.LastDuration,
            Method = sight.Method,
        };
    }).ToVrrpList();

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
                InterfaceName = address.InterfaceName ?? snapshot.Configuration.VirtualMac?.NameFor(snapshot.Configuration) ?? snapshot.Configuration.InterfaceName,
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
