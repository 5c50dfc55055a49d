using System.Diagnostics;
using VrrpPS.Bench.Network;

namespace VrrpPS.Bench.Nodes;

/// <summary>A process per processor that computes at ordinary priority and never sleeps.</summary>
internal sealed class Burners : IDisposable
{
    private readonly List<Process> _processes = [];

    /// <summary>Starts them.</summary>
    public Burners(BenchHost host)
    {
        Cleaner.Add(this);
        for (int i = 0; i < Environment.ProcessorCount; i++)
        {
            _processes.Add(host.Namespace.RunInside(static () => Process.Start(
                new ProcessStartInfo("sh", ["-c", "while :; do :; done"]) { UseShellExecute = false, RedirectStandardInput = true })
                ?? throw new BenchException("sh cannot be started.")));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }

        _processes.Clear();
        Cleaner.Remove(this);
    }
}
