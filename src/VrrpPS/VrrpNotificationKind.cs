namespace VrrpPS;

/// <summary>How something is told.</summary>
public enum VrrpNotificationKind : long
{
    /// <summary>A program is run.</summary>
    Command = 0,

    /// <summary>Named pipes get keepalived's lines.</summary>
    Fifo,

    /// <summary>A file gets lines of JSON.</summary>
    EventFile,

    /// <summary>An e-mail is sent.</summary>
    Mail,
}
