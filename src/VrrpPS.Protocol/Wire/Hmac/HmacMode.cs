namespace VrrpPS.Protocol.Wire;

/// <summary>How far an HMAC is insisted on; the way from none to everywhere goes from the last member to the first.</summary>
public enum HmacMode : long
{
    /// <summary>Signs, and refuses what is not signed.</summary>
    Enforce = 0,

    /// <summary>Signs, and accepts what is not signed.</summary>
    Permissive = 1,

    /// <summary>Does not sign; what is signed must be right, what is not is accepted.</summary>
    ReceiveOnly = 2,
}
