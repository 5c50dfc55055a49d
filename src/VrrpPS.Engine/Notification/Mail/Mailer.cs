using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Namespaces;

namespace VrrpPS.Engine.Notification.Mail;

/// <summary>Sends the mails of a subject, one after the other, in its network namespace. Lives on its queue's thread.</summary>
internal sealed class Mailer(NoticeSubject subject, TimeProvider time, Action<string> report, IReadOnlyList<TimeSpan>? retries = null)
{
    /// <summary>When a mail that could not be handed over is tried again; then it is given up.</summary>
    private static readonly TimeSpan[] DefaultRetries = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2)];

    private readonly IReadOnlyList<TimeSpan> _retries = retries ?? DefaultRetries;
    private bool _isInside;

    /// <summary>Whether mail is sent about an occasion.</summary>
    public static bool IsToldOf(NotificationOccasion occasion, MailOptions options) => occasion switch
    {
        NotificationOccasion.Master or NotificationOccasion.Backup or NotificationOccasion.Stop or NotificationOccasion.Deleted or NotificationOccasion.Suspended => true,
        NotificationOccasion.Fault => options.Faults,
        _ => false,
    };

    /// <summary>Sends one mail; tries again what may work later, and reports what does not.</summary>
    public void Send(Notice notice, MailOptions options, CancellationToken cancellationToken)
    {
        string message = Compose(notice, options);
        for (int attempt = 0; ; attempt++)
        {
            string problem;
            try
            {
                Enter();
                var refused = MailConnection.Send(options, message, time, cancellationToken);
                if (refused.Count > 0)
                {
                    report($"The mail about {notice.Occasion} (number {notice.Sequence}) was not taken for {string.Join(", ", refused)}.");
                }

                return;
            }
            catch (OperationCanceledException)
            {
                report($"The mail about {notice.Occasion} (number {notice.Sequence}) could not be sent in the time there is at the end.");
                return;
            }
            catch (SmtpException exception)
            {
                problem = exception.Message;
                attempt = exception.IsPermanent ? _retries.Count : attempt;
            }
            catch (AuthenticationException exception)
            {
                problem = $"{options.Server} cannot prove who it is: {exception.Message} Name its certificate authority with certificateAuthorityFile, or write the server's name as its certificate has it.";
                attempt = _retries.Count;
            }
            catch (Exception exception) when (exception is IOException or SocketException or VrrpException or KernelException or CryptographicException)
            {
                problem = $"{options.Server}: {exception.Message}";
            }

            if (attempt >= _retries.Count || cancellationToken.WaitHandle.WaitOne(_retries[attempt]))
            {
                report($"The mail about {notice.Occasion} (number {notice.Sequence}) to {options.To} was given up: {problem}");
                return;
            }
        }
    }

    private string Compose(Notice notice, MailOptions options)
    {
        string node = options.NodeName ?? Environment.MachineName;
        var body = new StringBuilder();
        Line("Node", node);
        Line(notice.Subject.IsGroup ? "Group" : "Instance", notice.Subject.Name);
        Line("Change", $"{notice.FromState} -> {notice.ToState} ({notice.Event})");
        Line("Reason", notice.Reason);
        Line("Time", notice.Time.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        Line("Master", notice.Master);
        Line("Addresses", notice.VirtualAddresses);
        Line("Interface", notice.InterfaceName);
        Line("Namespace", notice.Subject.NetworkNamespace);
        Line("Number", notice.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return MailText.Compose(
            options.From,
            options.To,
            $"[{node}] VRRP {(notice.Subject.IsGroup ? "group" : "instance")} {notice.Subject.Name}: {notice.Occasion}",
            body.ToString(),
            time.GetLocalNow(),
            $"{Guid.NewGuid():N}@{Environment.MachineName}");

        void Line(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                body.Append($"{name}: {value}\n");
            }
        }
    }

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
