using System.CommandLine;
using VrrpPS.Bench;
using VrrpPS.Bench.Layout;
using VrrpPS.Bench.Loops;
using VrrpPS.Bench.Network;
using VrrpPS.Bench.Nodes;

const int shortRuns = 3, fullRuns = 100;
var rows = new Option<string>("--rows") { Description = "Which rows of the table of goals, separated by commas.", DefaultValueFactory = static _ => "1,2,3,4,5,6,7,8,9,10,11,12" };
var runs = new Option<int?>("--runs") { Description = "Samples per case and pair of programs." };
var shortRun = new Option<bool>("--short") { Description = $"{shortRuns} samples each (the default): whether anything is badly wrong." };
var fullRun = new Option<bool>("--full") { Description = $"{fullRuns} samples each: takes hours." };
var json = new Option<string?>("--json") { Description = "Also writes everything to a JSON file." };
var only = new Option<string?>("--only") { Description = "Only cases whose name contains this." };
var alone = new Option<bool>("--without-keepalived") { Description = "Measures ours alone." };
var repeats = new Option<int>("--repeats") { Description = "How often a disturbed run is repeated.", DefaultValueFactory = static _ => 2 };
var vrrpps = new Option<string>("--vrrpps") { Description = "The vrrpps to measure, as users get it; ./build.sh bench makes it.", DefaultValueFactory = static _ => "artifacts/bench/ready-to-run/vrrpps" };
var native = new Option<bool>("--native") { Description = "That vrrpps is a native program: its goal for memory is another." };
var microbench = new Option<string>("--microbench") { Description = "The program that measures the codec.", DefaultValueFactory = static _ => "bench/VrrpPS.MicroBench/bin/Release/net10.0/vrrpps-microbench" };
var plots = new Option<string?>("--plots") { Description = "Also measures how cost grows, and draws it into this directory." };
var module = new Option<string>("--module") { Description = "The module's manifest, as users get it.", DefaultValueFactory = static _ => ModuleCommand.Module };
var root = new RootCommand("Measures every row of the table of goals beside keepalived, in network namespaces. Needs root.")
{
    rows, runs, shortRun, fullRun, json, only, alone, repeats, vrrpps, native, module, microbench, plots,
};
root.Subcommands.Add(LoopOptions.CreateCommand());
root.Subcommands.Add(LayoutCommand.Create());
root.Subcommands.Add(LayoutCommand.CreateTrace());
root.SetAction(parsed =>
{
    using var cleaner = new Cleaner();
    ModuleCommand.Module = Path.GetFullPath(parsed.GetValue(module)!);
    var options = new BenchOptions
    {
        Rows = [.. parsed.GetValue(rows)!.Split(',').Select(static row => int.Parse(row))],
        Runs = parsed.GetValue(runs) ?? (parsed.GetValue(fullRun) ? fullRuns : shortRuns),
        Full = parsed.GetValue(fullRun),
        Only = parsed.GetValue(only),
        Keepalived = !parsed.GetValue(alone),
        Repeats = parsed.GetValue(repeats),
        Vrrpps = Path.GetFullPath(parsed.GetValue(vrrpps)!),
        Native = parsed.GetValue(native),
        Microbench = Path.GetFullPath(parsed.GetValue(microbench)!),
        Plots = parsed.GetValue(plots),
        Json = parsed.GetValue(json),
    };
    try
    {
        return new BenchRunner(options, Console.Out).Run() ? 0 : 1;
    }
    catch (BenchException exception)
    {
        Console.Error.WriteLine(exception.Message);
        return 2;
    }
});
return root.Parse(args).Invoke();
