namespace VrrpPS.Engine.Configuration.Notification;

/// <summary>A command to run when something happens: argv as it is, no shell. What happened is in its VRRPPS_ variables.</summary>
public sealed record NotificationCommand
{
    /// <summary>The longest time a command may be given.</summary>
    public static TimeSpan MaxTimeout { get; } = TimeSpan.FromHours(1);

    /// <summary>When it runs; empty means at every change of state (not for <see cref="NotificationOccasion.Leaving"/>,
    /// <see cref="NotificationOccasion.LowerPriorityHeard"/> and <see cref="NotificationOccasion.PriorityChanged"/>, which are asked for by name).</summary>
    public VrrpList<NotificationOccasion> On { get; init; } = [];

    /// <summary>The program, an absolute path, and its arguments.</summary>
    public required VrrpList<string> Arguments { get; init; }

    /// <summary>Whether keepalived's four arguments follow: INSTANCE or GROUP, the name, the state and the priority.</summary>
    public bool StateArguments { get; init; }

    /// <summary>How long it may run before it is ended, with everything it started: 100 ms to 1 h.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The user (<c>name</c>) or user and group (<c>name:group</c>) to run as; null for that of this process.</summary>
    public string? User { get; init; }

    /// <summary>
    /// Whether a Master that leaves on an administrator's word waits for it before it gives the role away; for
    /// <see cref="NotificationOccasion.Leaving"/> alone. It waits at most the time-out and half of the hand-over's own bound.
    /// </summary>
    public bool Wait { get; init; }

    /// <summary>Whether a program that somebody beside root could replace or change is refused (keepalived's enable_script_security).</summary>
    public bool RequireSafeProgram { get; init; }

    /// <summary>Whether it runs on an occasion.</summary>
    public bool RunsOn(NotificationOccasion occasion) => On.Count > 0
        ? On.Contains(occasion)
        : occasion is not (NotificationOccasion.Leaving or NotificationOccasion.LowerPriorityHeard or NotificationOccasion.PriorityChanged);

    /// <summary>The arguments, joined by blanks: for messages, never to be run.</summary>
    public override string ToString() => string.Join(' ', Arguments);
}
