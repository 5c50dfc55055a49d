using VrrpPS.Engine.Configuration.Notification;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <content>Whom an instance tells: scripts in the instance, FIFOs and mail servers once per file.</content>
internal static partial class KeepalivedInstanceProperties
{
    private static void Notification(KeepalivedInstanceWriter w, InstanceConfiguration c) => Notification(w, c.Notification);

    /// <summary>Whom an instance or a group tells.</summary>
    public static void Notification(KeepalivedInstanceWriter w, NotificationOptions options)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var command in options.Commands)
        {
            if (KeepalivedCommandText.Join(command.Arguments) is not { } text)
            {
                w.Omit($"notification: '{command}' is left out: keepalived has no way to quote it.");
                continue;
            }

            foreach (string keyword in Keywords(w, command))
            {
                if (used.Add(keyword))
                {
                    w.Body.Line(keyword, [text, .. KeepalivedCommandText.User(command.User)]);
                }
                else
                {
                    w.Omit($"notification: '{command}' is left out: keepalived has one '{keyword}' for each instance or group.");
                }
            }
        }

        if (options.PriorityChanges)
        {
            w.Body.Line("notify_priority_changes");
        }

        if (options.Mail is not null)
        {
            w.Body.Line("smtp_alert");
        }

        if (options.EventFile is { } file)
        {
            w.Omit($"notification: the event file {file} has no keyword in keepalived.");
        }
    }

    private static List<string> Keywords(KeepalivedInstanceWriter w, NotificationCommand command)
    {
        if (command.On.Count == 0 && command.StateArguments)
        {
            return ["notify"];
        }

        if (command.On.Count == 0 || command.StateArguments)
        {
            w.Omit($"notification: '{command}' is left out: keepalived gives the state as arguments to 'notify', which runs at every change, and to nothing else.");
            return [];
        }

        var keywords = new List<string>();
        foreach (var occasion in command.On)
        {
            string? keyword = occasion switch
            {
                NotificationOccasion.Master => "notify_master",
                NotificationOccasion.Backup => "notify_backup",
                NotificationOccasion.Fault => "notify_fault",
                NotificationOccasion.Stop => "notify_stop",
                NotificationOccasion.Deleted => command.On.Contains(NotificationOccasion.Fault) ? string.Empty : "notify_deleted",
                NotificationOccasion.Suspended => command.On.Contains(NotificationOccasion.Backup) ? string.Empty : null,
                NotificationOccasion.LowerPriorityHeard => "notify_master_rx_lower_pri",
                _ => null,
            };
            if (keyword is null)
            {
                w.Omit($"notification: '{command}' on {occasion} is left out: keepalived has no such occasion.");
            }
            else if (keyword.Length > 0)
            {
                keywords.Add(keyword);
            }
        }

        return keywords;
    }
}
