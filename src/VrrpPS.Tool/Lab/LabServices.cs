namespace VrrpPS.Tool.Lab;

/// <summary>The echo service of every node.</summary>
internal sealed class LabServices : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _running = [];

    private LabServices()
    {
    }

    /// <summary>Starts them and completes once all of them listen.</summary>
    public static async Task<LabServices> StartAsync(LabPlan plan)
    {
        var services = new LabServices();
        try
        {
            foreach (var node in plan.Nodes)
            {
                var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                var server = new EchoServer(node.Name, LabPlan.Port);
                var running = LabNetwork.StartThread(node.Name, "echo", () => server.Run(listening, services._stop.Token));
                services._running.Add(running);
                await await Task.WhenAny(listening.Task, running);
            }

            return services;
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }
}
