using System.Diagnostics;
using System.Text.Json;
using VrrpPS.Bench.Nodes;

namespace VrrpPS.Bench.Cases;

/// <summary>Row 12: the codec and the state machine alone, measured by BenchmarkDotNet in a process of its own.</summary>
internal sealed class MicroCase : ICase
{
    /// <summary>What is measured there; each has a time and the bytes it allocates.</summary>
    public static readonly IReadOnlyList<string> Parts = ["decode and validate", "build", "step: heard", "step: advertise"];

    /// <inheritdoc/>
    public int Row => 12;

    /// <inheritdoc/>
    public string Name => "codec and state machine";

    /// <inheritdoc/>
    public IReadOnlyList<(NodeKind First, NodeKind Second)> Pairs { get; } = [(NodeKind.Ours, NodeKind.Ours)];

    /// <inheritdoc/>
    public List<Sample> Run(CaseContext context, NodeKind first, NodeKind second)
    {
        if (!File.Exists(context.Microbench))
        {
            throw new BenchException($"There is no {context.Microbench}; --microbench says where it is.");
        }

        string file = Path.GetTempFileName();
        try
        {
            using var process = Process.Start(new ProcessStartInfo(context.Microbench, [.. context.Full ? ["--full"] : Array.Empty<string>(), "--json", file])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }) ?? throw new BenchException($"{context.Microbench} cannot be started.");
            _ = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                throw new BenchException($"{context.Microbench} ended with exit code {process.ExitCode}.");
            }

            var values = new Dictionary<string, double>(StringComparer.Ordinal);
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var part in document.RootElement.EnumerateArray())
            {
                string name = part.GetProperty("name").GetString()!;
                values[name + ", ns"] = part.GetProperty("nanoseconds").GetDouble();
                values[name + ", bytes"] = part.GetProperty("bytes").GetDouble();
            }

            return Parts.FirstOrDefault(name => !values.ContainsKey(name + ", ns")) is { } missing
                ? throw new BenchException($"{context.Microbench} says nothing of '{missing}'.")
                : [new Sample("ours", SetAside: false, values)];
        }
        finally
        {
            File.Delete(file);
        }
    }
}
