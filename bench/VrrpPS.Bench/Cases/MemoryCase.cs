using System.Globalization;
using VrrpPS.Bench.Nodes;

namespace VrrpPS.Bench.Cases;

/// <summary>Row 9: the memory of a node with 255 virtual routers, guard included, once all are Master and, in full, after an hour.</summary>
/// <param name="native">Whether ours is a native program, whose goal is another.</param>
internal sealed class MemoryCase(bool native) : ICase
{
    /// <summary>What the name of a native program's case contains.</summary>
    public const string Native = "native";

    /// <summary>What takeovers leave is collected when nothing has happened for a while; keepalived collects nothing.</summary>
    private static readonly TimeSpan s_settle = TimeSpan.FromSeconds(11);
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public int Row => 9;

    /// <inheritdoc/>
    public string Name => native ? $"memory with 255 routers, {Native} program" : "memory with 255 routers";

    /// <inheritdoc/>
    public IReadOnlyList<(NodeKind First, NodeKind Second)> Pairs { get; } =
        [(NodeKind.Ours, NodeKind.Ours), (NodeKind.Keepalived, NodeKind.Keepalived)];

    /// <inheritdoc/>
    public List<Sample> Run(CaseContext context, NodeKind first, NodeKind second)
    {
        using var cell = new LoadCell(new LoadPlan(255, 10), context.Vrrpps);
        cell.StartNode(first);
        cell.WaitForMasters();
        var values = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["pssMb"] = Sum(cell.Node!.Processes, "Pss:"),
            ["rssMb"] = Sum(cell.Node.Processes, "Rss:"),
            ["ownMb"] = Sum(cell.Node.Processes, "Pss_Anon:"),
            ["processes"] = cell.Node.Processes.Count,
        };
        if (context.Full || first == NodeKind.Ours)
        {
            Thread.Sleep(s_settle);
        }

        values["pssSettledMb"] = Sum(cell.Node.Processes, "Pss:");
        values["ownSettledMb"] = Sum(cell.Node.Processes, "Pss_Anon:");
        if (context.Full)
        {
            Thread.Sleep(s_hour);
            values["pssHourMb"] = Sum(cell.Node.Processes, "Pss:");
        }

        // Other load does not change what a program keeps.
        return [new Sample(first.Text(), SetAside: false, values)];
    }

    private static double Sum(IEnumerable<int> processes, string what) => processes.Sum(pid => File.ReadLines($"/proc/{pid}/smaps_rollup")
        .Where(line => line.StartsWith(what, StringComparison.Ordinal))
        .Sum(static line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture))) / 1024;
}
