namespace VrrpPS.Engine.Configuration.Notification;

/// <summary>How the connection to a mail server is protected.</summary>
public enum MailSecurity : long
{
    /// <summary>Not at all; no password is sent over such a connection.</summary>
    None = 0,

    /// <summary>STARTTLS (RFC 3207); a server that does not offer it is refused.</summary>
    StartTls,

    /// <summary>TLS from the first byte (RFC 8314 section 3.3), usually on port 465.</summary>
    Tls,
}
