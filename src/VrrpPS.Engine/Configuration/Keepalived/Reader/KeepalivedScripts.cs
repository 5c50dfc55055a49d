using VrrpPS.Engine.Configuration.Notification;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>The notify scripts of one instance or group.</summary>
internal sealed class KeepalivedScripts(KeepalivedGlobals globals, DiagnosticBag diagnostics)
{
    /// <summary>keepalived gives its scripts no time limit; here none may run for ever.</summary>
    private static readonly TimeSpan ScriptTimeout = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, NotificationCommand> _scripts = [];

    /// <summary>Takes a statement that names a script; of several the last counts.</summary>
    public void Take(KeepalivedStatement s, string owner)
    {
        var word = s.Words[1];
        if (KeepalivedScript.Split(word.Text) is not { Count: > 0 } arguments)
        {
            diagnostics.Error(word.At, ConfigurationCodes.Syntax, $"{owner}: '{s.Keyword}' cannot be split into a program and its arguments: close every quote, and write something behind each backslash.");
            return;
        }

        if (s.Parameter(4) is { } extra)
        {
            diagnostics.Warning(extra.At, ConfigurationCodes.InvalidValue, $"'{s.Keyword}' takes a script in quotes, a user and a group; what follows is ignored, as in keepalived.");
        }

        _scripts[s.Keyword] = new NotificationCommand
        {
            Arguments = arguments.ToVrrpList(),
            StateArguments = s.Keyword == "notify",
            User = KeepalivedNotification.UserAt(s, 2) ?? globals.Notification.ScriptUser,
            RequireSafeProgram = globals.Notification.RequireSafeProgram,
            Timeout = ScriptTimeout,
        };
    }

    /// <summary>The scripts as commands, in the order in which keepalived starts them: those of a state before the one of all.</summary>
    public VrrpList<NotificationCommand> Commands(bool isGroup)
    {
        var commands = new List<NotificationCommand>();
        Add("notify_master", NotificationOccasion.Master);

        // A suspended instance does not serve: whoever is told of keepalived's states is told BACKUP.
        Add("notify_backup", NotificationOccasion.Backup, NotificationOccasion.Suspended);

        // An instance that a reload removes counts as faulted in keepalived, unless something is to be run for just that; of a group
        // that it removes nobody is told.
        if (isGroup || _scripts.ContainsKey("notify_deleted"))
        {
            Add("notify_fault", NotificationOccasion.Fault);
        }
        else
        {
            Add("notify_fault", NotificationOccasion.Fault, NotificationOccasion.Deleted);
        }

        Add("notify_stop", NotificationOccasion.Stop);
        Add("notify_deleted", NotificationOccasion.Deleted);
        Add("notify");
        Add("notify_master_rx_lower_pri", NotificationOccasion.LowerPriorityHeard);
        return commands.ToVrrpList();

        void Add(string keyword, params ReadOnlySpan<NotificationOccasion> on)
        {
            if (_scripts.TryGetValue(keyword, out var command))
            {
                commands.Add(command with { On = on.ToArray().ToVrrpList() });
            }
        }
    }
}
