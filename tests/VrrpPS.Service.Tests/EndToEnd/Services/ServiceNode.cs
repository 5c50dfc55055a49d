using VrrpPS.Engine.Control.Client;
using VrrpPS.Protocol.Election;
using VrrpPS.Tool.Lab;
using VrrpPS.Service.Native;
using Xunit;

namespace VrrpPS.Service.Tests.EndToEnd.Services;

/// <summary>One node: a program of its own, its configuration, and the service that runs it in the node's namespace.</summary>
internal sealed class ServiceNode : IAsyncDisposable
{
    private readonly string _configuration;
    private readonly string _socket;
    private readonly string _namespace;
    private readonly string _text;
    private readonly string _instance;
    private ServiceProcess? _process;

    /// <summary>Installs the program and writes the configuration.</summary>
    public ServiceNode(LabNodePlan plan, string site, string directory)
    {
        _text = plan.ConfigurationText;
        _instance = plan.Instance.Name;
        Priority = plan.Instance.Priority;
        _namespace = LabNames.Of(site + plan.Name);
        _configuration = Path.Combine(directory, $"{plan.Name}.conf");
        _socket = Path.Combine(directory, $"{plan.Name}.sock");
        Program = new ServiceProgram(Path.Combine(directory, plan.Name));
        File.WriteAllText(_configuration, _text);
    }

    /// <summary>The program on this node's disk.</summary>
    public ServiceProgram Program { get; }

    /// <summary>The priority in the configuration as it was at first.</summary>
    public int Priority { get; }

    /// <summary>The states that the running service has entered.</summary>
    public IReadOnlyList<string> Entered => [.. Process.Events.Select(static line => line.To)];

    private ServiceProcess Process => _process ?? throw new InvalidOperationException("The node does not run.");

    /// <summary>Starts the service and waits until it takes part.</summary>
    public async Task StartAsync()
    {
        _process = ServiceProcess.StartCopy(
            Program.Executable, ["run", "--config", _configuration, "--namespace", _namespace, "--socket", _socket, "--events", "json"]);
        await Process.WaitForStateAsync(_instance, "Backup");
    }

    /// <summary>Ends the service as its unit does: SIGTERM, and the sweep when it has ended.</summary>
    public async Task StopAsync()
    {
        Assert.True(await Process.StopAsync() == 0, Process.Error);
        await SweepAsync();
    }

    /// <summary>SIGKILL, to the service alone, and the sweep of its unit.</summary>
    public async Task KillAsync()
    {
        await Process.KillAsync();
        await SweepAsync();
    }

    /// <summary>SIGKILL, without waiting for anything.</summary>
    public void Kill() => Process.Signal(ProcessNative.SigKill);

    /// <summary>Replaces the program under the running service.</summary>
    public void Upgrade()
    {
        Program.Upgrade();
        Assert.EndsWith("(deleted)", File.ResolveLinkTarget($"/proc/{Process.ProcessId}/exe", returnFinalTarget: false)!.FullName, StringComparison.Ordinal);
    }

    /// <summary>Writes another configuration, sends SIGHUP and waits until its priority is in force.</summary>
    /// <param name="priority">The new priority; the first one restores the whole configuration.</param>
    /// <param name="more">One more address to hold.</param>
    public async Task ReloadAsync(int priority, string? more = null)
    {
        string text = _text.Replace($"priority {Priority}", $"priority {priority}", StringComparison.Ordinal);
        if (more is not null)
        {
            text = text.Replace("virtual_ipaddress {", $"virtual_ipaddress {{\n        {more}/24", StringComparison.Ordinal);
        }

        await File.WriteAllTextAsync(_configuration, text);
        Process.Reload();
        using var service = ServiceEngine.Open(_socket);
        await Until(() => service.GetStates()[0].BasePriority == priority, $"the priority {priority} is in force");
    }

    /// <summary>Waits until this node, which is Backup, hears a Master of some priority.</summary>
    public async Task WaitForMasterOfPriorityAsync(int priority)
    {
        using var service = ServiceEngine.Open(_socket);
        await Until(() => service.GetStates()[0] is { State: RouterState.Backup } state && state.MasterPriority == priority, $"a Master of priority {priority} is heard");
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _ = await _process.StopAsync();
            await _process.DisposeAsync();
        }
    }

    private async Task SweepAsync()
    {
        await Process.DisposeAsync();
        _process = null;
        await using var sweep = ServiceProcess.StartCopy(Program.Executable, ["sweep", "--config", _configuration, "--namespace", _namespace]);
        Assert.True(await sweep.EndAsync() == 0, sweep.Error);
    }

    private async Task Until(Func<bool> condition, string what)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            if (bound.IsCancellationRequested)
            {
                throw new TimeoutException($"Not within 30 s: {what}. {Process.Error}");
            }

            await Task.Delay(5);
        }
    }
}
