using System.Collections.Concurrent;
using VrrpPS.Engine.Notification.Lines;
using VrrpPS.Tool.Lab;
using VrrpPS.Service.Native;
using VrrpPS.Tool.Commands;

namespace VrrpPS.Service.Tests.EndToEnd;

/// <summary>A real <c>vrrpps</c> in a process of its own.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(30);

    private readonly LabNodeProcess _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _error = new();
    private readonly SemaphoreSlim _changed = new(0);

    private ServiceProcess(string file, IEnumerable<string> arguments)
        => _process = LabNodeProcess.Start(file, arguments, line => Note(_output, line), line => Note(_error, line));

    /// <summary>The executable beside the tests.</summary>
    public static string Built { get; } = Path.Combine(AppContext.BaseDirectory, "vrrpps");

    /// <summary>The program that is tested: the one that was built, or the published file that $VRRPPS_TEST_PROGRAM names.</summary>
    public static string Executable { get; } = Environment.GetEnvironmentVariable("VRRPPS_TEST_PROGRAM") is { Length: > 0 } program ? Path.GetFullPath(program) : Built;

    /// <summary>The program that it becomes to serve: <c>vrrppsd</c> beside it, or where there is none it stays what it is.</summary>
    public static string Server { get; } = Path.Combine(Path.GetDirectoryName(Executable)!, DaemonProgram.Name) is var server && File.Exists(server) ? server : Executable;

    /// <summary>The lines of standard output so far.</summary>
    public IReadOnlyList<string> Output => [.. _output];

    /// <summary>The lines of standard error so far.</summary>
    public string Error => string.Join('\n', _error);

    /// <summary>The event lines so far.</summary>
    public IReadOnlyList<TransitionLine> Events
        => [.. _output.Select(line => TransitionLine.FromJson(line)!)];

    public static ServiceProcess Start(params string[] arguments) => new(Executable, arguments);

    /// <summary>Starts another copy of it.</summary>
    public static ServiceProcess StartCopy(string executable, IEnumerable<string> arguments) => new(executable, arguments);

    /// <summary>Starts it by a line of shell, in which <c>"$0" "$@"</c> stands for the executable and its arguments.</summary>
    public static ServiceProcess StartByShell(string line, params string[] arguments) => new("sh", ["-c", line, Executable, .. arguments]);

    /// <summary>Runs to the end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        await using var process = Start(arguments);
        var exitCode = await process.EndAsync();
        return (exitCode, string.Join('\n', process._output), process.Error);
    }

    /// <summary>Waits until something has been written that makes a condition true.</summary>
    public async Task WaitForAsync(Func<bool> condition)
    {
        using var bound = new CancellationTokenSource(s_bound);
        while (!condition())
        {
            try
            {
                await _changed.WaitAsync(bound.Token);
            }
            catch (OperationCanceledException exception)
            {
                throw new TimeoutException($"Not within {s_bound}. Output:\n{string.Join('\n', _output)}\nError:\n{Error}", exception);
            }
        }
    }

    /// <summary>Waits until an instance has entered a state.</summary>
    public Task WaitForStateAsync(string instance, string state)
        => WaitForAsync(() => Events.Any(line => line.Instance == instance && line.To == state));

    public int ProcessId => _process.Id;

    public void Reload() => Signal(ProcessNative.SigHup);

    public void Signal(int signal) => _process.Signal(signal);

    public Task KillAsync() => _process.KillAsync();

    /// <summary>Waits for the exit code.</summary>
    public async Task<int> EndAsync()
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        return await _process.WaitAsync(bound.Token);
    }

    /// <summary>Sends SIGTERM and waits for the exit code.</summary>
    public Task<int?> StopAsync() => _process.StopAsync([ProcessNative.SigTerm]);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _changed.Dispose();
    }

    private void Note(ConcurrentQueue<string> lines, string line)
    {
        lines.Enqueue(line);
        _changed.Release();
    }
}
