using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Engine.Notification.Commands;
using VrrpPS.Engine.Notification.Lines;
using VrrpPS.Engine.Notification.Mail;

namespace VrrpPS.Engine.Notification;

/// <summary>
/// Tells everybody who is to be told about one instance or group, in order, without ever keeping the one who posts waiting. Commands
/// and mails have a queue each: a mail server that does not answer holds no command up.
/// </summary>
internal sealed class Notifier : IDisposable
{
    private const int CommandCapacity = 256;
    private const int MailCapacity = 64;

    private readonly NotificationCenter _center;
    private readonly Task _after;
    private NotificationOptions _options = NotificationOptions.None;
    private OrderedQueue<CommandWork>? _commands;
    private OrderedQueue<(Notice Notice, MailOptions Options)>? _mails;
    private List<LineSink> _fifos = [];
    private LineSink? _file;
    private NotificationOccasion? _lastMailed;
    private long _lostTold;

    public Notifier(NotificationCenter center, NoticeSubject subject, NotificationOptions options, Task after)
    {
        _center = center;
        _after = after;
        Subject = subject;
        Apply(options);
    }

    public NoticeSubject Subject { get; }

    /// <summary>How many notices no command or mail was told of, because others took too long.</summary>
    public long Lost => (_commands?.Lost ?? 0) + (_mails?.Lost ?? 0);

    /// <summary>Completes when the last command has ended and the last mail is sent.</summary>
    public Task Ended => Task.WhenAll(_commands?.Ended ?? Task.CompletedTask, _mails?.Ended ?? Task.CompletedTask, _after);

    /// <summary>Whether a Master that leaves has something to wait for.</summary>
    public bool HasFarewell => _options.Commands.Any(static command => command.Wait);

    /// <summary>Changes whom to tell from the next notice on. From one thread at a time.</summary>
    public void Apply(NotificationOptions options)
    {
        if (_commands is null && options.Commands.Count > 0)
        {
            var runner = new CommandRunner(Subject, Report);
            _commands = new OrderedQueue<CommandWork>("vrrp commands", CommandCapacity, (work, token) => Run(runner, work, token), Failed, _after);
        }

        if (_mails is null && options.Mail is not null)
        {
            var mailer = new Mailer(Subject, _center.TimeProvider, Report);
            _mails = new OrderedQueue<(Notice Notice, MailOptions Options)>(
                "vrrp mail", MailCapacity, (mail, token) => mailer.Send(mail.Notice, mail.Options, token), Failed, _after);
        }

        // A pipe that stays keeps the lines in it; a file is opened for each line and may change its limit.
        var fifos = options.Fifos.Select(_center.OpenFifo).ToList();
        CloseSinks();
        (_options, _fifos, _file) = (options, fifos, options.EventFile is { } events ? _center.OpenFile(events) : null);
    }

    /// <summary>Tells of something. From one thread at a time; never waits.</summary>
    public void Post(Notice notice, bool farewellSaid = false)
    {
        notice = notice with { Sequence = _center.NextSequence(Subject) };
        if (_options.Commands.Count > 0)
        {
            _commands!.Post(new CommandWork(notice, _options.Commands, farewellSaid ? CommandPhase.NotWaitedFor : CommandPhase.All));
        }

        if (notice.StateWord is { } word && (notice.Occasion != NotificationOccasion.PriorityChanged || _options.PriorityChanges))
        {
            foreach (var fifo in _fifos)
            {
                fifo.Post($"{notice.Subject.Kind} \"{notice.Subject.Name}\" {word} {notice.Priority}");
            }
        }

        if (notice.IsTransition)
        {
            _file?.Post(TransitionLine.Create(notice).ToJson());
        }

        if (_options.Mail is { } mail && Mailer.IsToldOf(notice.Occasion, mail) && _lastMailed != notice.Occasion)
        {
            _lastMailed = notice.Occasion;
            _mails!.Post((notice, mail));
        }
    }

    /// <summary>Runs the commands that a leaving Master waits for; <paramref name="done"/> is called on another thread.</summary>
    public void PostFarewell(Notice notice, Action done)
        => _commands!.Post(new CommandWork(notice with { Sequence = _center.NextSequence(Subject) }, _options.Commands, CommandPhase.WaitedFor) { Done = done });

    /// <summary>Takes no more notices; what waits is still told.</summary>
    public void Complete()
    {
        _commands?.Complete();
        _mails?.Complete();
        CloseSinks();
        (_fifos, _file) = ([], null);
    }

    /// <summary>Gives up what is still under way; how many notices that were.</summary>
    public int Abandon() => (_commands?.Abandon() ?? 0) + (_mails?.Abandon() ?? 0);

    /// <summary>Gives up what is still under way.</summary>
    public void Dispose() => _ = Abandon();

    private void CloseSinks()
    {
        foreach (var fifo in _fifos)
        {
            _center.Close(fifo);
        }

        if (_file is { } file)
        {
            _center.Close(file);
        }
    }

    private void Run(CommandRunner runner, CommandWork work, CancellationToken cancellationToken)
    {
        runner.Run(work, cancellationToken);
        long lost = _commands!.Lost - _lostTold;
        if (lost > 0 && !cancellationToken.IsCancellationRequested)
        {
            _lostTold += lost;
            Report($"{lost} changes were not told to commands, because those before took too long. Shorten their time-outs or what they do.");
        }
    }

    private void Failed(Exception exception) => Report($"A notification failed unexpectedly: {exception.Message}");

    private void Report(string message) => _center.Report(Subject, message);
}
