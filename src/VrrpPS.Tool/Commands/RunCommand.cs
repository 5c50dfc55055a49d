using System.CommandLine;
using System.CommandLine.Parsing;
using VrrpPS.Engine.Control;
using VrrpPS.Service.Events;
using VrrpPS.Service.Run;

namespace VrrpPS.Tool.Commands;

/// <summary><c>vrrpps run</c>: runs the configured instances until a signal ends it.</summary>
internal sealed class RunCommand : Command
{
    private readonly CommandServices _services;
    private readonly Option<string> _config = CommonOptions.Config();
    private readonly Option<string?> _namespace = CommonOptions.Namespace("to run in");
    private readonly Option<string[]> _rename = CommonOptions.Rename();
    private readonly Option<bool> _allowPartial = CommonOptions.AllowPartial();
    private readonly Option<string?> _configId = CommonOptions.ConfigId();
    private readonly Option<string?> _socket = new("--socket", "-s")
    {
        Description = $"Where the control socket is bound; by default {ControlSocketPath.System}, else $XDG_RUNTIME_DIR/vrrpps.sock.",
        HelpName = "PATH",
    };

    private readonly Option<string?> _group = new("--group", "-g")
    {
        Description = "The group whose members may change through the control socket what runs, by name or number; by default the service's own. Root always may, and everybody may look.",
        HelpName = "GROUP",
    };

    private readonly Option<EventFormat?> _events = new("--events", "-e")
    {
        Description = "How events are written; json is one line per transition on standard output: "
            + "time, instance, from, to, event, reason, priority, master. journal is an entry with fields in the systemd journal, "
            + "and the default where standard output goes there.",
        HelpName = "text|json|journal",
        CustomParser = ParseEvents,
    };

    private readonly Option<string?> _record = new("--record")
    {
        Description = "Writes down everything that the instances are told and answer, for a later replay: JSON lines in FILE, "
            + "FILE.1 and so on, four files of 16 MiB at most, readable for their owner only. No password is in them.",
        HelpName = "FILE",
    };

    private readonly MetricsOptions _metrics = new();
    private readonly SchedulingOptions _scheduling = new();

    public RunCommand(CommandServices services)
        : base("run", "Runs the configured instances until SIGTERM or SIGINT; SIGHUP reloads the configuration by difference.")
    {
        _services = services;
        Add(_config);
        Add(_namespace);
        Add(_rename);
        Add(_socket);
        Add(_group);
        Add(_events);
        Add(_record);
        _metrics.AddTo(this);
        _scheduling.AddTo(this);
        Add(_allowPartial);
        Add(_configId);
        SetAction((parsed, _) => RunAsync(parsed));
    }

    private static EventFormat? ParseEvents(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (EventFormatNames.Find(text) is { } format)
        {
            return format;
        }

        result.AddError($"'{text}' is no way to write events. Write --events text, --events json or --events journal.");
        return null;
    }

    private Task<int> RunAsync(ParseResult parsed)
    {
        var options = new RunOptions
        {
            ConfigurationPath = parsed.GetRequiredValue(_config),
            NetworkNamespace = parsed.GetValue(_namespace),
            InterfaceRenames = CommonOptions.ToMap(parsed.GetValue(_rename) ?? []),
            ConfigId = parsed.GetValue(_configId),
            AllowPartial = parsed.GetValue(_allowPartial),
            SocketPath = parsed.GetValue(_socket),
            Group = parsed.GetValue(_group),
            Events = parsed.GetValue(_events),
            RecordingPath = parsed.GetValue(_record),
            MetricsAddress = _metrics.Listen(parsed),
            MetricsFile = _metrics.File(parsed),
            OtlpEndpoint = _metrics.Otlp(parsed),
            Scheduling = _scheduling.Get(parsed),
        };
        _services.TryBecomeDaemon(options, parsed.InvocationConfiguration.Error);
        return ServiceRun.RunAsync(options, _services.CreateEngine, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
    }
}
