namespace VrrpPS.Service.Metrics;

/// <summary>Something done again and again beside the instances; that it fails is told once, and once more when it is over.</summary>
internal sealed class PeriodicWork : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly string _what;
    private readonly TimeSpan _period;
    private readonly Func<CancellationToken, Task> _work;
    private readonly TextWriter _error;
    private readonly Task _working;

    public PeriodicWork(string what, TimeSpan period, Func<CancellationToken, Task> work, TextWriter error)
    {
        _what = what;
        _period = period;
        _work = work;
        _error = error;
        _working = Task.Run(WorkAsync);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _working;
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        bool failed = false;
        try
        {
            while (true)
            {
                bool fails = !await TryAsync(tell: !failed);
                if (failed && !fails)
                {
                    _error.WriteLine($"vrrpps: {_what} is written again");
                }

                failed = fails;
                await Task.Delay(_period, _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task<bool> TryAsync(bool tell)
    {
        try
        {
            await _work(_stop.Token);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or HttpRequestException or TaskCanceledException && !_stop.IsCancellationRequested)
        {
            if (tell)
            {
                _error.WriteLine($"vrrpps: {_what} cannot be written ({exception.Message.TrimEnd('.')}); it is tried again every {_period.TotalSeconds:0.#} s, the instances run on");
            }

            return false;
        }
    }
}
