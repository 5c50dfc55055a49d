using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;

namespace VrrpPS.Tool.Lab;

/// <summary>One lab from an empty machine to an empty machine, however it ends.</summary>
internal static class LabSession
{
    // The second node: the one that takes over in the scenario, so that both programs get to be Master.
    private const int KeepalivedNodeIndex = 1;

    /// <summary>Runs it. Returns an <see cref="ExitCode"/>.</summary>
    public static async Task<int> RunAsync(LabOptions options, TextWriter output, TextWriter error)
    {
        using var interrupted = new InterruptToken();
        try
        {
            LinuxPlatform.Require();
            if (UserNamespace.IsNeeded && !options.IsInsideUserNamespace)
            {
                await output.WriteLineAsync("Not root: the lab runs in a user namespace of its own.");
                await output.FlushAsync(CancellationToken.None);
                UserNamespace.Enter(options.ToArguments());
            }

            return await PlayAsync(options, output, error, interrupted.Token) ? ExitCode.Success : ExitCode.NotInOrder;
        }
        catch (OperationCanceledException) when (interrupted.Token.IsCancellationRequested)
        {
            await error.WriteLineAsync("vrrpps: the lab was interrupted; everything it made has been removed");
            return ExitCode.NotInOrder;
        }
        catch (VrrpException exception)
        {
            error.WriteError(exception);
            return exception.ErrorId == ErrorIds.OperationTimeout ? ExitCode.NotInOrder : ExitCode.Refused;
        }
        catch (KernelException exception)
        {
            error.WriteError(VrrpErrors.LabUnusable(exception.Message, exception));
            return ExitCode.Refused;
        }
    }

    private static async Task<bool> PlayAsync(LabOptions options, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var plan = LabPlan.Create(LabScenario.Load(options.ConfigurationDirectory, error));
        var withKeepalived = options.WithKeepalived;
        if (withKeepalived && KeepalivedNode.FindVersion() is null)
        {
            throw VrrpErrors.LabUnusable("--with-keepalived was asked for and keepalived is not installed");
        }

        foreach (var name in LabCleaner.RemoveLeftovers())
        {
            await output.WriteLineAsync($"removed {name}, left behind by a killed lab");
        }

        var timeline = new LabTimeline(output, TimeProvider.System);
        var transitions = new LabTransitions(timeline);
        // In this order, so that they are removed in the opposite one: programs before the network they run in.
        using var workspace = new LabWorkspace(plan);
        using var network = LabNetwork.Build(plan);
        await using var services = await LabServices.StartAsync(plan);
        var nodes = new List<ILabNode>();
        try
        {
            foreach (var node in plan.Nodes)
            {
                nodes.Add(withKeepalived && nodes.Count == KeepalivedNodeIndex
                    ? new KeepalivedNode(node, workspace, timeline, transitions)
                    : new VrrppsNode(node, workspace, timeline, transitions));
            }

            await using var client = LabClient.Start(plan, timeline);
            return await new LabRunner(plan, nodes, client, timeline, transitions, cancellationToken).PlayAsync();
        }
        finally
        {
            foreach (var node in nodes)
            {
                await node.DisposeAsync();
            }
        }
    }
}
