namespace VrrpPS.Engine.Linux;

/// <summary>Those of the capabilities of capabilities(7) that matter here, by their bits.</summary>
[Flags]
public enum Capabilities : long
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>CAP_KILL: end a script that runs as another user.</summary>
    Kill = 1L << 5,

    /// <summary>CAP_SETGID: run a script as another group.</summary>
    SetGid = 1L << 6,

    /// <summary>CAP_SETUID: run a script as another user.</summary>
    SetUid = 1L << 7,

    /// <summary>CAP_NET_ADMIN: bind addresses, change links.</summary>
    NetAdmin = 1L << 12,

    /// <summary>CAP_NET_RAW: packet and raw sockets.</summary>
    NetRaw = 1L << 13,

    /// <summary>CAP_SYS_ADMIN: enter another network namespace.</summary>
    SysAdmin = 1L << 21,
}
