using VrrpPS.Engine.Configuration.Notification;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <content>The scripts, FIFOs and mail that tell of changes.</content>
internal sealed partial class KeepalivedInstanceReader
{
    private readonly KeepalivedScripts _scripts = new(globals, diagnostics);
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
                _positions.TryAdd(nameof(InstanceConfiguration.Notification), s.Words[1].At);
                _scripts.Take(s, _name);
                break;
        }
    }

    private NotificationOptions Notification() => new()
    {
        Commands = _scripts.Commands(isGroup: false),
        Fifos = globals.Notification.Fifos,
        PriorityChanges = _priorityChanges ?? groups.PriorityChangesOf(_name) ?? globals.Notification.PriorityChanges,
        Mail = _alerts ?? globals.Notification.Alerts
            ? globals.Notification.Mail(globals.RouterId, _last.TryGetValue("smtp_alert", out var alert) ? alert.At : instance.At, _name, diagnostics)
            : null,
    };
}
