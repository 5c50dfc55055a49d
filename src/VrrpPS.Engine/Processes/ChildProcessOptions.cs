namespace VrrpPS.Engine.Processes;

/// <summary>What to run and within which bounds.</summary>
public sealed record ChildProcessOptions
{
    /// <summary>The directories in which a program without a slash is looked for, and the child's own PATH.</summary>
    public const string SearchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>The program and its arguments, as they are: no shell reads them. At least one.</summary>
    public required VrrpList<string> Command { get; init; }

    /// <summary>The user (<c>name</c>) or user and group (<c>name:group</c>) to run as; null for that of this process.</summary>
    public string? User { get; init; }

    /// <summary>How long it may run; then it gets SIGTERM. More than zero.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>How long after SIGTERM it and all of its process group get SIGKILL.</summary>
    public TimeSpan KillAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether what it leaves behind in its process group is killed when it ends by itself. A check has no business to leave
    /// anything; somebody else's script may start a daemon.
    /// </summary>
    public bool KillsStragglers { get; init; } = true;

    /// <summary>The child's variables beside PATH. It inherits none.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
