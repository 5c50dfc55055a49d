using System.Globalization;
using System.Text;

namespace VrrpPS.Engine.Tests.Faults;

/// <summary>What the soak has seen, by the kind of fault.</summary>
internal sealed class SoakReport(int seed)
{
    private readonly Dictionary<SoakFault, Row> _rows = [];

    /// <summary>Notes how one fault went.</summary>
    /// <param name="fault">What it was.</param>
    /// <param name="nowhere">The longest time in which nobody had the address.</param>
    /// <param name="shared">The longest time in which more than one node had it.</param>
    /// <param name="settled">From the end of the fault until one node had it alone.</param>
    public void Add(SoakFault fault, TimeSpan nowhere, TimeSpan shared, TimeSpan settled)
    {
        var row = _rows.GetValueOrDefault(fault);
        _rows[fault] = new Row(row.Count + 1, Max(row.Nowhere, nowhere), Max(row.Shared, shared), Max(row.Settled, settled));
    }

    /// <summary>How many faults there were.</summary>
    public int Count => _rows.Values.Sum(static row => row.Count);

    /// <summary>The worst time with more than one owner, for the kinds in which the nodes can hear each other.</summary>
    public TimeSpan WorstShared => _rows.Where(static row => row.Key != SoakFault.Partition).Select(static row => row.Value.Shared).DefaultIfEmpty().Max();

    /// <summary>The table, with a last line of one's own.</summary>
    public string ToText(string last)
    {
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"seed {seed}, {Count} faults; the worst of each kind in ms:")
            .AppendLine("fault            count  no owner  two owners  settled after");
        foreach (var (fault, row) in _rows.OrderBy(static pair => pair.Key))
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{fault,-15}  {row.Count,5}  {row.Nowhere.TotalMilliseconds,8:0}  {row.Shared.TotalMilliseconds,10:0}  {row.Settled.TotalMilliseconds,13:0}");
        }

        return text.AppendLine(last).ToString();
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private readonly record struct Row(int Count, TimeSpan Nowhere, TimeSpan Shared, TimeSpan Settled);
}
