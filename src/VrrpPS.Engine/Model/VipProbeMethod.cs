namespace VrrpPS;

/// <summary>How a virtual address is asked whether it serves.</summary>
public enum VipProbeMethod : long
{
    /// <summary>ICMP echo.</summary>
    Ping = 0,

    /// <summary>A TCP connection of its own each time.</summary>
    Tcp = 1,

    /// <summary>An HTTP request over a connection of its own each time.</summary>
    Http = 2,
}
