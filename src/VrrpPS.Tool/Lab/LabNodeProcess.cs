using System.Diagnostics;
using VrrpPS.Service.Native;

namespace VrrpPS.Tool.Lab;

/// <summary>A child process of the lab: started, listened to, killed or asked to end by its pid.</summary>
internal sealed class LabNodeProcess : IAsyncDisposable
{
    // Longer than the longest hand-over.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan s_betweenSignals = TimeSpan.FromMilliseconds(200);

    private readonly Process _process;

    private LabNodeProcess(Process process) => _process = process;

    /// <summary>Its pid.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has not ended.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>Starts a process in the calling thread's network namespace.</summary>
    /// <param name="file">The executable.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="onOutput">Gets each line of standard output.</param>
    /// <param name="onError">Gets each line of standard error.</param>
    public static LabNodeProcess Start(string file, IEnumerable<string> arguments, Action<string> onOutput, Action<string> onError)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(file, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
                // A killed .NET process would leave its debugger pipes in the temporary directory.
                Environment = { ["DOTNET_EnableDiagnostics"] = "0" },
            },
        };
        process.OutputDataReceived += (_, line) => Deliver(line.Data, onOutput);
        process.ErrorDataReceived += (_, line) => Deliver(line.Data, onError);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new LabNodeProcess(process);
    }

    /// <summary>SIGKILL, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        Signal(ProcessNative.SigKill);
        await _process.WaitForExitAsync();
    }

    /// <summary>Sends signals that ask it to end, then SIGKILL if that does not help within the bound.</summary>
    /// <returns>The exit code; null when it had to be killed.</returns>
    public async Task<int?> StopAsync(int[] signals)
    {
        foreach (var signal in signals)
        {
            // Two equal signals at once would be one; the program has a moment to take each.
            Signal(signal);
            await Task.WhenAny(_process.WaitForExitAsync(), Task.Delay(s_betweenSignals));
        }

        using var bound = new CancellationTokenSource(s_patience);
        try
        {
            return await WaitAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
            return null;
        }
    }

    /// <summary>Waits until it has ended and all it wrote has been delivered; gives its exit code.</summary>
    public async Task<int> WaitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Sends a signal, unless it has ended.</summary>
    public void Signal(int signal)
    {
        // Our child, and not reaped while HasExited is false: the pid cannot be anyone else's.
        if (!_process.HasExited)
        {
            _ = ProcessNative.Kill(_process.Id, signal);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static void Deliver(string? line, Action<string> handler)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            handler(line);
        }
    }
}
