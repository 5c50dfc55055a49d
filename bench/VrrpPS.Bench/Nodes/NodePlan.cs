using System.Globalization;
using System.Text;
using VrrpPS.Bench.Network;

namespace VrrpPS.Bench.Nodes;

/// <summary>How both nodes of a cell are configured: one text, which both programs read.</summary>
internal sealed record NodePlan
{
    /// <summary>How many virtual addresses.</summary>
    public int Addresses { get; init; } = 1;

    /// <summary>The advertisement interval in centiseconds.</summary>
    public int Interval { get; init; } = 100;

    /// <summary>Whether the first node takes the role back.</summary>
    public bool Preempt { get; init; }

    /// <summary>The priority of a node.</summary>
    public static int PriorityOf(int node) => 200 - node;

    /// <summary>The text for a node.</summary>
    public string ConfigurationOf(int node)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"global_defs {{\n    router_id bench{node}\n}}\n");
        text.Append("vrrp_instance BENCH {\n    state BACKUP\n    version 3\n    virtual_router_id 77\n");
        text.Append(CultureInfo.InvariantCulture, $"    interface {BenchNetwork.LinkName}\n    priority {PriorityOf(node)}\n");
        text.Append(CultureInfo.InvariantCulture, $"    advert_int {Interval / 100m:0.##}\n");
        if (!Preempt)
        {
            text.Append("    nopreempt\n");
        }

        text.Append("    virtual_ipaddress {\n");
        for (int i = 0; i < Addresses; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"        {BenchNetwork.VirtualAddress(i)}/{BenchNetwork.PrefixLength}\n");
        }

        return text.Append("    }\n}\n").ToString();
    }
}
