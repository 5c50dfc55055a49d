using System.Diagnostics;
using VrrpPS.Bench.Cases;
using VrrpPS.Bench.Measure;
using VrrpPS.Bench.Nodes;
using VrrpPS.Bench.Report;
using VrrpPS.Engine.Linux;
using VrrpPS.Protocol;

namespace VrrpPS.Bench;

/// <summary>Measures what was asked for, ours and keepalived in turn, and reports.</summary>
internal sealed class BenchRunner(BenchOptions options, TextWriter output)
{
    private static readonly int[] s_sizes = [1, 10, 100, 1000];
    private static readonly AddressFamily[] s_families = [AddressFamily.IPv4, AddressFamily.IPv6];
    private static readonly int[] s_routers = [1, 16, 64, 255];

    /// <summary>After this a short run repeats nothing more: it is to end within three minutes, and says what was disturbed.</summary>
    private static readonly TimeSpan s_short = TimeSpan.FromSeconds(60);

    private readonly ICase[] _cases =
    [
        new TakeoverOverheadCase(),
        new LinkDownCase(),
        new PlannedStopCase("planned stop, 1 address", 1, dropPriorityZero: false),
        new PlannedStopCase("planned stop, 200 addresses", 200, dropPriorityZero: false),
        new PlannedStopCase("planned stop, 1 address, priority 0 lost", 1, dropPriorityZero: true),
        new KillCase("1 s, guard alive", 100, guardToo: false),
        new KillCase("1 s, guard killed", 100, guardToo: true),
        new KillCase("100 ms, guard alive", 10, guardToo: false),
        new KillCase("100 ms, guard killed", 10, guardToo: true),
        new KillCase("10 ms, guard alive", 1, guardToo: false),
        new KillCase("10 ms, guard killed", 1, guardToo: true),
        new FreezeCase("process frozen", guardToo: false),
        new FreezeCase("process and guard frozen", guardToo: true),
        .. s_routers.Select(static routers => new SendLoadCase(routers)),
        .. s_routers.Select(static routers => new ReceiveLoadCase(routers)),
        new MemoryCase(options.Native),
        new LatenessCase("lateness, both processors busy", NodeKind.Ours, realTime: false),
        new LatenessCase("lateness, busy, real-time", NodeKind.Ours, realTime: true),
        new LatenessCase("lateness, busy, pwsh with a heap of 1 GB", NodeKind.Module, realTime: false),
        new ModuleStartCase(),
        new MicroCase(),
        .. s_sizes.SelectMany(static size => s_families.Select(family => new TakeoverSizeCase(size, family))),
    ];

    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Runs; whether every goal was met on an undisturbed machine.</summary>
    public bool Run()
    {
        var began = DateTimeOffset.UtcNow;
        using var control = new Control(realTime: true);
        var context = new CaseContext(control, options.Vrrpps, options.Microbench, options.Runs, options.Full);
        var results = new List<CaseResult>();
        var failures = new List<string>();
        var points = new List<(Growth Growth, CaseResult Result)>();
        foreach (var selected in _cases.Where(IsSelected).OrderBy(static candidate => candidate.Row))
        {
            var result = new CaseResult(selected.Row, selected.Name);
            foreach (var (first, second) in selected.Pairs.Where(pair => IsComplete || pair.First == pair.Second).Where(pair => options.Keepalived || pair.First != NodeKind.Keepalived && pair.Second != NodeKind.Keepalived))
            {
                try
                {
                    result.Add(RunUndisturbed(context, selected, first, second));
                }
                catch (Exception exception) when (exception is BenchException or KernelException)
                {
                    // The other rows are still worth having.
                    failures.Add($"row {selected.Row}, {selected.Name}, {first.Text()} and {second.Text()}: {exception.Message}");
                    output.WriteLine($"  not measured: {exception.Message}");
                }
            }

            results.Add(result);
            if (selected.Growth is { } growth)
            {
                points.Add((growth, result));
            }
        }

        ResultLine[] lines = [.. results.SelectMany(static result => result.Lines())];
        TablePrinter.Print(output, lines);
        output.WriteLine(FormattableString.Invariant(
            $"Control ({(control.IsRealTime ? "real-time" : "ordinary")} priority): {control.LateCount} of {control.Wakeups} wake-ups over 1 ms late, {control.LateShare:P1} of the time, worst {control.Worst / 1e6:0.0} ms; stolen {control.StolenTicks / 100.0:0.00} s."));
        if (options.Plots is { } directory)
        {
            foreach (string file in Plot.Write(directory, points))
            {
                output.WriteLine($"Drawn: {file}");
            }
        }

        foreach (string failure in failures)
        {
            output.WriteLine($"Not measured: {failure}");
        }

        if (options.Json is { } path)
        {
            JsonReport.Write(path, results, control, began);
        }

        return failures.Count == 0 && lines.All(static line => line.Verdict is "yes" or "");
    }

    /// <summary>Whether every arrangement is wanted, mixed pairs among them.</summary>
    private bool IsComplete => options.Full || options.Only is not null;

    private bool IsSelected(ICase candidate)
        => options.Rows.Contains(candidate.Row)
            && (candidate.InShort || IsComplete || (options.Plots is not null && candidate.Growth is not null))
            && (options.Only is null || candidate.Name.Contains(options.Only, StringComparison.OrdinalIgnoreCase));

    private List<Sample> RunUndisturbed(CaseContext context, ICase selected, NodeKind first, NodeKind second)
    {
        for (int attempt = 0; ; attempt++)
        {
            output.WriteLine($"{Stopwatch.GetElapsedTime(_start).TotalSeconds,5:0} s, row {selected.Row}: {selected.Name}: {(first == second ? first.Text() : $"{first.Text()} and {second.Text()}")}{(attempt > 0 ? $", repeated ({attempt})" : string.Empty)}");
            using var quiet = new QuietHeap();
            var samples = selected.Run(context, first, second);
            if (!CaseResult.IsDisturbed(samples, out int aside))
            {
                return samples;
            }

            output.WriteLine($"  {aside} of {samples.Count} samples set aside: the machine was disturbed, this run does not pass");
            if (attempt >= options.Repeats || (!options.Full && Stopwatch.GetElapsedTime(_start) > s_short))
            {
                return samples;
            }
        }
    }
}
