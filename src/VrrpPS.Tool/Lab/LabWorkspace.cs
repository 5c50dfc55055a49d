namespace VrrpPS.Tool.Lab;

/// <summary>The lab's temporary directory: the nodes' configurations, sockets and pid files.</summary>
internal sealed class LabWorkspace : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), LabNames.Of("files"));

    /// <summary>Makes the directory and writes every node's configuration into it.</summary>
    public LabWorkspace(LabPlan plan)
    {
        // Ours alone: in a directory for everybody, nobody else shall be able to exchange what the nodes read.
        Directory.CreateDirectory(_directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var node in plan.Nodes)
        {
            var path = ConfigurationPath(node);
            File.WriteAllText(path, node.ConfigurationText);
            // keepalived refuses a configuration that others may execute, and warns about one they may write.
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    /// <summary>Where a node's configuration is.</summary>
    public string ConfigurationPath(LabNodePlan node) => PathOf($"{node.Name}.conf");

    /// <summary>A file of the workspace.</summary>
    public string PathOf(string name) => Path.Combine(_directory, name);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }
}
