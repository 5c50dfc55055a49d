using System.Diagnostics;
using System.Globalization;
using VrrpPS.Bench.Network;
using VrrpPS.Bench.Nodes;

namespace VrrpPS.Bench.Cases;

/// <summary>Row 11: the packaged module in a fresh pwsh: until it is imported, and from there until an instance listens.</summary>
internal sealed class ModuleStartCase : ICase
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    /// <inheritdoc/>
    public int Row => 11;

    /// <inheritdoc/>
    public string Name => "the module in a fresh pwsh";

    /// <inheritdoc/>
    public IReadOnlyList<(NodeKind First, NodeKind Second)> Pairs { get; } = [(NodeKind.Module, NodeKind.Module)];

    /// <inheritdoc/>
    public List<Sample> Run(CaseContext context, NodeKind first, NodeKind second)
    {
        string pwsh = ModuleCommand.Find() ?? throw new BenchException("pwsh is not installed.");
        using var network = new BenchNetwork(withClient: false);
        var samples = new List<Sample>();
        for (int i = 0; i < (context.Full ? 10 : 3); i++)
        {
            long from = Measure.Clock.Now;
            string[] words = network.Nodes[0].Namespace.RunInside(() => Run(pwsh)).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            samples.Add(new Sample("ours", context.Control.WasLate(from, Measure.Clock.Now), new Dictionary<string, double>(StringComparer.Ordinal)
            {
                ["importMs"] = double.Parse(words[^2], CultureInfo.InvariantCulture),
                ["startMs"] = double.Parse(words[^1], CultureInfo.InvariantCulture),
            }));
        }

        return samples;
    }

    private static string Run(string pwsh)
    {
        // The instance hears nobody and has an interval of 1 s, so that it listens for 3 s before it does anything else.
        string script = $$"""
            $ErrorActionPreference = 'Stop'
            $watch = [Diagnostics.Stopwatch]::StartNew()
            Import-Module '{{ModuleCommand.Module}}'
            $import = $watch.Elapsed.TotalMilliseconds
            $watch.Restart()
            $null = Start-VrrpInstance -Name BENCH -InterfaceName {{BenchNetwork.LinkName}} -VirtualRouterId 77 -VirtualIPAddress 10.77.1.1/16
            while (@(Get-VrrpState -Name BENCH).State -ne 'Backup') { }
            $start = $watch.Elapsed.TotalMilliseconds
            Stop-VrrpInstance -Name BENCH -Force
            [string]::Format([cultureinfo]::InvariantCulture, '{0} {1}', $import, $start)
            """;
        using var process = Process.Start(new ProcessStartInfo(pwsh, ["-NoProfile", "-NonInteractive", "-Command", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        }) ?? throw new BenchException("pwsh cannot be started.");
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(s_patience) || process.ExitCode != 0)
        {
            throw new BenchException($"pwsh ended with an error: {error.GetAwaiter().GetResult()}");
        }

        return output;
    }
}
