using System.Collections.Concurrent;
using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Engine.Notification;
using VrrpPS.Engine.Tests.Configuration;

namespace VrrpPS.Engine.Tests.Notification;

/// <summary>A centre whose reports are kept, and a folder for what is written.</summary>
internal sealed class Bench : IDisposable
{
    private readonly ConcurrentQueue<string> _reports = new();

    public Bench() => Center = new NotificationCenter(TimeProvider.System, (_, message) => _reports.Enqueue(message));

    public TemporaryFolder Folder { get; } = new();

    public NotificationCenter Center { get; }

    public IReadOnlyCollection<string> Reports => _reports;

    public string PathOf(string name) => Path.Combine(Folder.Path, name);

    public Notifier Open(NotificationOptions options, NoticeSubject? subject = null) => Center.Open(subject ?? TestNotice.Subject, options)!;

    /// <summary>A shell command that runs a script on everything.</summary>
    public static NotificationCommand Shell(string script, params string[] arguments)
        => new() { Arguments = [.. (string[])["/bin/sh", "-c", script, "sh"], .. arguments] };

    public void Dispose()
    {
        Center.Dispose();
        Folder.Dispose();
    }
}
