using System.Globalization;

namespace VrrpPS.Bench.Report;

/// <summary>Prints the lines at 100 columns.</summary>
internal static class TablePrinter
{
    /// <summary>
    /// Prints them, and then what missed its goal, in plain words. "ours" are the samples kept, to which the bounds apply (all of them where
    /// none was kept); the ratio is of all samples, of both. "k*" is a multiple of keepalived's, "f*" of the floor.
    /// </summary>
    public static void Print(TextWriter output, IReadOnlyList<ResultLine> lines)
    {
        output.WriteLine($"{string.Empty,-17}{string.Empty,-33}{"ours",7}{"keepal.",8}{"ratio",7}{"floor",7} {"goal",-9}{"met",-5}kept/aside");
        foreach (var group in lines.GroupBy(static line => (line.Row, line.Case)))
        {
            output.WriteLine($"Row {group.Key.Row}: {group.Key.Case}");
            string previous = string.Empty;
            foreach (var line in group)
            {
                output.WriteLine(
                    $"{(line.Pair == previous ? string.Empty : line.Pair),-17}{line.What,-33}{Number(double.IsNaN(line.Ours) ? line.OursAll : line.Ours),7}"
                    + $"{Number(line.Keepalived),8}{Ratio(line.Ratio),7}{Number(line.Floor),7} {line.Goal,-9}{line.Verdict,-5}{line.Kept}/{line.SetAside}");
                previous = line.Pair;
            }
        }

        output.WriteLine();
        foreach (var line in lines.Where(static line => line.Verdict is "NO" or "NO?"))
        {
            output.WriteLine($"Missed: row {line.Row}, {line.Case}, {line.Pair}: {line.What} is {Number(double.IsNaN(line.Ours) ? line.OursAll : line.Ours)}, the goal is {line.Goal} (keepalived {Number(line.Keepalived)}, floor {Number(line.Floor)}).");
        }

        if (lines.Any(static line => line.Verdict.EndsWith('?')))
        {
            output.WriteLine("A verdict with '?' does not count: the machine was disturbed in more than 5 % of the samples, also when repeated.");
        }

        if (lines.Any(static line => double.IsInfinity(line.Keepalived) || double.IsInfinity(line.OursAll)))
        {
            output.WriteLine("'ever': the address was still there when the measurement gave up, and stays there.");
        }

        if (lines.Any(static line => line.Goal is not null) && lines.All(static line => line.Verdict is "yes" or ""))
        {
            output.WriteLine("Every goal is met.");
        }
    }

    private static string Ratio(double value) => double.IsFinite(value) ? value.ToString("0.00", CultureInfo.InvariantCulture) : "-";

    private static string Number(double value) => value switch
    {
        double.NaN => "-",
        double.PositiveInfinity => "ever",
        double.NegativeInfinity => "-ever",
        _ => value.ToString(Math.Abs(value) >= 100 || value == Math.Floor(value) ? "0" : "0.0", CultureInfo.InvariantCulture),
    };
}
