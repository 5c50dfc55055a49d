namespace VrrpPS;

/// <summary>
/// The names of the kinds of events, without asking the runtime for them: a native program then reads a third of a megabyte of metadata.
/// </summary>
public static class VrrpEventKindNames
{
    /// <summary>The name of a kind.</summary>
    public static string Name(this VrrpEventKind kind) => kind switch
    {
        VrrpEventKind.Transition => nameof(VrrpEventKind.Transition),
        VrrpEventKind.SplitBrain => nameof(VrrpEventKind.SplitBrain),
        VrrpEventKind.NearMiss => nameof(VrrpEventKind.NearMiss),
        VrrpEventKind.LeaseLost => nameof(VrrpEventKind.LeaseLost),
        VrrpEventKind.AddressRestored => nameof(VrrpEventKind.AddressRestored),
        VrrpEventKind.PeerMismatch => nameof(VrrpEventKind.PeerMismatch),
        VrrpEventKind.DuplicateAddress => nameof(VrrpEventKind.DuplicateAddress),
        VrrpEventKind.Waiting => nameof(VrrpEventKind.Waiting),
        VrrpEventKind.Information => nameof(VrrpEventKind.Information),
        VrrpEventKind.KernelRefused => nameof(VrrpEventKind.KernelRefused),
        VrrpEventKind.EngineFailed => nameof(VrrpEventKind.EngineFailed),
        VrrpEventKind.NotificationFailed => nameof(VrrpEventKind.NotificationFailed),
        VrrpEventKind.TrackerChanged => nameof(VrrpEventKind.TrackerChanged),
        VrrpEventKind.RouteRestored => nameof(VrrpEventKind.RouteRestored),
        VrrpEventKind.Connection => nameof(VrrpEventKind.Connection),
        _ => kind.ToString(),
    };
}
