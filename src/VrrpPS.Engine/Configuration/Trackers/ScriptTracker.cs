namespace VrrpPS.Engine.Configuration.Trackers;

/// <summary>Runs a program; exit code 0 is success. No shell, no inherited variables; stopped with all it started when its time ends.</summary>
public sealed record ScriptTracker : TrackerConfiguration
{
    /// <summary>The program and its arguments. At least one.</summary>
    public required VrrpList<string> Command { get; init; }

    /// <summary>The user, or <c>user:group</c>, to run as; null for that of this process.</summary>
    public string? User { get; init; }

    /// <summary>Whether a program that somebody beside root could replace or change is refused (keepalived's enable_script_security).</summary>
    public bool RequireSafeProgram { get; init; }

    /// <inheritdoc/>
    public override TrackerKind Kind => TrackerKind.Script;

    /// <inheritdoc/>
    public override string Target => string.Join(' ', Command);
}
