using System.Threading.Channels;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Runtime;
using VrrpPS.Service.Systemd;

namespace VrrpPS.Service.Run;

/// <summary>
/// Runs the configured instances until it is asked to end: starts them independently of each other, reloads by difference,
/// hands over at the end.
/// </summary>
internal sealed class ServiceHost
{
    private readonly IVrrpEngine _engine;
    private readonly Func<ServiceConfiguration> _load;
    private readonly TextWriter _error;

    /// <summary>Makes a host.</summary>
    /// <param name="engine">Owned by the caller.</param>
    /// <param name="load">Reads the configuration; called again for each reload. Never throws for what a file can contain.</param>
    /// <param name="error">Where everything but events goes.</param>
    public ServiceHost(IVrrpEngine engine, Func<ServiceConfiguration> load, TextWriter error)
    {
        _engine = engine;
        _load = load;
        _error = error;
    }

    /// <summary>Whom to tell how far the service is.</summary>
    public ServiceManager Manager { get; init; } = ServiceManager.None;

    /// <summary>Starts the instances and serves requests until one of them ends the service.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(ServiceConfiguration first, ChannelReader<ServiceRequest> requests)
    {
        using var statics = new StaticKeeper(_error);
        _ = await statics.ApplyAsync(first.Static);
        int started = await StartAllAsync(first.Instances);
        if (started == 0)
        {
            _error.WriteError(VrrpErrors.NothingStarted(first.Instances.Count));
            return ExitCode.Refused;
        }

        int missing = first.Instances.Count - started;
        Manager.Ready(missing == 0 ? null : $"{missing} of {first.Instances.Count} instances could not be started");

        await foreach (var request in requests.ReadAllAsync())
        {
            if (request == ServiceRequest.Reload)
            {
                Manager.Reloading();
                Manager.Ready(await ReloadAsync(statics));
            }
            else
            {
                return await EndAsync(request, requests);
            }
        }

        return ExitCode.Success;
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

    // Null, or what went wrong, for the status line.
    private async Task<string?> ReloadAsync(StaticKeeper statics)
    {
        var wanted = _load();
        foreach (var line in wanted.Diagnostics)
        {
            _error.WriteLine(line);
        }

        if (wanted.Refusal is { } refusal)
        {
            return Refuse(refusal);
        }

        ReloadPlan plan;
        try
        {
            plan = ReloadPlan.Create(_engine.GetConfigurations(), wanted.Instances);
        }
        catch (VrrpException exception)
        {
            return Refuse(exception);
        }

        _error.WriteLine($"vrrpps: reload: {plan}");
        var failures = await statics.ApplyAsync(wanted.Static) ? 0 : 1;
        failures += (await Task.WhenAll(plan.Stop.Select(key
            => TryAsync(key, () => _engine.StopAsync(key, StopOptions.Default with { IsRemoval = !plan.Restarts(key) }))))).Sum();

        foreach (var configuration in plan.Change)
        {
            var key = ReloadPlan.Key(configuration);
            failures += await TryAsync(key, () => _engine.ApplyAsync(key, configuration));
        }

        failures += plan.Start.Count - await StartAllAsync(plan.Start);
        if (failures == 0)
        {
            return null;
        }

        _error.WriteLine($"vrrpps: reload: {failures} of its steps failed; the instances concerned are as they were before the step");
        return $"{failures} steps of the last reload failed, see the log";
    }

    private string Refuse(VrrpException refusal)
    {
        _error.WriteError(refusal);
        _error.WriteLine("vrrpps: reload refused; the old configuration stays in force");
        return $"Reload refused, the old configuration stays in force: {refusal.Message}";
    }

    private async Task<int> StartAllAsync(IReadOnlyList<InstanceConfiguration> configurations)
    {
        var starts = configurations.Select(configuration
            => TryAsync(ReloadPlan.Key(configuration), () => _engine.StartAsync(configuration))).ToArray();
        return configurations.Count - (await Task.WhenAll(starts)).Sum();
    }

    private async Task<int> TryAsync(InstanceKey key, Func<Task> step)
    {
        try
        {
            await step();
            return 0;
        }
        catch (VrrpException exception)
        {
            _error.WriteError(exception, key.ToString());
            return 1;
        }
    }
}
