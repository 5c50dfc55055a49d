using VrrpPS.Engine.Health;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Runtime;

/// <summary>Names faults in words.</summary>
internal static class FaultText
{
    /// <summary>All present faults, joined with <c>; </c>.</summary>
    public static string Describe(FaultReasons faults, string interfaceName, TrackerFaults trackers, string? group = null)
        => string.Join("; ", List(faults, interfaceName, trackers, group));

    /// <summary>All present faults as a sentence.</summary>
    public static string Sentence(FaultReasons faults, string interfaceName, TrackerFaults trackers, string? group = null)
    {
        string text = Describe(faults, interfaceName, trackers, group);
        return text.Length == 0 ? "The fault is gone already." : $"{char.ToUpperInvariant(text[0])}{text.AsSpan(1)}.";
    }

    /// <summary>One text per present fault, and one per tracker that is one.</summary>
    public static VrrpList<string> List(FaultReasons faults, string interfaceName, TrackerFaults trackers, string? group = null)
    {
        if (faults == FaultReasons.None)
        {
            return [];
        }

        return Enum.GetValues<FaultReasons>()
            .Where(reason => reason != FaultReasons.None && faults.HasFlag(reason))
            .SelectMany(reason => Texts(reason, interfaceName, trackers, group))
            .ToVrrpList();
    }

    private static VrrpList<string> Texts(FaultReasons reason, string interfaceName, TrackerFaults trackers, string? group) => reason switch
    {
        FaultReasons.SyncGroup when group is not null => [group],
        FaultReasons.TrackedInterfaceDown when trackers.Interfaces.Count > 0 => trackers.Interfaces,
        FaultReasons.Tracker when trackers.Checks.Count > 0 => trackers.Checks,
        FaultReasons.TrackerPending when trackers.Pending.Count > 0 => trackers.Pending,
        _ => [Text(reason, interfaceName)],
    };

    private static string Text(FaultReasons reason, string interfaceName) => reason switch
    {
        FaultReasons.InterfaceMissing => $"waiting for interface {interfaceName} to appear",
        FaultReasons.InterfaceDown => $"interface {interfaceName} is down or has no carrier",
        FaultReasons.NoPrimaryIPAddress => $"waiting for an address to send from on {interfaceName}",
        FaultReasons.BindFailed => "the kernel refused a virtual address",
        FaultReasons.SendFailed => "the kernel refused to send advertisements",
        FaultReasons.TrackedInterfaceDown => "a tracked interface is down",
        FaultReasons.Tracker => "a health check failed",
        FaultReasons.SyncGroup => "another member of the sync group cannot take part",
        FaultReasons.TrackerPending => "waiting for the first result of a health check",
        FaultReasons.VersionMismatch => "another VRRP version speaks for this virtual router",
        FaultReasons.NotOwner => $"priority 255 claims the addresses, but {interfaceName} does not have them",
        FaultReasons.SpeakerTaken => $"another speaker on this host holds the virtual router on {interfaceName}",
        FaultReasons.CannotSpeak => $"no advertisement can be made or sent on {interfaceName}",
        FaultReasons.NoUnicastPeer => "unicast peers are required, and there is none",
        FaultReasons.CannotRefuse => "the kernel cannot be told to refuse what is sent to the addresses (accept mode is off)",
        FaultReasons.NamespaceRemoved => "its network namespace was removed",
        _ => reason.ToString(),
    };
}
