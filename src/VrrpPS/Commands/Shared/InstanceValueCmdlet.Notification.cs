using System.Management.Automation;
using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Parameters;
using VrrpPS.Transitions;

namespace VrrpPS.Commands;

/// <content>Whom the instance tells what happens to it.</content>
public abstract partial class InstanceValueCmdlet
{
    /// <summary>A script that runs in a runspace of its own for each change of state; $_ is the transition, $using: reaches this session's values.</summary>
    [Parameter]
    [AllowNull]
    public ScriptBlock? OnTransition { get; set; }

    /// <summary>How long the script of -OnTransition may run each time before it is stopped; 60 s unless given.</summary>
    [Parameter]
    [Duration]
    public VrrpDuration? OnTransitionTimeout { get; set; }

    /// <summary>A program, its absolute path, and its arguments, run without a shell at each change of state; an empty list runs nothing any more.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? NotifyCommand { get; set; }

    /// <summary>Named pipes, absolute paths, that get keepalived's lines; an empty list for none.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? NotifyFifo { get; set; }

    /// <summary>A file, an absolute path, that gets a line of JSON for each change of state; '' for none.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? EventFile { get; set; }

    /// <summary>Whom the instance tells, each from New-VrrpNotification; the whole list. An empty one tells nobody. -NotifyCommand, -NotifyFifo and -EventFile replace their part of it.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public VrrpNotification[]? Notification { get; set; }

    /// <summary>Whom the sync group tells of its state as a whole, each from New-VrrpNotification; the same for all members, or given to one of them only.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public VrrpNotification[]? SyncGroupNotification { get; set; }

    /// <summary>The script that was typed, else the one there was.</summary>
    private protected TransitionScript? WithTyped(TransitionScript? script)
    {
        if (Typed(nameof(OnTransition)))
        {
            script = OnTransition is null ? null : TransitionScript.Capture(OnTransition, SessionState);
        }

        return OnTransitionTimeout is null || script is null ? script : script with { Timeout = OnTransitionTimeout.Value };
    }

    private NotificationOptions WithTyped(NotificationOptions options) => WithTypedParts(Notification is null ? options : NotificationSet.Join(Notification));

    private NotificationOptions WithTypedParts(NotificationOptions options) => options with
    {
        Commands = NotifyCommand switch
        {
            null => options.Commands,
            [] => [],
            _ => [new NotificationCommand { Arguments = NotifyCommand.ToVrrpList() }],
        },
        Fifos = NotifyFifo is null ? options.Fifos : NotifyFifo.ToVrrpList(),
        EventFile = EventFile switch
        {
            null => options.EventFile,
            "" => null,
            _ => new EventFileOptions(EventFile),
        },
    };
}
