namespace VrrpPS.Engine.Configuration.Notification;

/// <summary>Whom an instance tells what happens to it, beside the events of this process.</summary>
public sealed record NotificationOptions
{
    /// <summary>Nobody.</summary>
    public static NotificationOptions None { get; } = new();

    /// <summary>Commands to run, one after the other.</summary>
    public VrrpList<NotificationCommand> Commands { get; init; } = [];

    /// <summary>Whether the FIFOs get a line for each change of the priority, too.</summary>
    public bool PriorityChanges { get; init; }

    /// <summary>Named pipes, absolute paths, that get keepalived's lines: <c>INSTANCE "name" MASTER 100</c>.</summary>
    public VrrpList<string> Fifos { get; init; } = [];

    /// <summary>A file of JSON lines; null for none.</summary>
    public EventFileOptions? EventFile { get; init; }

    /// <summary>E-mail on a change of role; null for none.</summary>
    public MailOptions? Mail { get; init; }

    /// <summary>What there is, without secrets: <c>2 commands, 1 FIFO, mail to a@example.org</c>; empty for nothing.</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        if (Commands.Count > 0)
        {
            parts.Add($"command {string.Join("; ", Commands.Select(static c => c.On.Count == 0 ? c.ToString() : $"{c} on {c.On}"))}");
        }

        if (Fifos.Count > 0)
        {
            parts.Add($"FIFO {Fifos}{(PriorityChanges ? " with priorities" : string.Empty)}");
        }

        if (EventFile is { } file)
        {
            parts.Add($"event file {file}");
        }

        if (Mail is { } mail)
        {
            parts.Add($"mail to {mail}");
        }

        return string.Join(", ", parts);
    }
}
