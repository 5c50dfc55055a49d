using VrrpPS.Engine.Errors;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Tool.Lab;

/// <summary>The lab's play: elect, let the master die, bring it back, stop it in good order, end; and what the client saw of it.</summary>
internal sealed class LabRunner
{
    // Generous: a master-down interval is 3.2 s, a busy machine is not the lab's fault, and for ever is no answer.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    // Nobody should have to wonder whether it still runs.
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_calm = TimeSpan.FromSeconds(1.5);

    private readonly LabPlan _plan;
    private readonly IReadOnlyList<ILabNode> _nodes;
    private readonly LabClient _client;
    private readonly LabTimeline _timeline;
    private readonly LabTransitions _transitions;
    private readonly CancellationToken _cancellationToken;

    public LabRunner(
        LabPlan plan,
        IReadOnlyList<ILabNode> nodes,
        LabClient client,
        LabTimeline timeline,
        LabTransitions transitions,
        CancellationToken cancellationToken)
    {
        _plan = plan;
        _nodes = nodes;
        _client = client;
        _timeline = timeline;
        _transitions = transitions;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Plays. Returns whether the VIP was reachable before and after and every node ended when it was asked to.</summary>
    /// <exception cref="VrrpException"><see cref="ErrorIds.OperationTimeout"/>: something expected did not happen.</exception>
    public async Task<bool> PlayAsync()
    {
        PrintPlan();
        var master = await ElectAsync();
        var successor = await LetDieAsync(master);
        await BringBackAsync(master, successor);
        await HandOverAsync(NodeNamed(_transitions.CurrentMaster()?.Node ?? successor.Plan.Name));
        var ended = await EndAsync();
        _timeline.Text(string.Empty, ended
            ? "The VIP was reachable before and after. The lab is cleaned up."
            : "The VIP was reachable before and after, but a node had to be killed. The lab is cleaned up.");
        return ended;
    }

    private void PrintPlan()
    {
        var instance = _plan.Nodes[0].Instance;
        _timeline.Text($"A lab of {_nodes.Count} nodes and a client, in network namespaces on one bridge:", string.Empty);
        foreach (var node in _nodes)
        {
            _timeline.Result(node.Plan.Name, $"{node.Plan.Address,-16} priority {node.Plan.Instance.Priority,-4} {node.Description}");
        }

        _timeline.Result("client", $"{_plan.ClientAddress,-16} ping every 10 ms, GET {LabPlan.RequestPath} every 25 ms");
        _timeline.Result("VIP", $"{instance.VirtualAddresses[0],-16} VRID {instance.VirtualRouterId}, VRRP {instance.Version}, every {instance.AdvertisementInterval}, port {LabPlan.Port}");
    }

    private async Task<ILabNode> ElectAsync()
    {
        _timeline.Section("The election");
        foreach (var node in _nodes)
        {
            node.Start();
        }

        var won = await WaitAsync("a node to become Master", _transitions.FirstAsync(t => t.To == "Master"));
        await ReportAnswerAsync(won.At);
        // A node that started a little earlier may be Master for a moment; the election is over when the best one is.
        var best = _nodes.MaxBy(node => node.Plan.Rank)!;
        if (best.Plan.Instance.Preempt)
        {
            await WaitAsync($"{best.Plan.Name}, the best node, to become Master", _transitions.FirstAsync(t => t.To == "Master" && t.Node == best.Plan.Name));
        }

        await CalmAsync();
        return NodeNamed((_transitions.CurrentMaster() ?? won).Node);
    }

    private async Task<ILabNode> LetDieAsync(ILabNode master)
    {
        _timeline.Section($"{master.Plan.Name}, the master, dies: SIGKILL and its cable is pulled");
        var lastAnswer = _timeline.Clock.Elapsed;
        await WaitAsync("an answer before the death", _client.ReachableAsync(lastAnswer));
        var death = _timeline.Clock.Elapsed;
        await Task.WhenAll(master.KillAsync(), Task.Run(() => LabNetwork.SetCable(master.Plan.Name, connected: false), CancellationToken.None));
        _timeline.Event(death, master.Plan.Name, "killed");

        var won = await WaitAsync("another node to become Master", _transitions.FirstAsync(t => t.To == "Master" && t.At > death));
        await ReportAnswerAsync(won.At);
        await CalmAsync();
        // Two backups may have risen within milliseconds; the better one has stayed.
        won = _transitions.CurrentMaster() ?? won;
        var successor = NodeNamed(won.Node);

        _timeline.Text(string.Empty);
        _timeline.Result("took over", $"{won.Node} ({successor.Plan.Address}, priority {successor.Plan.Instance.Priority})");
        _timeline.Result("why", won.Why);
        ReportTakeover(master.Plan, successor.Plan, death);
        ReportClient(lastAnswer);
        return successor;
    }

    private async Task BringBackAsync(ILabNode old, ILabNode current)
    {
        _timeline.Section($"{old.Plan.Name} comes back");
        var back = _timeline.Clock.Elapsed;
        await WaitAsync("an answer before the return", _client.ReachableAsync(back));
        LabNetwork.SetCable(old.Plan.Name, connected: true);
        old.Start();
        if (old.Plan.Instance.Preempt && old.Plan.Instance.Priority > current.Plan.Instance.Priority)
        {
            var won = await WaitAsync($"{old.Plan.Name} to preempt", _transitions.FirstAsync(t => t.To == "Master" && t.Node == old.Plan.Name && t.At > back));
            await ReportAnswerAsync(won.At);
            await CalmAsync();
            _timeline.Text(string.Empty);
            _timeline.Result("preempted", $"{old.Plan.Name} took the role back from {current.Plan.Name}");
            _timeline.Result("why", won.Why);
        }
        else
        {
            await WaitAsync($"{old.Plan.Name} to become Backup", _transitions.FirstAsync(t => t.To == "Backup" && t.Node == old.Plan.Name && t.At > back));
            await CalmAsync();
            _timeline.Text(string.Empty);
            _timeline.Result("no preemption", $"{current.Plan.Name} stays Master, as configured");
        }

        ReportClient(back);
    }

    private async Task HandOverAsync(ILabNode master)
    {
        _timeline.Section($"{master.Plan.Name} is stopped in good order (SIGTERM)");
        var asked = _timeline.Clock.Elapsed;
        await WaitAsync("an answer before the stop", _client.ReachableAsync(asked));
        var stopping = master.StopAsync();
        var won = await WaitAsync("another node to become Master", _transitions.FirstAsync(t => t.To == "Master" && t.At > asked));
        ReportEnd(master, await stopping);
        await ReportAnswerAsync(_timeline.Clock.Elapsed);
        await CalmAsync();
        won = _transitions.CurrentMaster() ?? won;

        _timeline.Text(string.Empty);
        _timeline.Result("took over", won.Node);
        _timeline.Result("why", won.Why);
        ReportClient(asked);
    }

    private async Task<bool> EndAsync()
    {
        _timeline.Section("The end");
        // The Master last and at once: there is nobody left to hand over to.
        var master = _transitions.CurrentMaster()?.Node;
        var ended = true;
        foreach (var node in _nodes.Where(node => node.IsRunning).OrderBy(node => node.Plan.Name == master))
        {
            var exitCode = await node.StopAsync(atOnce: node.Plan.Name == master);
            ReportEnd(node, exitCode);
            ended &= exitCode is not null;
        }

        return ended;
    }

    private void ReportEnd(ILabNode node, int? exitCode) => _timeline.Event(
        _timeline.Clock.Elapsed, node.Plan.Name, exitCode is { } code ? $"ended with exit code {code}" : "had to be killed");

    private async Task ReportAnswerAsync(TimeSpan after)
    {
        var page = await WaitAsync($"{_plan.VirtualAddress} to answer", _client.ReachableAsync(after));
        _timeline.Event(_timeline.Clock.Elapsed, "client", $"{_plan.VirtualAddress} answers ping; GET {LabPlan.RequestPath} says '{page}'");
    }

    private void ReportTakeover(LabNodePlan dead, LabNodePlan successor, TimeSpan death)
    {
        var instance = successor.Instance;
        var bound = TimeSpan.FromTicks(ElectionTimers.MasterDownInterval(instance.Version, (byte)instance.Priority, dead.Instance.AdvertisementInterval, instance.DownTimerAdverts) / TimeSpan.NanosecondsPerTick);
        _timeline.Result("bound", $"Master_Down_Interval of {successor.Name} = {bound.TotalSeconds:0.000} s");
        var last = _client.Wire.LastBefore(dead.Address.ToString(), death);
        var first = _client.Wire.FirstAfter(successor.Address.ToString(), death);
        if (last is { } lastAt && first is { } firstAt)
        {
            var distance = firstAt - lastAt - bound;
            _timeline.Result("on the wire", $"{(firstAt - lastAt).TotalSeconds:0.000} s from the last advertisement of {dead.Name} to the first of {successor.Name}: {distance.TotalMilliseconds:+0.0;-0.0} ms from the bound");
        }
        else
        {
            _timeline.Result("on the wire", "the advertisements around the takeover were not captured");
        }
    }

    private void ReportClient(TimeSpan from)
    {
        var to = _timeline.Clock.Elapsed - TimeSpan.FromMilliseconds(500);
        Report("ping outage", _client.Ping.Measure(from, to));
        Report("HTTP outage", _client.Http.Measure(from, to));

        void Report(string name, ProbeOutage outage) => _timeline.Result(name, outage.Lost == 0
            ? $"none: all of {outage.Attempts} answered"
            : $"{outage.Duration.TotalSeconds:0.000} s, {outage.Lost} of {outage.Attempts} unanswered");
    }

    private ILabNode NodeNamed(string name) => _nodes.First(node => node.Plan.Name == name);

    // Lets the dust settle; ends early only with the lab.
    private Task CalmAsync() => Task.Delay(s_calm, _cancellationToken);

    private async Task<T> WaitAsync<T>(string what, Task<T> task)
    {
        var failure = _client.FailureAsync();
        try
        {
            var first = Task.WhenAny(task, failure);
            if (await Task.WhenAny(first, Task.Delay(s_quiet, _cancellationToken)) != first)
            {
                _timeline.Event(_timeline.Clock.Elapsed, "lab", $"waits for {what}");
            }

            if (await first.WaitAsync(s_patience, _cancellationToken) == failure)
            {
                await failure;
            }

            return await task;
        }
        catch (TimeoutException exception)
        {
            throw VrrpErrors.LabTimeout(what, s_patience, exception);
        }
    }
}
