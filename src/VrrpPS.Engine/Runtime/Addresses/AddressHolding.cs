namespace VrrpPS.Engine.Runtime.Addresses;

/// <summary>Who holds a virtual address on this node.</summary>
internal enum AddressHolding
{
    /// <summary>Nobody.</summary>
    Unbound = 0,

    /// <summary>We bound it and will release it.</summary>
    Ours,

    /// <summary>It was there before us; we neither renew nor remove it.</summary>
    Foreign,
}
