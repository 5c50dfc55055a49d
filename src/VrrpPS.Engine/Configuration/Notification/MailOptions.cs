namespace VrrpPS.Engine.Configuration.Notification;

/// <summary>Where and how a change of role is told by e-mail.</summary>
public sealed record MailOptions
{
    /// <summary>The mail server's name or address.</summary>
    public required string Server { get; init; }

    /// <summary>Its port, 1..65535; null for the usual one: 465 with <see cref="MailSecurity.Tls"/>, 587 with <see cref="MailSecurity.StartTls"/>, else 25.</summary>
    public int? Port { get; init; }

    /// <summary>How the connection is protected.</summary>
    public MailSecurity Security { get; init; }

    /// <summary>The user to log in as (RFC 4954, PLAIN or LOGIN); null for none.</summary>
    public string? User { get; init; }

    /// <summary>The user's password; it is sent over TLS only.</summary>
    public Secret? Password { get; init; }

    /// <summary>A PEM file with the only certificate authorities to trust; null for those of the system.</summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>The name this node introduces itself by (RFC 5321 section 4.1.1.1); null for the host's name.</summary>
    public string? HelloName { get; init; }

    /// <summary>The sender's address.</summary>
    public required string From { get; init; }

    /// <summary>The recipients' addresses, at least one.</summary>
    public required VrrpList<string> To { get; init; }

    /// <summary>What the subject calls this node; null for the host's name.</summary>
    public string? NodeName { get; init; }

    /// <summary>How long connecting, and each answer of the server, may take: 1 s to 5 min.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether Fault is told as well.</summary>
    public bool Faults { get; init; } = true;

    /// <summary>The recipients and the server.</summary>
    public override string ToString() => $"{To} through {Server}";

    /// <summary>The port that is used.</summary>
    public int EffectivePort => Port ?? Security switch
    {
        MailSecurity.Tls => 465,
        MailSecurity.StartTls => 587,
        _ => 25,
    };
}
