namespace VrrpPS.Protocol.Election;

/// <summary>
/// The names of states and events as text. Enum.ToString() says the same, but reads the program's description of itself for it: a third of a
/// megabyte of a native program, and at its first takeover of all times.
/// </summary>
public static class ElectionNames
{
    /// <summary>The name of a state.</summary>
    public static string Name(this RouterState state) => state switch
    {
        RouterState.Initialize => nameof(RouterState.Initialize),
        RouterState.Backup => nameof(RouterState.Backup),
        RouterState.Master => nameof(RouterState.Master),
        RouterState.Leaving => nameof(RouterState.Leaving),
        RouterState.Fault => nameof(RouterState.Fault),
        RouterState.Suspended => nameof(RouterState.Suspended),
        _ => state.ToString(),
    };

    /// <summary>The name of an event.</summary>
    public static string Name(this LastEvent lastEvent) => lastEvent switch
    {
        LastEvent.None => nameof(LastEvent.None),
        LastEvent.Startup => nameof(LastEvent.Startup),
        LastEvent.Shutdown => nameof(LastEvent.Shutdown),
        LastEvent.HigherPriorityBackup => nameof(LastEvent.HigherPriorityBackup),
        LastEvent.MasterTimeout => nameof(LastEvent.MasterTimeout),
        LastEvent.InterfaceUp => nameof(LastEvent.InterfaceUp),
        LastEvent.InterfaceDown => nameof(LastEvent.InterfaceDown),
        LastEvent.NoPrimaryIPAddress => nameof(LastEvent.NoPrimaryIPAddress),
        LastEvent.PrimaryIPAddress => nameof(LastEvent.PrimaryIPAddress),
        LastEvent.NoVirtualIPAddresses => nameof(LastEvent.NoVirtualIPAddresses),
        LastEvent.VirtualIPAddresses => nameof(LastEvent.VirtualIPAddresses),
        LastEvent.PreemptHoldTimeout => nameof(LastEvent.PreemptHoldTimeout),
        LastEvent.LowerPriorityMaster => nameof(LastEvent.LowerPriorityMaster),
        LastEvent.OwnerPreempt => nameof(LastEvent.OwnerPreempt),
        LastEvent.MasterResigned => nameof(LastEvent.MasterResigned),
        LastEvent.Suspended => nameof(LastEvent.Suspended),
        LastEvent.Resumed => nameof(LastEvent.Resumed),
        LastEvent.HandOver => nameof(LastEvent.HandOver),
        LastEvent.NoSuccessor => nameof(LastEvent.NoSuccessor),
        LastEvent.LeaseLost => nameof(LastEvent.LeaseLost),
        LastEvent.BindFailed => nameof(LastEvent.BindFailed),
        LastEvent.SendFailed => nameof(LastEvent.SendFailed),
        LastEvent.TrackerFault => nameof(LastEvent.TrackerFault),
        LastEvent.FaultCleared => nameof(LastEvent.FaultCleared),
        LastEvent.TimerExpired => nameof(LastEvent.TimerExpired),
        LastEvent.SyncGroup => nameof(LastEvent.SyncGroup),
        LastEvent.NamespaceRemoved => nameof(LastEvent.NamespaceRemoved),
        _ => lastEvent.ToString(),
    };
}
