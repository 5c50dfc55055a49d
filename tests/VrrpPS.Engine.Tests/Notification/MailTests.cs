using System.Diagnostics;
using System.Text;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Engine.Notification.Mail;
using VrrpPS.Engine.Tests.Support;
using Xunit;

namespace VrrpPS.Engine.Tests.Notification;

/// <summary>Mail over real sockets and real TLS on loopback.</summary>
public sealed class MailTests
{
    private static readonly TimeSpan[] s_once = [];

    [Fact]
    public void A_mail_is_handed_over_to_all_recipients()
    {
        using var server = new MailServer();
        var options = Options(server) with { To = ["a@example.org", "b@example.org"], HelloName = "n1.example.org", NodeName = "node1" };
        Assert.Empty(Send(options));
        Assert.Equal(
            ["EHLO n1.example.org", "MAIL FROM:<n1@example.org>", "RCPT TO:<a@example.org>", "RCPT TO:<b@example.org>", "DATA"],
            server.Commands.Take(5));
        string[] message = Assert.Single(server.Messages).Split('\n');
        Assert.Contains("Subject: [node1] VRRP instance web 1: Master", message);
        Assert.Contains("To: a@example.org,", message);
        Assert.Contains("Content-Transfer-Encoding: base64", message);
        string body = Encoding.UTF8.GetString(Convert.FromBase64String(string.Concat(message.SkipWhile(static line => line.Length > 0))));
        Assert.Contains("Change: Initialize -> Master (MasterTimeout)\r\nReason: The Master was silent; \"quoted\" -> ü.\r\n", body, StringComparison.Ordinal);
        Assert.Contains("Master: 192.0.2.1\r\nAddresses: 192.0.2.100/24\r\n", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AUTH PLAIN LOGIN", "*AUTH PLAIN AHUAcyDDvCE=")]
    [InlineData("AUTH LOGIN", "*AUTH LOGIN|*dQ==|*cyDDvCE=")]
    public void StartTls_comes_before_the_password(string mechanisms, string expected)
    {
        using var bench = new Bench();
        using var certificate = new TestCertificate();
        using var server = new MailServer
        {
            Certificate = certificate,
            Extensions = [mechanisms],
            Answer = static line => line switch { "dQ==" => "334 UGFzc3dvcmQ6", "cyDDvCE=" => "235 welcome", _ => null },
        };
        var options = Secured(bench, server, certificate, MailSecurity.StartTls) with { User = "u", Password = Secret.FromText("s ü!") };
        Assert.Empty(Send(options));
        Assert.Single(server.Messages);
        string[] commands = [.. server.Commands];
        Assert.Equal("STARTTLS", commands[1]);
        Assert.StartsWith("*EHLO ", commands[2], StringComparison.Ordinal);
        Assert.StartsWith(expected, string.Join('|', commands[3..]), StringComparison.Ordinal);
    }

    [Fact]
    public void Tls_from_the_first_byte()
    {
        using var bench = new Bench();
        using var certificate = new TestCertificate();
        using var server = new MailServer { Certificate = certificate, ImplicitTls = true };
        Assert.Empty(Send(Secured(bench, server, certificate, MailSecurity.Tls)));
        Assert.Single(server.Messages);
        Assert.All(server.Commands, static command => Assert.StartsWith("*", command, StringComparison.Ordinal));
    }

    [Fact]
    public void A_server_that_cannot_prove_who_it_is_gets_nothing()
    {
        using var bench = new Bench();
        using var certificate = new TestCertificate();
        using var server = new MailServer { Certificate = certificate, Extensions = ["AUTH PLAIN"] };
        var options = Options(server) with { Security = MailSecurity.StartTls, User = "u", Password = Secret.FromText("secret") };
        Assert.Contains("cannot prove who it is", Assert.Single(Send(options)), StringComparison.Ordinal);

        // Trusted, but under another name than the one it was asked by.
        using var other = new TestCertificate("192.0.2.7");
        options = Secured(bench, server, other, MailSecurity.StartTls) with { User = "u", Password = Secret.FromText("secret") };
        Assert.Contains("cannot prove who it is", Assert.Single(Send(options)), StringComparison.Ordinal);
        Assert.Empty(server.Messages);
        Assert.DoesNotContain(server.Commands, static command => command.Contains("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public void A_server_without_StartTls_gets_nothing()
    {
        using var server = new MailServer();
        Assert.Contains("offers no STARTTLS", Assert.Single(Send(Options(server) with { Security = MailSecurity.StartTls })), StringComparison.Ordinal);
        Assert.Empty(server.Messages);
    }

    [Fact]
    public void What_is_said_before_TLS_begins_is_not_believed_afterwards()
    {
        using var certificate = new TestCertificate();
        using var server = new MailServer { Certificate = certificate, Answer = static line => line == "STARTTLS" ? "220 go\r\n250-injected\r\n250 AUTH PLAIN" : null };
        Assert.Contains("more than it was asked", Assert.Single(Send(Options(server) with { Security = MailSecurity.StartTls })), StringComparison.Ordinal);
        Assert.Empty(server.Messages);
    }

    [Fact]
    public void What_may_work_later_is_tried_again_a_bounded_number_of_times()
    {
        int connections = 0;
        using var server = new MailServer { Answer = line => line == "(connect)" && Interlocked.Increment(ref connections) < 3 ? "421 busy" : null };
        Assert.Empty(Send(Options(server), TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(10)));
        Assert.Single(server.Messages);

        connections = -10;
        Assert.Contains("421 busy", Assert.Single(Send(Options(server), TimeSpan.FromMilliseconds(10))), StringComparison.Ordinal);
        Assert.Equal(-8, connections);
    }

    [Theory]
    [InlineData("MAIL", "554 5.7.1 go away")]
    [InlineData("(message)", "554 spam")]
    [InlineData("RCPT", "550 no such user")]
    public void What_is_refused_for_good_is_told_and_not_tried_again(string command, string answer)
    {
        int count = 0;
        using var server = new MailServer { Answer = line => line.StartsWith(command, StringComparison.Ordinal) && Interlocked.Increment(ref count) > 0 ? answer : null };
        Assert.Contains(answer, Assert.Single(Send(Options(server), TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(10))), StringComparison.Ordinal);
        Assert.Equal(1, count);
    }

    [Fact]
    public void One_recipient_refused_leaves_the_others_their_mail_and_is_told()
    {
        using var server = new MailServer { Answer = static line => line == "RCPT TO:<b@example.org>" ? "550 unknown" : null };
        Assert.Contains("b@example.org (550 unknown)", Assert.Single(Send(Options(server) with { To = ["a@example.org", "b@example.org"] })), StringComparison.Ordinal);
        Assert.Single(server.Messages);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("220x")]
    [InlineData("")]
    public void A_server_that_is_none_or_says_nothing_is_given_up_within_its_time(string banner)
    {
        using var server = new MailServer { Answer = line => line == "(connect)" ? banner : null };
        long start = Stopwatch.GetTimestamp();
        Assert.Single(Send(Options(server) with { Timeout = TimeSpan.FromSeconds(1) }));
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(15), "within its time");
        Assert.Empty(server.Messages);
    }

    [Fact]
    public void Mail_tells_of_each_role_once_and_holds_no_command_up()
    {
        using var bench = new Bench();
        using var gate = new ManualResetEventSlim();
        using var server = new MailServer
        {
            Answer = line =>
            {
                _ = line == "(connect)" && gate.Wait(Eventually.DefaultBound, CancellationToken.None);
                return null;
            },
        };
        string file = bench.PathOf("out");
        var notifier = bench.Open(new NotificationOptions { Mail = Options(server) with { Faults = false }, Commands = [Bench.Shell($"echo $VRRPPS_OCCASION >> {file}")] });
        notifier.Post(TestNotice.Of(NotificationOccasion.Backup));
        notifier.Post(TestNotice.Of(NotificationOccasion.Fault));
        notifier.Post(TestNotice.Of(NotificationOccasion.Backup));
        notifier.Post(TestNotice.Of(NotificationOccasion.Master));
        Eventually.True(() => File.Exists(file) && File.ReadAllLines(file).Length == 4, "the commands run while the mail server is silent");
        gate.Set();
        bench.Center.Finish(TimeSpan.FromSeconds(30));
        Assert.Equal(["Backup", "Master"], server.Messages.Select(static m => m.Split('\n').First(static l => l.StartsWith("Subject:", StringComparison.Ordinal)).Split(": ")[^1]));
    }

    [Fact]
    public void Lines_are_ASCII_short_and_their_dots_doubled()
    {
        using var server = new MailServer();
        var options = Options(server);
        string subject = string.Concat(Enumerable.Repeat("Änderung 🙂 ", 20));
        string message = MailText.Compose(options.From, options.To, subject, ".\n..x\nplain", DateTimeOffset.UnixEpoch, "1@x");
        Assert.Empty(MailConnection.Send(options, message, TimeProvider.System, CancellationToken.None));
        string received = Assert.Single(server.Messages);
        Assert.EndsWith("\n\n.\n..x\nplain\n", received, StringComparison.Ordinal);
        Assert.Contains("Date: Thu, 01 Jan 1970 00:00:00 +0000\n", received, StringComparison.Ordinal);
        Assert.All(received.Split('\n'), static line => Assert.True(line.Length <= 76 + "Subject: ".Length && line.All(char.IsAscii), line));
        string header = received[received.IndexOf("Subject: ", StringComparison.Ordinal)..received.IndexOf("\nMessage-ID", StringComparison.Ordinal)];
        var words = header["Subject: ".Length..].Split("\n ").Select(static word => word[10..^2]);
        Assert.Equal(subject, string.Concat(words.Select(static word => Encoding.UTF8.GetString(Convert.FromBase64String(word)))));
    }

    /// <summary>aiosmtpd (Debian: python3-aiosmtpd), which takes mail only under TLS and after a log-in.</summary>
    [Fact]
    [Trait("Lane", "Interop")]
    public async Task A_real_mail_server_takes_it()
    {
        const string script = """
            import ssl, sys
            from aiosmtpd.controller import Controller
            from aiosmtpd.smtp import AuthResult
            class Handler:
                async def handle_DATA(self, server, session, envelope):
                    print(envelope.mail_from, ','.join(envelope.rcpt_tos), session.auth_data, flush=True)
                    print(envelope.content.decode().replace('\r\n', '|'), flush=True)
                    return '250 OK'
            def check(server, session, envelope, mechanism, data):
                good = data.login == b'node' and data.password == b's3cret'
                return AuthResult(success=good, handled=False, auth_data=mechanism if good else None)
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(sys.argv[1])
            c = Controller(Handler(), hostname='127.0.0.1', port=int(sys.argv[2]), tls_context=context, require_starttls=True, authenticator=check, auth_required=True)
            c.start()
            print('ready', flush=True)
            sys.stdin.read()
            """;
        using var bench = new Bench();
        using var certificate = new TestCertificate();
        string pem = bench.Folder.Write("server.pem", certificate.KeyPem + "\n" + certificate.ServerPem);
        int port;
        using (var free = new MailServer())
        {
            port = free.Port;
        }

        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "python3 is not installed");
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", script, pem, port.ToString(System.Globalization.CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        try
        {
            string? ready = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.SkipUnless(ready == "ready", "python3 with aiosmtpd is not installed");
            var options = new MailOptions
            {
                Server = "127.0.0.1", Port = port, Security = MailSecurity.StartTls, From = "n1@example.org", To = ["a@example.org", "b@example.org"],
                CertificateAuthorityFile = bench.Folder.Write("ca.pem", certificate.AuthorityPem), User = "node", Password = Secret.FromText("s3cret"),
            };
            Assert.Empty(Send(options));
            Assert.StartsWith("n1@example.org a@example.org,b@example.org", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Contains("VRRP instance web 1: Master|", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Contains("535", Assert.Single(Send(options with { Password = Secret.FromText("wrong") })), StringComparison.Ordinal);
        }
        finally
        {
            process.StandardInput.Close();
            if (!process.WaitForExit(TimeSpan.FromSeconds(5)))
            {
                process.Kill();
            }
        }
    }

    private static MailOptions Options(MailServer server) => new()
    {
        Server = "127.0.0.1", Port = server.Port, From = "n1@example.org", To = ["a@example.org"], Timeout = TimeSpan.FromSeconds(10),
    };

    private static MailOptions Secured(Bench bench, MailServer server, TestCertificate certificate, MailSecurity security)
        => Options(server) with { Security = security, CertificateAuthorityFile = bench.Folder.Write($"{Guid.NewGuid():N}.pem", certificate.AuthorityPem) };

    /// <summary>Sends one mail; what was reported.</summary>
    private static List<string> Send(MailOptions options, params TimeSpan[] retries)
    {
        var reports = new List<string>();
        new Mailer(TestNotice.Subject, TimeProvider.System, reports.Add, retries.Length == 0 ? s_once : retries)
            .Send(TestNotice.Of(NotificationOccasion.Master), options, CancellationToken.None);
        return reports;
    }
}
