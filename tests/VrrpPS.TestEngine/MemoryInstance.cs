using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Engine.Runtime;
using VrrpPS.Protocol.Election;

namespace VrrpPS.TestEngine;

/// <summary>One instance of the <see cref="MemoryEngine"/>.</summary>
internal sealed class MemoryInstance(InstanceConfiguration configuration)
{
    private DateTimeOffset _changed = TimeProvider.System.GetLocalNow();
    private DateTimeOffset _cleared = TimeProvider.System.GetLocalNow();
    private LastEvent _cause;
    private string _reason = string.Empty;
    private long _transitions;
    private long _sent = 42;

    internal InstanceConfiguration Configuration { get; set; } = configuration;

    internal int? EffectivePriority { get; set; }

    internal RouterState State { get; private set; } = RouterState.Initialize;

    internal InstanceKey Key => new(Configuration.Name, Configuration.NetworkNamespace);

    internal void Clear() => (_sent, _cleared) = (0, TimeProvider.System.GetLocalNow());

    internal VrrpTransition Move(RouterState state, LastEvent cause, string reason)
    {
        var transition = new VrrpTransition
        {
            Time = TimeProvider.System.GetLocalNow(),
            Name = Configuration.Name,
            FromState = State,
            ToState = state,
            Event = cause,
            Reason = reason,
            Priority = EffectivePriority ?? Configuration.Priority,
            Peer = state == RouterState.Backup ? "192.0.2.201" : null,
            MasterAddress = MasterIn(state),
            AddressFamily = Configuration.AddressFamily,
            NetworkNamespace = Configuration.NetworkNamespace,
        };
        (State, _cause, _reason, _changed) = (state, cause, reason, transition.Time);
        _transitions++;
        return transition;
    }

    internal VrrpState ToState() => new()
    {
        Name = Configuration.Name,
        InterfaceName = Configuration.InterfaceName,
        VirtualRouterId = Configuration.VirtualRouterId,
        AddressFamily = Configuration.AddressFamily,
        SyncGroup = Configuration.SyncGroup,
        Version = (int)Configuration.Version,
        Version2Compatibility = Configuration.Version2Compatibility,
        State = State,
        Priority = EffectivePriority ?? Configuration.Priority,
        BasePriority = Configuration.Priority,
        MasterAddress = MasterIn(State),
        MasterPriority = 200,
        VirtualIPAddress = Configuration.VirtualAddresses.Select(address => new VrrpAddressState
        {
            IPAddress = address.Address.ToString(),
            PrefixLength = address.PrefixLength,
            InterfaceName = address.InterfaceName ?? Configuration.InterfaceName,
            Label = address.Label,
            Advertised = address.Advertised,
            Bound = State is RouterState.Master or RouterState.Leaving,
            ValidLifetime = State == RouterState.Master ? TimeSpan.FromSeconds(2) : null,
        }).ToVrrpList(),
        LastEvent = _cause,
        NewMasterReason = State == RouterState.Master ? NewMasterReason.NoResponse : NewMasterReason.NotMaster,
        FaultReason = State == RouterState.Fault ? [_reason] : [],
        StatusMessage = _reason,
        LastTransition = _changed,
        TransitionCount = _transitions,
        MasterDownInterval = TimeSpan.FromSeconds(3.6),
        SkewTime = TimeSpan.FromSeconds(0.6),
        Tracker = Configuration.TrackInterfaces.Select(static name => (TrackerConfiguration)new InterfaceTracker { Name = name, InterfaceName = name })
            .Concat(Configuration.Trackers)
            .Select(static tracker => new VrrpTrackerState { Name = tracker.Name, Kind = tracker.Kind, Target = tracker.Target, Status = TrackerStatus.Up, Weight = tracker.Weight, Effect = "none" })
            .ToVrrpList(),
        NetworkNamespace = Configuration.NetworkNamespace,
        CapturedAt = TimeProvider.System.GetLocalNow(),
    };

    internal VrrpCounter ToCounter() => new()
    {
        Name = Configuration.Name,
        InterfaceName = Configuration.InterfaceName,
        VirtualRouterId = Configuration.VirtualRouterId,
        AddressFamily = Configuration.AddressFamily,
        DiscontinuityTime = _cleared,
        AdvertisementSent = _sent,
        MaxLateness = TimeSpan.FromMilliseconds(1.5),
        NetworkNamespace = Configuration.NetworkNamespace,
    };

    private static string MasterIn(RouterState state) => state == RouterState.Master ? "192.0.2.203" : "192.0.2.201";
}
