namespace VrrpPS.Engine.Notification.Mail;

/// <summary>A mail server's answer (RFC 5321 section 4.2).</summary>
/// <param name="Code">Its three digits.</param>
/// <param name="Lines">Its texts, one for each line.</param>
internal readonly record struct SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    /// <summary>The answer on one line.</summary>
    public override string ToString() => $"{Code} {string.Join(' ', Lines)}".TrimEnd();
}
