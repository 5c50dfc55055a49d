using System.Diagnostics;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Engine.Tests.Support;
using Xunit;

namespace VrrpPS.Engine.Tests.Interop;

/// <summary>The real keepalived in a host's namespace, with files of its own. It is ended by its process number.</summary>
internal sealed class KeepalivedProcess : IDisposable
{
    private const string Program = "/usr/sbin/keepalived";
    private const int SIGTERM = 15;

    private static int s_count;

    private readonly string _folder;
    private readonly Process _process;
    private readonly List<string> _lines = [];

    private KeepalivedProcess(TestHost host, string configuration)
    {
        _folder = Directory.CreateTempSubdirectory($"vrrpps-keepalived-{Environment.ProcessId}-{Interlocked.Increment(ref s_count)}-").FullName;
        string file = Path.Combine(_folder, "keepalived.conf");
        File.WriteAllText(file, configuration);
        _process = host.Start(
            Program,
            null,
            "--dont-fork", "--log-console", "--log-detail", "--vrrp",
            "--use-file", file,
            "--pid", Path.Combine(_folder, "keepalived.pid"),
            "--vrrp_pid", Path.Combine(_folder, "vrrp.pid"));
        _process.OutputDataReceived += OnLine;
        _process.ErrorDataReceived += OnLine;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Skips the test, in plain words, where keepalived is not installed.</summary>
    public static void RequireOrSkip()
    {
        RequiresRoot.OrSkip();
        Assert.SkipUnless(File.Exists(Program), "keepalived is not installed (Debian: apt-get install keepalived)");
    }

    /// <summary>Starts keepalived on a host and waits until it takes part.</summary>
    public static KeepalivedProcess Start(TestHost host, string configuration)
    {
        RequireOrSkip();
        var keepalived = new KeepalivedProcess(host, configuration);
        try
        {
            keepalived.WaitFor("Entering BACKUP STATE (init)");
            return keepalived;
        }
        catch
        {
            keepalived.Dispose();
            throw;
        }
    }

    /// <summary>Waits until it has logged something.</summary>
    public void WaitFor(string text)
    {
        long start = Stopwatch.GetTimestamp();
        lock (_lines)
        {
            while (!_lines.Any(line => line.Contains(text, StringComparison.Ordinal)))
            {
                var rest = Eventually.DefaultBound - Stopwatch.GetElapsedTime(start);
                Assert.True(rest > TimeSpan.Zero, $"keepalived never logged '{text}': {Log}");
                _ = Monitor.Wait(_lines, rest);
            }
        }
    }

    /// <summary>Everything that it has logged.</summary>
    public string Log
    {
        get
        {
            lock (_lines)
            {
                return string.Join(Environment.NewLine, _lines);
            }
        }
    }

    /// <summary>Ends it in the ordinary way: it advertises priority 0 and removes its addresses.</summary>
    public void Stop()
    {
        if (!_process.HasExited)
        {
            _ = SpawnNative.Kill(_process.Id, SIGTERM);
            Assert.True(_process.WaitForExit(Eventually.DefaultBound), "keepalived does not end");
        }
    }

    /// <summary>
    /// Kills it and its children: its addresses stay behind. The children go first, because they resign in good order when
    /// their parent dies, and the parent is held still, because it would replace them.
    /// </summary>
    public void Kill()
    {
        const int SIGSTOP = 19;
        _ = SpawnNative.Kill(_process.Id, SIGSTOP);
        int[] children = [.. Directory.EnumerateDirectories($"/proc/{_process.Id}/task")
            .SelectMany(static task => File.ReadAllText($"{task}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(int.Parse)];
        foreach (int child in children)
        {
            _ = SpawnNative.Kill(child, SpawnNative.SIGKILL);
        }

        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _ = SpawnNative.Kill(_process.Id, SIGTERM);
            if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
            {
                Kill();
            }
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void OnLine(object sender, DataReceivedEventArgs line)
    {
        lock (_lines)
        {
            _lines.Add(line.Data ?? string.Empty);
            Monitor.PulseAll(_lines);
        }
    }
}
