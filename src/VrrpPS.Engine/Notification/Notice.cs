using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Notification;

/// <summary>One thing that happened to an instance or a group, as everybody who is told of it gets it.</summary>
public sealed record Notice
{
    /// <summary>To whom it happened.</summary>
    public required NoticeSubject Subject { get; init; }

    /// <summary>What happened.</summary>
    public required NotificationOccasion Occasion { get; init; }

    /// <summary>1 for the first notice of a subject in this process, then 2, 3, ...: a gap was no occasion of the one who is told, or was lost.</summary>
    public long Sequence { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The state before.</summary>
    public required RouterState FromState { get; init; }

    /// <summary>The state after; the same when it did not change.</summary>
    public required RouterState ToState { get; init; }

    /// <summary>The name of what caused it (RFC 8347 <c>last-event</c>).</summary>
    public required string Event { get; init; }

    /// <summary>The cause in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The node's priority in force; 0 for a group.</summary>
    public required int Priority { get; init; }

    /// <summary>The Master's address afterwards; null when unknown.</summary>
    public string? Master { get; init; }

    /// <summary>The interface; null for a group.</summary>
    public string? InterfaceName { get; init; }

    /// <summary>The virtual router identifier; 0 for a group.</summary>
    public int VirtualRouterId { get; init; }

    /// <summary>IPv4 or IPv6; null for a group.</summary>
    public AddressFamily? AddressFamily { get; init; }

    /// <summary>The virtual addresses; empty for a group.</summary>
    public string VirtualAddresses { get; init; } = string.Empty;

    /// <summary>keepalived's word for it; null for what keepalived does not tell of.</summary>
    public string? StateWord => Occasion switch
    {
        NotificationOccasion.Master => "MASTER",
        NotificationOccasion.Backup or NotificationOccasion.Suspended => "BACKUP",
        NotificationOccasion.Fault => "FAULT",
        NotificationOccasion.Stop => "STOP",
        NotificationOccasion.Deleted => "DELETED",
        NotificationOccasion.LowerPriorityHeard => "MASTER_RX_LOWER_PRI",
        NotificationOccasion.PriorityChanged => ToState == RouterState.Master ? "MASTER_PRIORITY" : "BACKUP_PRIORITY",
        _ => null,
    };

    /// <summary>Whether the state changed.</summary>
    public bool IsTransition => FromState != ToState;
}
