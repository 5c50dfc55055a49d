using System.Globalization;
using System.Text;

namespace VrrpPS.Engine.Notification.Mail;

/// <summary>Reads replies from a mail server, within bounds: a server is as little to be trusted as anything on the wire.</summary>
internal sealed class SmtpReader(Stream stream)
{
    private const int MaxLine = 2048;
    private const int MaxLines = 128;

    private readonly byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;

    /// <summary>Whether the server said more than it was asked for: after STARTTLS that is somebody in between (RFC 3207 section 6).</summary>
    public bool HasMore => _start < _end;

    /// <summary>Reads one reply of one line or several.</summary>
    /// <exception cref="SmtpException">It is no reply.</exception>
    /// <exception cref="IOException">The connection ended or timed out.</exception>
    public SmtpReply Read()
    {
        var lines = new List<string>();
        while (lines.Count < MaxLines)
        {
            string line = ReadLine();
            if (line.Length < 3
                || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int code)
                || (line.Length > 3 && line[3] is not (' ' or '-')))
            {
                throw new SmtpException($"The server does not speak SMTP: it said '{Shown(line)}'. Check name and port.", isPermanent: true);
            }

            lines.Add(Shown(line.Length > 4 ? line[4..] : string.Empty));
            if (line.Length == 3 || line[3] == ' ')
            {
                return new SmtpReply(code, lines);
            }
        }

        throw new SmtpException("The server's answer does not end.", isPermanent: true);
    }

    private static string Shown(string text) => string.Concat(text.Select(static c => char.IsControl(c) ? ' ' : c));

    private string ReadLine()
    {
        var line = new StringBuilder();
        while (line.Length < MaxLine)
        {
            if (_start == _end)
            {
                _start = 0;
                _end = stream.Read(_buffer);
                if (_end == 0)
                {
                    throw new EndOfStreamException("the server closed the connection");
                }
            }

            char c = (char)_buffer[_start++];
            if (c == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append(c);
        }

        throw new SmtpException("The server's answer is a line without end.", isPermanent: true);
    }
}
