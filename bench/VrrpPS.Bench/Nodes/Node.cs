using System.Collections.Concurrent;
using System.Diagnostics;
using VrrpPS.Bench.Measure;
using VrrpPS.Bench.Network;

namespace VrrpPS.Bench.Nodes;

/// <summary>The program on a node: a real process, started in the node's namespace as on a machine of its own.</summary>
internal sealed class Node : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly BenchHost _host;
    private readonly NodeCommand _command;
    private readonly ConcurrentQueue<string> _lines = new();
    private Process? _process;
    private volatile bool _isBackup;

    /// <summary>Writes its configuration; starts nothing yet.</summary>
    public Node(NodeKind kind, NodePlan plan, BenchNetwork network, int index, string directory, string vrrpps)
    {
        Kind = kind;
        _host = network.Nodes[index];
        string file = Path.Combine(directory, $"node{index}.conf");
        File.WriteAllText(file, plan.ConfigurationOf(index));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Cleaner.Add(this);
        _command = NodeCommand.Create(kind, file, Path.Combine(directory, $"node{index}"), vrrpps);
    }

    /// <summary>Which program.</summary>
    public NodeKind Kind { get; }

    /// <summary>What it has said, for the message when something fails.</summary>
    public string Said => string.Join('\n', _lines.TakeLast(20));

    /// <summary>The processes that speak VRRP, without a guard.</summary>
    public List<int> Speakers => Kind == NodeKind.Ours ? [_process!.Id] : [_process!.Id, .. ProcessTree.ChildrenOf(_process.Id)];

    /// <summary>The guard that outlives the speaker.</summary>
    public List<int> Guards => Kind == NodeKind.Ours ? ProcessTree.DescendantsOf(_process!.Id) : [];

    /// <summary>Starts it and waits until it is Backup: takes part and listens.</summary>
    public void Start()
    {
        _isBackup = false;
        _lines.Clear();
        _process?.Dispose();
        _process = _host.Namespace.RunInside(() => Launch(_command));
        Wait.Until(() => _isBackup || _process.HasExited, s_patience, $"{Kind} takes part. {Said}");
        if (_process.HasExited)
        {
            throw new BenchException($"{Kind} ended at once: {Said}");
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
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(command.File, command.Arguments)
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

    private void OnLine(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        if (line.Contains(_command.BackupMark, StringComparison.Ordinal))
        {
            _isBackup = true;
        }
    }
}
