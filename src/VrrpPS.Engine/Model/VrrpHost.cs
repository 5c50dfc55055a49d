namespace VrrpPS;

/// <summary>Where an instance runs.</summary>
public enum VrrpHost : long
{
    /// <summary>Inside this PowerShell process; it ends with it.</summary>
    Session = 0,

    /// <summary>In the <c>vrrpps</c> service, which outlives the shell.</summary>
    Service = 1,
}
