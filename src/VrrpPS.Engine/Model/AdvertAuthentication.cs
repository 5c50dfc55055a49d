namespace VrrpPS;

/// <summary>How an advertisement is authenticated (RFC 3768 section 5.3.6, RFC 2338 section 5.3.6).</summary>
public enum AdvertAuthentication : long
{
    /// <summary>Not at all: every version 3 packet, and version 2 with type 0.</summary>
    None = 0,

    /// <summary>A password in clear text (version 2, type 1).</summary>
    SimpleText = 1,

    /// <summary>An IP authentication header (version 2, type 2). It is not verified here.</summary>
    AuthenticationHeader = 2,

    /// <summary>A type that no RFC defines.</summary>
    Unknown = 3,

    /// <summary>An HMAC trailer behind the message, in either version (keepalived's <c>auth_hmac</c>). It is not verified here.</summary>
    Hmac = 4,
}
