using System.CommandLine;
using System.CommandLine.Parsing;
using VrrpPS.Engine.Control;
using VrrpPS.Engine.Control.Access;
using VrrpPS.Engine.Control.Server;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Recording;
using VrrpPS.Engine.Runtime;
using VrrpPS.Service.Events;
using VrrpPS.Service.Events.Journal;
using VrrpPS.Service.Metrics;
using VrrpPS.Service.Run;
using VrrpPS.Service.Systemd;

namespace VrrpPS.Service.Commands;

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

    private EngineOptions OptionsOf(ParseResult parsed, TextWriter error) => EngineOptions.Default with
    {
        Host = VrrpHost.Service,
        Scheduling = _scheduling.Prepare(parsed, error),
        Recording = parsed.GetValue(_record) is { } file ? new RecordingOptions { Path = file } : null,
    };

    private static EventFormat? ParseEvents(ArgumentResult result)
    {
        switch (result.Tokens[0].Value)
        {
            case "text":
                return EventFormat.Text;
            case "json":
                return EventFormat.Json;
            case "journal":
                return EventFormat.Journal;
            default:
                result.AddError($"'{result.Tokens[0].Value}' is no way to write events. Write --events text, --events json or --events journal.");
                return default;
        }
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        var output = TextWriter.Synchronized(parsed.InvocationConfiguration.Output);
        var error = TextWriter.Synchronized(new LenientWriter(parsed.InvocationConfiguration.Error));
        var reader = new ConfigurationReader(parsed.GetRequiredValue(_config))
        {
            NetworkNamespace = parsed.GetValue(_namespace),
            InterfaceRenames = CommonOptions.ToMap(parsed.GetValue(_rename) ?? []),
            AllowPartial = parsed.GetValue(_allowPartial),
            ConfigId = parsed.GetValue(_configId),
        };
        var configuration = reader.Read();
        foreach (var line in configuration.Diagnostics)
        {
            error.WriteLine(line);
        }

        if (configuration.Refusal is { } refusal)
        {
            error.WriteError(refusal);
            return ExitCode.NotInOrder;
        }

        ProgramImage.LoadWhole();

        // Signals first: one that arrives while the instances start must not kill the process with addresses bound.
        using var signals = new ServiceSignals();
        try
        {
            LinuxPlatform.Require();
            var group = parsed.GetValue(_group) is { } name ? ControlGroup.Find(name) : ControlGroup.Own();
            using var socket = parsed.GetValue(_socket) is { } path
                ? ControlSocket.Bind(path)
                : ControlSocket.BindDefault(ControlSocketPath.Defaults());

            // Before the engine, whose end is told, too.
            using var manager = ServiceManager.FromEnvironment();
            var format = parsed.GetValue(_events) ?? (JournalSocket.IsStandardOutput ? EventFormat.Journal : EventFormat.Text);
            using var journal = format == EventFormat.Journal ? new JournalSocket() : null;
            var options = OptionsOf(parsed, error);
            using var engine = _services.CreateEngine(options);
            engine.EventRaised += new EventReporter(engine, format, output, error) { Journal = journal }.Report;
            manager.Follow(engine.GetStates);
            engine.StateUpdated += manager.StateUpdated;
            await using var metrics = _metrics.Start(parsed, engine, error);
            await using var watchdog = LoopWatchdog.Start(manager, engine);
            using var host = new ServiceHost(engine, reader.Read, error) { Manager = manager, Scheduling = options.Scheduling };
            await using var server = new ControlServer(
                socket, engine, host, new ControlServerOptions { ProductVersion = ProductVersion.Text, Group = group });
            return await host.RunAsync(configuration, signals.Requests);
        }
        catch (VrrpException exception)
        {
            error.WriteError(exception);
            return ExitCode.Refused;
        }
        catch (KernelException exception)
        {
            error.WriteError(VrrpErrors.KernelRefused(exception));
            return ExitCode.Refused;
        }
    }
}
