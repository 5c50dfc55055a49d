using System.Globalization;

namespace VrrpPS.Bench.Report;

/// <summary>Prints the lines at 100 columns.</summary>
internal static class TablePrinter
{
    /// <summary>
    /// Prints them, and then what missed its goal, in plain words. "ours" are the samples kept, to which the goals apply; "all" ours
    /// with those set aside, with which keepalived (all of it) is compared.
    /// </summary>
    public static void Print(TextWriter output, IReadOnlyList<ResultLine> lines)
    {
        output.WriteLine($"{string.Empty,-17}{string.Empty,-31}{"ours",7}{"all",7}{"keepal.",9}{"differ.",8} {"goal",-7}{"met",-5}kept/aside");
        foreach (var group in lines.GroupBy(static line => (line.Row, line.Case)))
        {
            output.WriteLine($"Row {group.Key.Row}: {group.Key.Case}");
            string previous = string.Empty;
            foreach (var line in group)
            {
                output.WriteLine(
                    $"{(line.Pair == previous ? string.Empty : line.Pair),-17}{line.What,-31}{Number(line.Ours),7}{Number(line.OursAll),7}"
                    + $"{Number(line.Keepalived),9}{Number(line.OursAll - line.Keepalived),8} {line.Goal,-7}{line.Verdict,-5}{line.Kept}/{line.SetAside}");
                previous = line.Pair;
            }
        }

        output.WriteLine();
        foreach (var line in lines.Where(static line => line.Verdict is "NO" or "NO?"))
        {
            output.WriteLine($"Missed: row {line.Row}, {line.Case}, {line.Pair}: {line.What} is {Number(line.Ours)}, the goal is {line.Goal}.");
        }

        if (lines.Any(static line => line.Verdict.EndsWith('?')))
        {
            output.WriteLine("A verdict with '?' does not count: the machine was disturbed in more than 5 % of the samples, also when repeated.");
        }

        if (lines.Any(static line => double.IsInfinity(line.Keepalived) || double.IsInfinity(line.OursAll)))
        {
            output.WriteLine("'ever': the address was still there when the measurement gave up, after 6 s, and stays there.");
        }

        if (lines.All(static line => line.Verdict is "yes" or ""))
        {
            output.WriteLine("Every goal is met.");
        }
    }

    private static string Number(double value) => value switch
    {
        double.NaN => "-",
        double.PositiveInfinity => "ever",
        double.NegativeInfinity => "-ever",
        _ => value.ToString(Math.Abs(value) >= 100 || value == Math.Floor(value) ? "0" : "0.0", CultureInfo.InvariantCulture),
    };
}
