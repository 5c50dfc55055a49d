namespace VrrpPS.Bench.Nodes;

/// <summary>Which program a node runs.</summary>
internal enum NodeKind
{
    /// <summary>vrrpps run.</summary>
    Ours,

    /// <summary>Debian's keepalived.</summary>
    Keepalived,
}
