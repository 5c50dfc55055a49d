using VrrpPS.Bench.Loops;

namespace VrrpPS.Bench.Nodes;

/// <summary>How a node's program is called, and how it says that it is Backup.</summary>
/// <param name="File">The executable.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="BackupMark">What a line of output contains when it becomes Backup.</param>
internal sealed record NodeCommand(string File, IReadOnlyList<string> Arguments, string BackupMark)
{
    /// <summary>The command of a program.</summary>
    /// <param name="kind">Which program.</param>
    /// <param name="configuration">Its configuration file.</param>
    /// <param name="prefix">What the names of its other files begin with.</param>
    /// <param name="vrrpps">The executable under test.</param>
    public static NodeCommand Create(NodeKind kind, string configuration, string prefix, string vrrpps) => kind switch
    {
        NodeKind.Ours => new NodeCommand(
            vrrpps, ["run", "--config", configuration, "--socket", prefix + ".sock", "--events", "json"], "\"to\":\"Backup\""),
        NodeKind.Module => ModuleCommand.Create(configuration),
        _ => new NodeCommand(
            "keepalived",
            [
                "--dont-fork", "--log-console", "--vrrp", "--use-file", configuration,
                "--pid", prefix + ".pid", "--vrrp_pid", prefix + "-vrrp.pid",
            ],
            "Entering BACKUP STATE"),
    };

    /// <summary>The command of a bare loop: this harness as a child of itself.</summary>
    public static NodeCommand Loop(LoopOptions options) => new(Environment.ProcessPath!, options.Arguments, LoopOptions.Ready);
}
