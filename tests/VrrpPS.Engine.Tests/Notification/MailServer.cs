using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace VrrpPS.Engine.Tests.Notification;

/// <summary>A small mail server that says what a test tells it to, and keeps what it was told.</summary>
internal sealed class MailServer : IDisposable
{
    private readonly TcpListener _listener;
    private readonly ConcurrentQueue<string> _commands = new();
    private readonly ConcurrentQueue<string> _messages = new();

    public MailServer(IPAddress? address = null)
    {
        _listener = new TcpListener(address ?? IPAddress.Loopback, 0);
        _listener.Start();
        new Thread(Serve) { IsBackground = true, Name = "test mail server" }.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public TestCertificate? Certificate { get; init; }

    /// <summary>TLS from the first byte.</summary>
    public bool ImplicitTls { get; init; }

    /// <summary>What EHLO lists beside STARTTLS.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = ["8BITMIME"];

    /// <summary>An answer in place of the usual one, by the command; null for the usual one, empty for silence.</summary>
    public Func<string, string?> Answer { get; init; } = static _ => null;

    /// <summary>Every command so far; those under TLS begin with an asterisk.</summary>
    public IReadOnlyCollection<string> Commands => _commands;

    /// <summary>Every message so far, as it crossed the wire, dots undone.</summary>
    public IReadOnlyCollection<string> Messages => _messages;

    public void Dispose() => _listener.Stop();

    private void Serve()
    {
        try
        {
            while (true)
            {
                using var client = _listener.AcceptTcpClient();
                try
                {
                    Converse(client.GetStream());
                }
                catch (Exception exception) when (exception is not OutOfMemoryException)
                {
                    // The client has gone, or the test has, and with it the certificate.
                    _commands.Enqueue("(gone)");
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private SslStream Protect(Stream stream)
    {
        var secured = new SslStream(stream);
        secured.AuthenticateAsServer(Certificate!.Server);
        return secured;
    }

    private void Converse(Stream stream)
    {
        bool secured = ImplicitTls;
        stream = secured ? Protect(stream) : stream;
        Say(stream, Answer("(connect)") ?? "220 test ESMTP");
        while (ReadLine(stream) is { } line)
        {
            _commands.Enqueue((secured ? "*" : string.Empty) + line);
            string answer = Answer(line) ?? Usual(line);
            Say(stream, answer);
            if (answer.StartsWith("354", StringComparison.Ordinal))
            {
                var message = new StringBuilder();
                while (ReadLine(stream) is { } text && text != ".")
                {
                    message.Append(text.StartsWith('.') ? text[1..] : text).Append('\n');
                }

                _messages.Enqueue(message.ToString());
                Say(stream, Answer("(message)") ?? "250 queued");
            }
            else if (line == "STARTTLS" && answer.StartsWith("220", StringComparison.Ordinal))
            {
                stream = Protect(stream);
                secured = true;
            }
        }
    }

    private string Usual(string line) => line.Split(' ')[0] switch
    {
        "EHLO" => string.Join("\r\n", (string[])["250-test", .. Extensions.Select(static e => $"250-{e}"), Certificate is null ? "250 HELP" : "250 STARTTLS"]),
        "STARTTLS" => "220 go ahead",
        "AUTH" when line.StartsWith("AUTH LOGIN", StringComparison.Ordinal) => "334 VXNlcm5hbWU6",
        "AUTH" => "235 welcome",
        "DATA" => "354 go on",
        "QUIT" => "221 bye",
        _ => "250 ok",
    };

    private static void Say(Stream stream, string text)
    {
        if (text.Length > 0)
        {
            stream.Write(Encoding.ASCII.GetBytes(text + "\r\n"));
        }
    }

    private static string? ReadLine(Stream stream)
    {
        var line = new StringBuilder();
        while (true)
        {
            int value = stream.ReadByte();
            if (value < 0)
            {
                return null;
            }

            if (value == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)value);
        }
    }
}
