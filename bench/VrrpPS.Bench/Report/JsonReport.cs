using System.Text.Json;
using System.Text.Json.Serialization;
using VrrpPS.Bench.Measure;

namespace VrrpPS.Bench.Report;

/// <summary>Everything as a JSON file: the table, every sample, and what the control saw.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Writes it.</summary>
    public static void Write(string path, IReadOnlyList<CaseResult> results, Control control, DateTimeOffset began)
        => File.WriteAllText(path, JsonSerializer.Serialize(
            new
            {
                began,
                ended = DateTimeOffset.UtcNow,
                machine = new { processors = Environment.ProcessorCount, kernel = Environment.OSVersion.VersionString },
                control = new
                {
                    realTime = control.IsRealTime,
                    wakeups = control.Wakeups,
                    lateOver1Ms = control.LateCount,
                    worstMs = control.Worst / 1e6,
                    lateShare = control.LateShare,
                    stolenTicks = control.StolenTicks,
                },
                table = results.SelectMany(static result => result.Lines()),
                samples = results.Select(static result => new { result.Row, result.Name, result.Pairs }),
            },
            s_options));
}
