namespace VrrpPS.Engine.Notification.Mail;

/// <summary>A mail server refused something, or does not speak SMTP.</summary>
/// <param name="message">What, with the server's own words.</param>
/// <param name="isPermanent">Whether trying again would end the same way (RFC 5321 section 4.2.1: 5yz).</param>
internal sealed class SmtpException(string message, bool isPermanent) : Exception(message)
{
    /// <summary>Whether trying again would end the same way.</summary>
    public bool IsPermanent { get; } = isPermanent;
}
