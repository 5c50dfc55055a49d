namespace VrrpPS.Protocol.Wire;

/// <summary>The fields of an advertisement that are not its address list.</summary>
/// <param name="Version">Version 2 or 3.</param>
/// <param name="VirtualRouterId">The VRID, 1..255.</param>
/// <param name="Priority">The priority; 255 owns the addresses, 0 is leaving.</param>
/// <param name="Interval">The advertisement interval.</param>
public readonly record struct AdvertisementHeader(VrrpVersion Version, byte VirtualRouterId, byte Priority, Interval Interval)
{
    /// <summary>The authentication type; version 2 only.</summary>
    public AuthenticationType AuthenticationType { get; init; }

    /// <summary>
    /// The password, with <see cref="AuthenticationType.SimpleText"/>. With <see cref="AuthenticationType.AuthenticationHeader"/>
    /// it is empty: that key never leaves the host (<see cref="AdvertisementFrameOptions.AuthenticationKey"/>).
    /// </summary>
    public AuthenticationData AuthenticationData { get; init; }

    /// <summary>Whether the fields fit the wire for a family.</summary>
    public EncodeError Check(AddressFamily family)
    {
        if (Version is not (VrrpVersion.V2 or VrrpVersion.V3))
        {
            return EncodeError.Version;
        }

        if (Version == VrrpVersion.V2 && family == AddressFamily.IPv6)
        {
            return EncodeError.VersionForFamily;
        }

        if (VirtualRouterId == 0)
        {
            return EncodeError.VirtualRouterId;
        }

        if (!Interval.IsValidFor(Version))
        {
            return EncodeError.Interval;
        }

        return AuthenticationFits ? EncodeError.None : EncodeError.Authentication;
    }

    private bool AuthenticationFits => AuthenticationType switch
    {
        AuthenticationType.None => AuthenticationData.IsEmpty,
        AuthenticationType.SimpleText => Version == VrrpVersion.V2,
        AuthenticationType.AuthenticationHeader => Version == VrrpVersion.V2 && AuthenticationData.IsEmpty,
        _ => false,
    };
}
