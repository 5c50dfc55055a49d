using System.Threading.Channels;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Static;
using VrrpPS.Engine.Control.Messages;
using VrrpPS.Engine.Control.Server;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux.Scheduling;
using VrrpPS.Engine.Runtime;
using VrrpPS.Service.Systemd;

namespace VrrpPS.Service.Run;

/// <summary>
/// Runs the configured instances until it is asked to end: starts them independently of each other, reloads by difference,
/// hands over at the end.
/// </summary>
internal sealed class ServiceHost : IControlledService, IDisposable
{
    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly IVrrpEngine _engine;
    private readonly Func<ServiceConfiguration> _load;
    private readonly TextWriter _error;
    private readonly StaticKeeper _statics;

    /// <summary>Makes a host.</summary>
    /// <param name="engine">Owned by the caller.</param>
    /// <param name="load">Reads the configuration; called again for each reload. Never throws for what a file can contain.</param>
    /// <param name="error">Where everything but events goes.</param>
    public ServiceHost(IVrrpEngine engine, Func<ServiceConfiguration> load, TextWriter error)
    {
        _engine = engine;
        _load = load;
        _error = error;
        _statics = new StaticKeeper(error);
    }

    /// <summary>How the engine's loops are scheduled.</summary>
    public LoopScheduling Scheduling { get; init; } = LoopScheduling.Ordinary;

    /// <summary>Whom to tell how far the service is.</summary>
    public ServiceManager Manager { get; init; } = ServiceManager.None;

    /// <summary>Starts the instances and serves requests until one of them ends the service.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(ServiceConfiguration first, ChannelReader<ServiceRequest> requests)
    {
        int missing = await StartFirstAsync(first);
        if (missing == first.Instances.Count)
        {
            _error.WriteError(VrrpErrors.NothingStarted(first.Instances.Count));
            return ExitCode.Refused;
        }

        Manager.Ready(missing == 0 ? null : $"{missing} of {first.Instances.Count} instances could not be started");

        // Now the instances have only begun to listen, so that a pause of some milliseconds costs nobody anything.
        using var heap = new HeapKeeper(_engine, Scheduling);
        heap.Begin();

        await foreach (var request in requests.ReadAllAsync())
        {
            if (request == ServiceRequest.Reload)
            {
                await ReloadOnSignalAsync();
            }
            else
            {
                return await EndAsync(request, requests);
            }
        }

        return ExitCode.Success;
    }

    /// <summary>How many could not be started.</summary>
    private async Task<int> StartFirstAsync(ServiceConfiguration first)
    {
        await _changing.WaitAsync();
        try
        {
            _ = await _statics.ApplyAsync(first.Static);
            return (await StartAllAsync(first.Instances)).Count;
        }
        finally
        {
            _changing.Release();
        }
    }

    private async Task<int> EndAsync(ServiceRequest first, ChannelReader<ServiceRequest> requests)
    {
        Manager.Stopping();
        var ending = _engine.ShutdownAsync(StopOptions.Default);
        using var ended = new CancellationTokenSource();
        var impatience = WaitForSecondInterruptAsync(first, requests, ended.Token);
        if (await Task.WhenAny(ending, impatience) == impatience && await impatience)
        {
            _error.WriteLine("vrrpps: interrupted again; the addresses are released at once");
            await _engine.ShutdownAsync(StopOptions.Immediately);
        }

        await ended.CancelAsync();
        try
        {
            await ending;
        }
        catch (VrrpException exception)
        {
            _error.WriteError(exception);
            return ExitCode.Refused;
        }

        return ExitCode.Success;
    }

    // True once a second SIGINT came; SIGTERM may come as often as it likes without losing the hand-over.
    private static async Task<bool> WaitForSecondInterruptAsync(ServiceRequest first, ChannelReader<ServiceRequest> requests, CancellationToken cancellationToken)
    {
        var interrupts = first == ServiceRequest.Interrupt ? 1 : 0;
        try
        {
            await foreach (var request in requests.ReadAllAsync(cancellationToken))
            {
                if (request == ServiceRequest.Interrupt && ++interrupts == 2)
                {
                    return true;
                }
            }
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        return false;
    }

    /// <inheritdoc/>
    public async Task<ReloadOutcome> ReloadAsync()
    {
        // One at a time: a signal and a client may ask for it together.
        await _changing.WaitAsync();
        Manager.Reloading();
        string? problem = null;
        try
        {
            var (plan, fixedNetwork) = Plan();
            var outcome = await CarryOutAsync(plan, fixedNetwork);
            problem = outcome.Failures.Count > 0 ? $"{outcome.Failures.Count} steps of the last reload failed, see the log" : null;
            return outcome;
        }
        catch (VrrpException exception)
        {
            // What was found in the files follows on lines of its own; a status has one.
            problem = exception.Message.Split(Environment.NewLine)[0];
            throw;
        }
        finally
        {
            Manager.Ready(problem);
            _changing.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<InstanceKey> StartAsync(string name, string? networkNamespace)
    {
        await _changing.WaitAsync();
        try
        {
            var configuration = ControlInstances.Single(Load().Instances, ReloadPlan.Key, name, networkNamespace, VrrpErrors.NotConfigured);
            await _engine.StartAsync(configuration);
            return ReloadPlan.Key(configuration);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _statics.Dispose();
        _changing.Dispose();
    }

    private async Task ReloadOnSignalAsync()
    {
        try
        {
            await ReloadAsync();
        }
        catch (VrrpException)
        {
            // It has been said why, and the old configuration stays in force.
            return;
        }
    }

    private ServiceConfiguration Load()
    {
        var wanted = _load();
        foreach (var line in wanted.Diagnostics)
        {
            _error.WriteLine(line);
        }

        return wanted.Refusal is { } refusal ? throw Refused(refusal, wanted.Diagnostics) : wanted;
    }

    private (ReloadPlan Plan, StaticConfiguration Static) Plan()
    {
        var wanted = Load();
        try
        {
            return (ReloadPlan.Create(_engine.GetConfigurations(), wanted.Instances), wanted.Static);
        }
        catch (VrrpException exception)
        {
            throw Refused(exception, []);
        }
    }

    private VrrpException Refused(VrrpException refusal, IReadOnlyList<string> lines)
    {
        _error.WriteError(refusal);
        _error.WriteLine("vrrpps: reload refused; the old configuration stays in force");
        return VrrpErrors.ReloadRefused(refusal, lines);
    }

    private async Task<ReloadOutcome> CarryOutAsync(ReloadPlan plan, StaticConfiguration fixedNetwork)
    {
        _error.WriteLine($"vrrpps: reload: {plan}");
        var failures = new List<string>();
        if (!await _statics.ApplyAsync(fixedNetwork))
        {
            failures.Add("static: see the log");
        }

        failures.AddRange(await TryAllAsync(plan.Stop.Select(key
            => (key, (Func<Task>)(() => _engine.StopAsync(key, StopOptions.Default with { IsRemoval = !plan.Restarts(key) }))))));

        foreach (var configuration in plan.Change)
        {
            var key = ReloadPlan.Key(configuration);
            failures.AddRange(await TryAllAsync([(key, () => _engine.ApplyAsync(key, configuration))]));
        }

        failures.AddRange(await StartAllAsync(plan.Start));
        if (failures.Count > 0)
        {
            _error.WriteLine($"vrrpps: reload: {failures.Count} of its steps failed; the instances concerned are as they were before the step");
        }

        return new ReloadOutcome
        {
            Started = plan.Start.Count,
            Changed = plan.Change.Count,
            Stopped = plan.Stop.Count,
            Unchanged = plan.Unchanged,
            StartedNames = Names(plan.Start.Select(ReloadPlan.Key).Except(plan.Stop)),
            ChangedNames = Names(plan.Change.Select(ReloadPlan.Key)),
            RestartedNames = Names(plan.Stop.Where(plan.Restarts)),
            StoppedNames = Names(plan.Stop.Where(key => !plan.Restarts(key))),
            Failures = failures.ToVrrpList(),
        };
    }

    private static VrrpList<string> Names(IEnumerable<InstanceKey> keys) => keys.Select(static key => key.ToString()).ToVrrpList();

    private Task<IReadOnlyList<string>> StartAllAsync(IReadOnlyList<InstanceConfiguration> configurations)
        => TryAllAsync(configurations.Select(configuration => (ReloadPlan.Key(configuration), (Func<Task>)(() => _engine.StartAsync(configuration)))));

    /// <summary>Takes steps side by side, and tells which of them failed and why.</summary>
    private async Task<IReadOnlyList<string>> TryAllAsync(IEnumerable<(InstanceKey Key, Func<Task> Step)> steps)
        => [.. (await Task.WhenAll(steps.Select(step => TryAsync(step.Key, step.Step)))).OfType<string>()];

    private async Task<string?> TryAsync(InstanceKey key, Func<Task> step)
    {
        try
        {
            await step();
            return null;
        }
        catch (VrrpException exception)
        {
            _error.WriteError(exception, key.ToString());
            return $"{key}: {exception.ErrorId}: {exception.Message}";
        }
    }
}
