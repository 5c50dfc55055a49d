using System.Text;
using VrrpPS.Engine.Configuration.Notification;

namespace VrrpPS.Engine.Notification.Mail;

/// <summary>
/// One conversation with a mail server over a connected stream (RFC 5321), protected by STARTTLS (RFC 3207) and with a log-in
/// (RFC 4954) where the options ask for them.
/// </summary>
/// <param name="stream">Connected; under TLS already where the options say so.</param>
/// <param name="options">What is wanted.</param>
/// <param name="protect">Begins TLS over a stream and verifies the server.</param>
internal sealed class SmtpSession(Stream stream, MailOptions options, Func<Stream, Stream> protect)
{
    private Stream _stream = stream;
    private SmtpReader _reader = new(stream);
    private string[] _extensions = [];

    /// <summary>Sends one message to all recipients; those that the server refuses are returned with its words.</summary>
    /// <exception cref="SmtpException">The server refused all of it.</exception>
    /// <exception cref="IOException">The connection ended or timed out.</exception>
    public IReadOnlyList<string> Send(string message)
    {
        Expect(_reader.Read(), 2, "the connection");
        Greet();
        if (options.Security == MailSecurity.StartTls)
        {
            Protect();
        }

        if (options.User is { } user)
        {
            LogIn(user);
        }

        _ = Ask($"MAIL FROM:<{options.From}>", 2, "the sender");
        var refused = Address();
        _ = Ask("DATA", 3, "a message");
        WriteMessage(message);
        Expect(_reader.Read(), 2, "the message");

        SayGoodbye();
        return refused;
    }

    /// <summary>The message is the server's by now: how it says goodbye changes nothing.</summary>
    private void SayGoodbye()
    {
        try
        {
            Write("QUIT");
            _ = _reader.Read();
        }
        catch (Exception exception) when (exception is IOException or SmtpException)
        {
            return;
        }
    }

    private List<string> Address()
    {
        var refused = new List<string>();
        bool permanent = true;
        foreach (string recipient in options.To)
        {
            Write($"RCPT TO:<{recipient}>");
            var reply = _reader.Read();
            if (reply.Code / 100 != 2)
            {
                permanent &= reply.Code / 100 == 5;
                refused.Add($"{recipient} ({reply})");
            }
        }

        return refused.Count < options.To.Count
            ? refused
            : throw new SmtpException($"{options.Server} takes mail for none of the recipients: {string.Join(", ", refused)}", permanent);
    }

    private void Greet()
    {
        string name = options.HelloName ?? Environment.MachineName;
        Write($"EHLO {name}");
        var reply = _reader.Read();
        if (reply.Code / 100 == 5)
        {
            // RFC 5321 section 3.2: a server that knows no extensions.
            reply = Ask($"HELO {name}", 2, "the greeting");
        }

        Expect(reply, 2, "the greeting");
        _extensions = [.. reply.Lines.Skip(1)];
    }

    private void Protect()
    {
        if (!Offers("STARTTLS", out _))
        {
            throw new SmtpException($"{options.Server} offers no STARTTLS. Choose Tls with its port, or None if the connection needs no protection.", isPermanent: true);
        }

        _ = Ask("STARTTLS", 2, "TLS");
        if (_reader.HasMore)
        {
            throw new SmtpException($"{options.Server} said more than it was asked before TLS began: somebody in between may have. Nothing was sent.", isPermanent: true);
        }

        _stream = protect(_stream);
        _reader = new SmtpReader(_stream);
        Greet();
    }

    private void LogIn(string user)
    {
        _ = Offers("AUTH", out string mechanisms);
        string[] offered = mechanisms.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        byte[] password = options.Password!.Reveal().ToArray();
        if (offered.Contains("PLAIN", StringComparer.OrdinalIgnoreCase))
        {
            byte[] identity = Encoding.UTF8.GetBytes($"\0{user}\0");
            _ = Ask($"AUTH PLAIN {Convert.ToBase64String([.. identity, .. password])}", 2, "user and password");
        }
        else if (offered.Contains("LOGIN", StringComparer.OrdinalIgnoreCase))
        {
            _ = Ask("AUTH LOGIN", 3, "a log-in");
            _ = Ask(Convert.ToBase64String(Encoding.UTF8.GetBytes(user)), 3, "the user");
            _ = Ask(Convert.ToBase64String(password), 2, "user and password");
        }
        else
        {
            throw new SmtpException($"{options.Server} offers neither AUTH PLAIN nor AUTH LOGIN ('{mechanisms}'). Leave user and password out if it needs none.", isPermanent: true);
        }
    }

    private bool Offers(string keyword, out string parameters)
    {
        foreach (string extension in _extensions)
        {
            string[] words = extension.Split(' ', 2);
            if (words[0].Equals(keyword, StringComparison.OrdinalIgnoreCase))
            {
                parameters = words.Length > 1 ? words[1] : string.Empty;
                return true;
            }
        }

        parameters = string.Empty;
        return false;
    }

    private void WriteMessage(string message)
    {
        var text = new StringBuilder();
        foreach (string line in message.Split("\r\n"))
        {
            // RFC 5321 section 4.5.2: a line that begins with a dot gets another.
            text.Append(line.StartsWith('.') ? "." : string.Empty).Append(line).Append("\r\n");
        }

        Write(text.Append('.').ToString());
    }

    /// <summary>Sends a command; no message ever shows it, because it may be a password.</summary>
    private SmtpReply Ask(string command, int expected, string what)
    {
        Write(command);
        var reply = _reader.Read();
        Expect(reply, expected, what);
        return reply;
    }

    private void Write(string line)
    {
        _stream.Write(Encoding.ASCII.GetBytes(line + "\r\n"));
        _stream.Flush();
    }

    private void Expect(SmtpReply reply, int expected, string what)
    {
        if (reply.Code / 100 != expected)
        {
            throw new SmtpException($"{options.Server} refuses {what}: {reply}", reply.Code / 100 == 5);
        }
    }
}
