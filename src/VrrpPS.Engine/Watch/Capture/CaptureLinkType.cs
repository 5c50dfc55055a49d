namespace VrrpPS.Engine.Watch.Capture;

/// <summary>The link types that are understood, by their number in capture files.</summary>
public enum CaptureLinkType
{
    /// <summary>Ethernet frames without preamble.</summary>
    Ethernet = 1,

    /// <summary>Raw IP as some systems number it.</summary>
    RawIPBsd = 12,

    /// <summary>Raw IP as OpenBSD numbers it.</summary>
    RawIPOpenBsd = 14,

    /// <summary>Raw IP; the version is in the first nibble.</summary>
    RawIP = 101,

    /// <summary>Linux "cooked" capture, version 1.</summary>
    LinuxSll = 113,

    /// <summary>Raw IPv4.</summary>
    RawIPv4 = 228,

    /// <summary>Raw IPv6.</summary>
    RawIPv6 = 229,

    /// <summary>Linux "cooked" capture, version 2: with the interface's index.</summary>
    LinuxSll2 = 276,
}
