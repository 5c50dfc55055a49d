using System.Globalization;
using System.Text;

namespace VrrpPS.Engine.Notification.Mail;

/// <summary>Writes a message of text in ASCII lines of at most 76 characters (RFC 5322, 2045 and 2047).</summary>
internal static class MailText
{
    /// <summary>The bytes of UTF-8 that fit an encoded word of 75 characters: its frame takes 12, and base64 makes 4 out of 3.</summary>
    private const int WordBytes = 45;

    /// <summary>The whole message, its lines separated by CR LF.</summary>
    public static string Compose(string from, IEnumerable<string> to, string subject, string body, DateTimeOffset time, string messageId)
    {
        bool isPlain = body.All(static c => c is '\n' or (>= ' ' and <= '~')) && body.Split('\n').All(static line => line.Length <= 76);
        string[] lines =
        [
            $"Date: {time.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture)}{Zone(time.Offset)}",
            $"From: {from}",
            $"To: {string.Join(",\r\n ", to)}",
            $"Subject: {Header(subject)}",
            $"Message-ID: <{messageId}>",
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            $"Content-Transfer-Encoding: {(isPlain ? "7bit" : "base64")}",
            string.Empty,
            isPlain
                ? body.Replace("\n", "\r\n", StringComparison.Ordinal)
                : Convert.ToBase64String(Encoding.UTF8.GetBytes(body.Replace("\n", "\r\n", StringComparison.Ordinal)), Base64FormattingOptions.InsertLineBreaks),
        ];
        return string.Join("\r\n", lines);
    }

    /// <summary>A header's text: as it is when short and ASCII, else encoded words, folded.</summary>
    public static string Header(string text)
    {
        if (text.Length <= 60 && text.All(static c => c is >= ' ' and <= '~') && !text.Contains("=?", StringComparison.Ordinal))
        {
            return text;
        }

        var words = new List<string>();
        var word = new StringBuilder();
        int bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            // A character is never split between two words (RFC 2047 section 5).
            if (bytes + rune.Utf8SequenceLength > WordBytes)
            {
                End();
            }

            word.Append(Rune.IsControl(rune) ? " " : rune.ToString());
            bytes += rune.Utf8SequenceLength;
        }

        End();
        return string.Join("\r\n ", words);

        void End()
        {
            words.Add($"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(word.ToString()))}?=");
            word.Clear();
            bytes = 0;
        }
    }

    private static string Zone(TimeSpan offset)
        => string.Create(CultureInfo.InvariantCulture, $"{(offset < TimeSpan.Zero ? '-' : '+')}{Math.Abs(offset.Hours):00}{Math.Abs(offset.Minutes):00}");
}
