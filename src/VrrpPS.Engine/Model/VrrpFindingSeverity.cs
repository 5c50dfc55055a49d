namespace VrrpPS;

/// <summary>How much a finding of a check matters.</summary>
public enum VrrpFindingSeverity : long
{
    /// <summary>Good to know; nothing has to be done.</summary>
    Information = 0,

    /// <summary>It works, but not in every case, or not as it seems.</summary>
    Warning = 1,

    /// <summary>It does not work, or both nodes may become Master.</summary>
    Error = 2,
}
