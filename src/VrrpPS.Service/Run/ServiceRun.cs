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
using VrrpPS.Service.Systemd;

namespace VrrpPS.Service.Run;

/// <summary>The service from its start to its end: configuration, control socket, engine, metrics, and what the service manager is told.</summary>
internal static class ServiceRun
{
    /// <summary>Runs the configured instances until a signal ends it.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="createEngine">Makes the engine, which is disposed of at the end.</param>
    /// <param name="output">Where events go.</param>
    /// <param name="error">Where everything else goes; a full disk ends nothing.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(RunOptions options, Func<EngineOptions, IVrrpEngine> createEngine, TextWriter output, TextWriter error)
    {
        output = TextWriter.Synchronized(output);
        error = TextWriter.Synchronized(new LenientWriter(error));
        var reader = new ConfigurationReader(options.ConfigurationPath)
        {
            NetworkNamespace = options.NetworkNamespace,
            InterfaceRenames = options.InterfaceRenames,
            AllowPartial = options.AllowPartial,
            ConfigId = options.ConfigId,
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
            var group = options.Group is { } name ? ControlGroup.Find(name) : ControlGroup.Own();
            using var socket = options.SocketPath is { } path ? ControlSocket.Bind(path) : ControlSocket.BindDefault(ControlSocketPath.Defaults());

            // Before the engine, whose end is told, too.
            using var manager = ServiceManager.FromEnvironment();
            var format = options.Events ?? (JournalSocket.IsStandardOutput ? EventFormat.Journal : EventFormat.Text);
            using var journal = format == EventFormat.Journal ? new JournalSocket() : null;
            var reporter = new EventReporter(format, output, error) { Journal = journal };
            using var engine = createEngine(EngineOptionsOf(options, error));
            engine.EventRaised += reporter.Report;
            manager.Follow(engine.GetStates);
            engine.StateUpdated += manager.StateUpdated;
            await using var metrics = MetricsExport.Start(
                engine,
                options.MetricsAddress,
                options.MetricsFile,
                OtlpOptions.Create(options.OtlpEndpoint, Environment.GetEnvironmentVariable),
                error);
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

    /// <summary>The kernel is asked for the scheduling now, and what it refuses is said: the service runs without.</summary>
    private static EngineOptions EngineOptionsOf(RunOptions options, TextWriter error)
    {
        foreach (string refusal in options.Scheduling.Prepare())
        {
            error.WriteLine($"vrrpps: warning: {refusal} It runs without.");
        }

        return EngineOptions.Default with
        {
            Host = VrrpHost.Service,
            Scheduling = options.Scheduling,
            Recording = options.RecordingPath is { } file ? new RecordingOptions { Path = file } : null,
        };
    }
}
