using System.Globalization;
using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Namespaces;
using VrrpPS.Engine.Processes;

namespace VrrpPS.Engine.Notification.Commands;

/// <summary>Runs the commands of a subject, one after the other, in its network namespace. Lives on its queue's thread.</summary>
internal sealed class CommandRunner(NoticeSubject subject, Action<string> report)
{
    private bool _isInside;

    /// <summary>Runs every command that a notice is for; what goes wrong is reported and keeps none of the others from running.</summary>
    public void Run(CommandWork work, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var command in work.Commands)
            {
                if (IsMeant(command, work))
                {
                    Run(command, work.Notice, cancellationToken);
                }
            }
        }
        finally
        {
            work.Done?.Invoke();
        }
    }

    private static bool IsMeant(NotificationCommand command, in CommandWork work) => command.RunsOn(work.Notice.Occasion) && work.Phase switch
    {
        CommandPhase.WaitedFor => command.Wait,
        CommandPhase.NotWaitedFor => !command.Wait,
        _ => true,
    };

    private void Run(NotificationCommand command, Notice notice, CancellationToken cancellationToken)
    {
        try
        {
            Enter();
            if (command.RequireSafeProgram && SafeProgram.Problem(command.Arguments[0]) is { } problem)
            {
                report($"'{command}' was not run: {problem}");
                return;
            }

            var result = ChildProcess.Run(
                new ChildProcessOptions
                {
                    Command = Arguments(command, notice),
                    User = command.User,
                    Timeout = command.Timeout,
                    KillsStragglers = false,
                    Environment = CommandVariables.Of(notice),
                },
                cancellationToken);
            if (!result.Succeeded)
            {
                string said = result.LastLine.Length == 0 ? string.Empty : $" It said: {result.LastLine}";
                report($"'{command}' for {notice.Occasion} (number {notice.Sequence}) failed: {result.Ending}.{said}");
            }
        }
        catch (OperationCanceledException)
        {
            report($"'{command}' for {notice.Occasion} (number {notice.Sequence}) did not end in the time there is at the end, and was killed.");
        }
        catch (Exception exception) when (exception is VrrpException or KernelException)
        {
            report($"'{command}' for {notice.Occasion} (number {notice.Sequence}) could not be run: {exception.Message}");
        }
    }

    private static VrrpList<string> Arguments(NotificationCommand command, Notice notice) => command.StateArguments
        ? [.. command.Arguments, notice.Subject.Kind, notice.Subject.Name, notice.StateWord ?? notice.Occasion.ToString().ToUpperInvariant(), notice.Priority.ToString(CultureInfo.InvariantCulture)]
        : command.Arguments;

    private void Enter()
    {
        if (_isInside || subject.NetworkNamespace is not { } name)
        {
            return;
        }

        using var space = NetworkNamespace.OpenOrCurrent(name);
        space.Enter();
        _isInside = true;
    }
}
