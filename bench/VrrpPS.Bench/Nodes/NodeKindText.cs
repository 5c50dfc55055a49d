namespace VrrpPS.Bench.Nodes;

/// <summary>What the report calls a program.</summary>
internal static class NodeKindText
{
    /// <summary>ours, keepalived, pwsh or floor.</summary>
    public static string Text(this NodeKind kind) => kind switch
    {
        NodeKind.Ours => "ours",
        NodeKind.Keepalived => "keepalived",
        NodeKind.Module => "pwsh",
        _ => "floor",
    };
}
