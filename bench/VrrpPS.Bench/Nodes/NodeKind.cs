namespace VrrpPS.Bench.Nodes;

/// <summary>Which program a node runs.</summary>
internal enum NodeKind
{
    /// <summary>vrrpps run.</summary>
    Ours,

    /// <summary>Debian's keepalived.</summary>
    Keepalived,

    /// <summary>The module in a pwsh session.</summary>
    Module,

    /// <summary>A bare loop that does the same system calls and nothing else.</summary>
    Floor,
}
