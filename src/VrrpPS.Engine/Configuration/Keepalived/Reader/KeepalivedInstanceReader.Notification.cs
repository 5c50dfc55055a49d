using VrrpPS.Engine.Configuration.Notification;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <content>The scripts, FIFOs and mail that tell of changes.</content>
internal sealed partial class KeepalivedInstanceReader
{
    /// <summary>keepalived gives its scripts no time limit; here none may run for ever.</summary>
    private static readonly TimeSpan ScriptTimeout = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, NotificationCommand> _scripts = [];
    private bool? _alerts;
    private bool? _priorityChanges;

    private void TakeNotification(KeepalivedStatement s)
    {
        switch (s.Keyword)
        {
            case "smtp_alert":
                _alerts = KeepalivedValues.Switch(s, diagnostics);
                break;
            case "notify_priority_changes":
                _priorityChanges = KeepalivedValues.Switch(s, diagnostics);
                break;
            default:
                TakeScript(s);
                break;
        }
    }

    private void TakeScript(KeepalivedStatement s)
    {
        var word = s.Words[1];
        _positions.TryAdd(nameof(InstanceConfiguration.Notification), word.At);
        if (KeepalivedScript.Split(word.Text) is not { Count: > 0 } arguments)
        {
            diagnostics.Error(word.At, ConfigurationCodes.Syntax, $"{_name}: '{s.Keyword}' cannot be split into a program and its arguments: close every quote, and write something behind each backslash.");
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

    private NotificationOptions Notification()
    {
        var commands = new List<NotificationCommand>();
        Add("notify_master", NotificationOccasion.Master);

        // A suspended instance does not serve: whoever is told of keepalived's states is told BACKUP.
        Add("notify_backup", NotificationOccasion.Backup, NotificationOccasion.Suspended);

        // An instance that a reload removes counts as faulted in keepalived, unless something is to be run for just that.
        if (_scripts.ContainsKey("notify_deleted"))
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
        return new NotificationOptions
        {
            Commands = commands.ToVrrpList(),
            Fifos = globals.Notification.Fifos,
            PriorityChanges = _priorityChanges ?? globals.Notification.PriorityChanges,
            Mail = _alerts ?? globals.Notification.Alerts
                ? globals.Notification.Mail(globals.RouterId, _last.TryGetValue("smtp_alert", out var alert) ? alert.At : instance.At, _name, diagnostics)
                : null,
        };

        void Add(string keyword, params ReadOnlySpan<NotificationOccasion> on)
        {
            if (_scripts.TryGetValue(keyword, out var command))
            {
                commands.Add(command with { On = on.ToArray().ToVrrpList() });
            }
        }
    }
}
