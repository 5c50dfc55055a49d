namespace VrrpPS;

/// <summary>Which way an advertisement went, seen from the host that listened or captured.</summary>
public enum AdvertDirection : long
{
    /// <summary>It came in: sent to the group, to everyone or to this host.</summary>
    Received = 0,

    /// <summary>This host sent it.</summary>
    Sent = 1,

    /// <summary>It was meant for another host and passed by.</summary>
    Overheard = 2,

    /// <summary>The capture file does not say.</summary>
    Unknown = 3,
}
