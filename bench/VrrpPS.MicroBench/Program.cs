using System.Globalization;
using System.Text.Json;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;
using VrrpPS.MicroBench;

// vrrpps-microbench [--full] [--json FILE]. In this process, so that nothing is built for it.
bool full = args.Contains("--full", StringComparer.Ordinal);
int json = Array.IndexOf(args, "--json");
var job = (full ? Job.Default : Job.ShortRun.WithIterationTime(TimeInterval.FromMilliseconds(50))).WithToolchain(InProcessEmitToolchain.Instance);
var config = ManualConfig.CreateEmpty()
    .AddJob(job)
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddLogger(json >= 0 ? NullLogger.Instance : ConsoleLogger.Default)
    .WithOptions(ConfigOptions.DisableLogFile)
    .WithArtifactsPath(Path.Combine(Path.GetTempPath(), $"vrrpps-microbench-{Environment.ProcessId}"));
var summary = BenchmarkRunner.Run<CodecAndMachine>(config);
var failed = summary.Reports.Where(static report => report.ResultStatistics is null).ToList();
foreach (var report in failed)
{
    Console.Error.WriteLine($"{report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo} has no result.");
}

if (failed.Count > 0 || summary.HasCriticalValidationErrors)
{
    return 1;
}

var results = summary.Reports.Select(static report => new
{
    name = report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\''),
    nanoseconds = report.ResultStatistics!.Mean,
    errorNanoseconds = report.ResultStatistics.StandardError,
    bytes = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? -1,
}).ToList();
if (json >= 0)
{
    File.WriteAllText(args[json + 1], JsonSerializer.Serialize(results));
}

foreach (var result in results)
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.name,-24}{result.nanoseconds,10:0.0} ns{result.bytes,6} bytes allocated"));
}

return 0;
