namespace VrrpPS.Engine.Configuration.Trackers;

/// <summary>What a tracker looks at.</summary>
public enum TrackerKind : long
{
    /// <summary>Whether an interface is up.</summary>
    Interface = 0,

    /// <summary>Whether a TCP port accepts connections.</summary>
    Tcp,

    /// <summary>Whether a URI answers as expected.</summary>
    Http,

    /// <summary>Whether an address answers an ICMP echo.</summary>
    Ping,

    /// <summary>Whether a program ends with exit code 0.</summary>
    Script,

    /// <summary>Whether enough processes of a name run.</summary>
    Process,

    /// <summary>The number in a file.</summary>
    File,
}
