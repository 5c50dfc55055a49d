namespace VrrpPS.Protocol.Wire;

/// <summary>The authentication type in a version 2 message (RFC 3768 section 5.3.6); version 3 has none.</summary>
public enum AuthenticationType : long
{
    /// <summary>No authentication; the authentication data is ignored.</summary>
    None = 0,

    /// <summary>A password in clear. It protects against mistakes, not against attackers.</summary>
    SimpleText = 1,

    /// <summary>An IP Authentication Header (RFC 2338 section 5.3.6.3) in front of the message; IPv4 only.</summary>
    AuthenticationHeader = 2,
}
