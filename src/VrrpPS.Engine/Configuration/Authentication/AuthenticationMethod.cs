namespace VrrpPS.Engine.Configuration;

/// <summary>What version 2 does with the password.</summary>
public enum AuthenticationMethod : long
{
    /// <summary>Sends it in clear text (RFC 2338 section 5.3.6.2). It protects against mistakes only.</summary>
    Pass = 0,

    /// <summary>Keys an IP Authentication Header with it (RFC 2338 section 5.3.6.3, HMAC-MD5-96), as keepalived's <c>auth_type AH</c>.</summary>
    AH = 1,
}
