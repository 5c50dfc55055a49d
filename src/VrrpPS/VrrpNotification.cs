using VrrpPS.Engine.Configuration.Notification;

namespace VrrpPS;

/// <summary>
/// One way of telling what happens to an instance or a sync group, as PowerShell shows it; -Notification and -SyncGroupNotification
/// take it.
/// </summary>
public sealed class VrrpNotification
{
    internal VrrpNotification(VrrpNotificationKind kind, NotificationOptions options)
    {
        Kind = kind;
        Options = options;
    }

    /// <summary>How it is told.</summary>
    public VrrpNotificationKind Kind { get; }

    /// <summary>The command, the pipes, the file, or the recipients and the mail server.</summary>
    public string Target => Kind switch
    {
        VrrpNotificationKind.Command => Options.Commands[0].ToString(),
        VrrpNotificationKind.Fifo => Options.Fifos.ToString(),
        VrrpNotificationKind.EventFile => Options.EventFile!.Path,
        _ => Options.Mail!.ToString(),
    };

    /// <summary>When a command runs; empty for every change of state, and for what is no command.</summary>
    public VrrpList<NotificationOccasion> On => Options.Commands is [var command] ? command.On : [];

    /// <summary>The user that a command runs as, or logs in to the mail server as; null for that of this process, or none.</summary>
    public string? User => Options.Commands is [var command] ? command.User : Options.Mail?.User;

    /// <summary>How long a command, or an answer of the mail server, may take; null for what takes no time.</summary>
    public TimeSpan? Timeout => Options.Commands is [var command] ? command.Timeout : Options.Mail?.Timeout;

    /// <summary><see cref="Timeout"/> in seconds.</summary>
    public double? TimeoutSeconds => Timeout?.TotalSeconds;

    /// <summary>Whether a Master that leaves waits for the command.</summary>
    public bool Wait => Options.Commands is [{ Wait: true }];

    internal NotificationOptions Options { get; }

    /// <summary>The kind and what it goes to.</summary>
    public override string ToString() => $"{Kind} {Target}";
}
