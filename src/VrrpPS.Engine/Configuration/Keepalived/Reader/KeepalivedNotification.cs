using VrrpPS.Engine.Configuration.Notification;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>What <c>global_defs</c> says about mail, FIFOs and scripts.</summary>
internal sealed class KeepalivedNotification
{
    private readonly List<string> _recipients = [];
    private readonly List<string> _fifos = [];
    private string? _sender;
    private string _server = "127.0.0.1";
    private int? _port;
    private string? _helloName;
    private TimeSpan? _timeout;
    private bool? _alerts;
    private bool? _routerAlerts;
    private bool _faults = true;

    /// <summary>The user that scripts run as unless told otherwise.</summary>
    public string? ScriptUser { get; private set; }

    /// <summary>Whether a script that others could change is refused.</summary>
    public bool RequireSafeProgram { get; private set; }

    /// <summary>Whether changes of the priority are told, unless an instance says otherwise.</summary>
    public bool PriorityChanges { get; private set; }

    /// <summary>Whether mail is sent, unless an instance says otherwise.</summary>
    public bool Alerts => _routerAlerts ?? _alerts ?? false;

    /// <summary>The pipes to write to.</summary>
    public VrrpList<string> Fifos => _fifos.Distinct(StringComparer.Ordinal).ToVrrpList();

    /// <summary>Takes a statement of global_defs; false when it is about something else.</summary>
    public bool Take(KeepalivedStatement s, DiagnosticBag diagnostics)
    {
        switch (s.Keyword)
        {
            case "notification_email":
                _recipients.AddRange(s.Block!.Statements.SelectMany(static line => line.Words).Select(static word => Address(word.Text)));
                break;
            case "notification_email_from":
                _sender = Address(s.Words[1].Text);
                break;
            case "smtp_server":
                TakeServer(s, diagnostics);
                break;
            case "smtp_helo_name":
                _helloName = s.Words[1].Text;
                break;
            case "smtp_connect_timeout":
                if (KeepalivedValues.Integer(s, diagnostics) is { } seconds)
                {
                    _timeout = TimeSpan.FromSeconds(Math.Clamp(seconds, 1, 300));
                }

                break;
            case "smtp_alert":
                _alerts = KeepalivedValues.Switch(s, diagnostics);
                break;
            case "smtp_alert_vrrp":
                _routerAlerts = KeepalivedValues.Switch(s, diagnostics);
                break;
            case "no_email_faults":
                _faults = false;
                break;
            case "notify_fifo" or "vrrp_notify_fifo":
                TakeFifo(s, diagnostics);
                break;
            case "vrrp_notify_priority_changes":
                PriorityChanges = KeepalivedValues.Switch(s, diagnostics);
                break;
            case "script_user":
                ScriptUser = UserAt(s, 1);
                break;
            case "enable_script_security":
                RequireSafeProgram = true;
                break;
            default:
                return false;
        }

        return true;
    }

    /// <summary>The mail of an instance that wants alerts; null, and a warning, when nobody is to get any.</summary>
    public MailOptions? Mail(string? routerId, SourcePosition at, string name, DiagnosticBag diagnostics)
    {
        if (_recipients.Count == 0)
        {
            diagnostics.Warning(at, ConfigurationCodes.Adjusted, $"{name}: 'smtp_alert' sends nothing without 'notification_email {{ ... }}' in global_defs, as in keepalived.");
            return null;
        }

        var defaults = new MailOptions
        {
            Server = _server,
            From = _sender ?? $"root@{Environment.MachineName}",
            To = _recipients.ToVrrpList(),
        };
        return defaults with
        {
            Port = _port,
            HelloName = _helloName,
            NodeName = routerId,
            Timeout = _timeout ?? defaults.Timeout,
            Faults = _faults,
        };
    }

    /// <summary>The user, and the group if there is one, that stand behind something.</summary>
    public static string? UserAt(KeepalivedStatement s, int index) => (s.Parameter(index), s.Parameter(index + 1)) switch
    {
        (null, _) => null,
        ({ } user, null) => user.Text,
        ({ } user, { } group) => $"{user.Text}:{group.Text.TrimStart(':')}",
    };

    private void TakeServer(KeepalivedStatement s, DiagnosticBag diagnostics)
    {
        _server = s.Words[1].Text;
        if (s.Parameter(2) is not { } port)
        {
            return;
        }

        if (ushort.TryParse(port.Text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out ushort number) && number > 0)
        {
            _port = number;
        }
        else
        {
            diagnostics.Error(port.At, ConfigurationCodes.InvalidValue, $"'{port.Text}' is not a port: write a number from 1 to 65535.");
        }
    }

    private void TakeFifo(KeepalivedStatement s, DiagnosticBag diagnostics)
    {
        _fifos.Add(s.Words[1].Text);
        if (s.Parameter(2) is { } user)
        {
            diagnostics.Warning(user.At, ConfigurationCodes.NotCarriedOver, $"The user of '{s.Keyword}' is not carried over: a FIFO made here belongs to the user of the service. Make it beforehand ('mkfifo', 'chown') for another reader.");
        }
    }

    /// <summary>The bare address: keepalived takes <c>name@host</c> and <c>&lt;name@host&gt;</c>.</summary>
    private static string Address(string text)
    {
        int open = text.LastIndexOf('<');
        return open >= 0 && text.EndsWith('>') ? text[(open + 1)..^1] : text;
    }
}
