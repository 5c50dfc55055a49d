using System.Diagnostics;
using System.Text;

namespace VrrpPS.Engine.Tests.Watch;

/// <summary>A child process whose output is kept.</summary>
internal sealed class WatchLabProcess : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly StringBuilder _output = new();
    private readonly Process _process;

    public WatchLabProcess(string program, IEnumerable<string> arguments)
    {
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true },
        };
        _process.OutputDataReceived += (_, line) => Append(line.Data);
        _process.ErrorDataReceived += (_, line) => Append(line.Data);
        _ = _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Whether a program is on the PATH or in the system's folders.</summary>
    public static bool Exists(string program)
        => $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin".Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Runs a program to its end and returns what it printed.</summary>
    public static string Run(string program, params string[] arguments)
    {
        using var process = new WatchLabProcess(program, arguments);
        Xunit.Assert.Equal(0, process.WaitForExit());
        return process.Output;
    }

    public int WaitForExit()
    {
        Xunit.Assert.True(_process.WaitForExit(s_patience), "the process did not end: " + Output);
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>Asks the process to end, as an administrator does.</summary>
    public void Terminate() => Run("kill", "-TERM", $"{_process.Id}");

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _ = _process.WaitForExit(s_patience);
        }

        _process.Dispose();
    }

    private void Append(string? line)
    {
        lock (_output)
        {
            _ = _output.AppendLine(line);
        }
    }
}
