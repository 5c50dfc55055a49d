using VrrpPS.Engine.Configuration.Notification;

namespace VrrpPS.Engine.Notification.Commands;

/// <summary>A notice on its way to the commands.</summary>
/// <param name="Notice">What happened.</param>
/// <param name="Commands">The commands in force at that moment.</param>
/// <param name="Phase">Which of them are meant.</param>
internal readonly record struct CommandWork(Notice Notice, VrrpList<NotificationCommand> Commands, CommandPhase Phase)
{
    /// <summary>Called when the commands have ended or were given up; not when the work is dropped unstarted.</summary>
    public Action? Done { get; init; }
}
