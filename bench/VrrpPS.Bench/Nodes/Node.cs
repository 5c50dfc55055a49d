using System.Collections.Concurrent;
using System.Diagnostics;
using VrrpPS.Bench.Measure;
using VrrpPS.Bench.Network;

namespace VrrpPS.Bench.Nodes;

/// <summary>The program on a node: a real process, started in the node's namespace as on a machine of its own.</summary>
internal sealed class Node : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly BenchHost _host;
    private readonly NodeCommand _command;
    private readonly ConcurrentQueue<string> _lines = new();
    private Process? _process;
    private int _backups;

    /// <summary>Writes its configuration; starts nothing yet.</summary>
    public Node(NodeKind kind, NodePlan plan, BenchNetwork network, int index, string directory, string vrrpps)
        : this(kind, plan.ConfigurationOf(index), network.Nodes[index], Path.Combine(directory, $"node{index}"), vrrpps)
    {
    }

    /// <summary>Writes its configuration; starts nothing yet.</summary>
    /// <param name="kind">Which program.</param>
    /// <param name="configuration">The text of its configuration.</param>
    /// <param name="host">Where it runs.</param>
    /// <param name="prefix">What the names of its files begin with.</param>
    /// <param name="vrrpps">The executable under test.</param>
    public Node(NodeKind kind, string configuration, BenchHost host, string prefix, string vrrpps)
        : this(kind, host, NodeCommand.Create(kind, prefix + ".conf", prefix, vrrpps))
    {
        string file = prefix + ".conf";
        File.WriteAllText(file, configuration);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>For a program without a configuration.</summary>
    public Node(NodeKind kind, BenchHost host, NodeCommand command)
    {
        Kind = kind;
        _host = host;
        _command = command;
        Cleaner.Add(this);
    }

    /// <summary>Whether ours asks for real-time priority and locked memory; keepalived does so in its configuration.</summary>
    public bool RealTime { get; init; }

    /// <summary>The processors that it and all its children stay on, as taskset takes them; null means those of the harness.</summary>
    public string? Processors { get; init; }

    /// <summary>Which program.</summary>
    public NodeKind Kind { get; }

    /// <summary>What it has said, for the message when something fails.</summary>
    public string Said => string.Join('\n', _lines.TakeLast(20));

    /// <summary>The processes that speak VRRP, without a guard.</summary>
    public List<int> Speakers => Kind == NodeKind.Ours ? [_process!.Id] : [_process!.Id, .. ProcessTree.ChildrenOf(_process.Id)];

    /// <summary>Everything it consists of, guards included.</summary>
    public List<int> Processes => [_process!.Id, .. ProcessTree.DescendantsOf(_process.Id)];

    /// <summary>The guard that outlives the speaker.</summary>
    public List<int> Guards => Kind == NodeKind.Ours ? ProcessTree.DescendantsOf(_process!.Id) : [];

    /// <summary>Starts it and waits until it is Backup: takes part and listens.</summary>
    /// <param name="routers">How many virtual routers it has.</param>
    public void Start(int routers = 1)
    {
        Volatile.Write(ref _backups, 0);
        _lines.Clear();
        _process?.Dispose();

        // keepalived that was killed leaves these, and a new one may take a stranger with the same number for itself.
        foreach (string leftover in _command.Arguments.Where(static argument => argument.EndsWith(".pid", StringComparison.Ordinal)))
        {
            File.Delete(leftover);
        }

        _process = _host.Namespace.RunInside(() => Launch(_command));
        if (!Wait.TryUntil(() => Volatile.Read(ref _backups) >= routers || _process.HasExited, s_patience))
        {
            throw new BenchException($"{Kind} does not take part within {s_patience.TotalSeconds} s: {Said}");
        }

        if (_process.HasExited)
        {
            throw new BenchException($"{Kind} ended at once: {Said}");
        }
    }

    /// <summary>Waits until it has said something.</summary>
    public void WaitForLine(string text, TimeSpan bound)
    {
        if (!Wait.TryUntil(() => _lines.Any(line => line.Contains(text, StringComparison.Ordinal)) || _process!.HasExited, bound) || _process!.HasExited)
        {
            throw new BenchException($"{Kind} does not say '{text}': {Said}");
        }
    }

    /// <summary>Asks it to end; what becomes of that is awaited with <see cref="WaitForExit"/>.</summary>
    public void Terminate() => Signals.Send(_process!.Id, Signals.Terminate);

    /// <summary>Waits until it has ended.</summary>
    public void WaitForExit()
    {
        if (!_process!.WaitForExit(s_patience))
        {
            throw new BenchException($"{Kind} does not end: {Said}");
        }
    }

    /// <summary>SIGKILL to everything it is, with or without its guard first.</summary>
    public void Kill(bool guardToo)
    {
        if (_process is null)
        {
            return;
        }

        // keepalived's child first: left alone for a moment it would notice its parent's death and resign in good order.
        var victims = Speakers;
        victims.Reverse();
        if (guardToo)
        {
            victims.InsertRange(0, Guards);
        }

        foreach (int pid in victims)
        {
            Signals.Send(pid, Signals.Kill);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            Kill(guardToo: false);
            _process.WaitForExit();
        }

        _process?.Dispose();
        Cleaner.Remove(this);
    }

    private Process Launch(NodeCommand command)
    {
        string[] words = [.. Wrap([command.File, .. command.Arguments])];
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(words[0], words.Skip(1))
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            },
        };
        process.OutputDataReceived += (_, line) => OnLine(line.Data);
        process.ErrorDataReceived += (_, line) => OnLine(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>What is started: each replaces itself with what it starts, so the process is the program's.</summary>
    private IEnumerable<string> Wrap(IEnumerable<string> words)
    {
        if (RealTime)
        {
            words = [.. words, "--realtime-priority", "50", "--lock-memory"];
        }

        // In a session of its own the kernel shares the processor between it and others as a whole; what they compute must not starve it.
        return Processors is { } processors
            ?
            [
                "setsid", "sh", "-c", "{ echo -20 > /proc/self/autogroup; } 2> /dev/null; exec \"$@\"", "sh",
                "taskset", "--cpu-list", processors, .. words,
            ]
            : words;
    }

    private void OnLine(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        if (line.Contains(_command.BackupMark, StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _backups);
        }
    }
}
