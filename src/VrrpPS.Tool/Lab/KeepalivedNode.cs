using System.Diagnostics;
using System.Globalization;
using VrrpPS.Service.Native;

namespace VrrpPS.Tool.Lab;

/// <summary>
/// A node run by the keepalived that is installed on this machine, with the same configuration file, its own pid files and
/// its log on standard output.
/// </summary>
internal sealed class KeepalivedNode : ILabNode
{
    private const string Executable = "keepalived";

    private readonly LabWorkspace _workspace;
    private readonly LabTimeline _timeline;
    private readonly LabTransitions _transitions;
    private LabNodeProcess? _process;

    public KeepalivedNode(LabNodePlan plan, LabWorkspace workspace, LabTimeline timeline, LabTransitions transitions)
    {
        Plan = plan;
        _workspace = workspace;
        _timeline = timeline;
        _transitions = transitions;
        Description = FindVersion() ?? Executable;
    }

    /// <inheritdoc/>
    public LabNodePlan Plan { get; }

    /// <inheritdoc/>
    public string Description { get; }

    private string VrrpPidPath => _workspace.PathOf($"{Plan.Name}-vrrp.pid");

    /// <summary>The first line of <c>keepalived --version</c>, shortened; null when it is not installed.</summary>
    public static string? FindVersion()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Executable, "--version")
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            });
            var line = process?.StandardError.ReadLine();
            process?.WaitForExit();
            return line is null ? null : string.Join(' ', line.Split(' ').Take(2));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // Not on the PATH.
            return null;
        }
    }

    /// <inheritdoc/>
    public bool IsRunning => _process is { IsRunning: true };

    /// <inheritdoc/>
    public void Start()
    {
        string[] arguments =
        [
            "--dont-fork", "--log-console", "--log-detail", "--vrrp",
            "--use-file", _workspace.ConfigurationPath(Plan),
            "--pid", _workspace.PathOf($"{Plan.Name}.pid"),
            "--vrrp_pid", VrrpPidPath,
        ];
        // A child inherits the network namespace of the thread that starts it.
        _process = LabNetwork.RunIn(Plan.Name, () => LabNodeProcess.Start(Executable, arguments, OnLog, OnLog));
    }

    /// <inheritdoc/>
    public async Task KillAsync()
    {
        // The VRRP child before its parent, whose death it would notice and resign in good order; and the parent held still,
        // because it would replace the child.
        _process?.Signal(ProcessNative.SigStop);
        if (File.Exists(VrrpPidPath) && int.TryParse(await File.ReadAllTextAsync(VrrpPidPath), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var child))
        {
            _ = ProcessNative.Kill(child, ProcessNative.SigKill);
        }

        await (_process?.KillAsync() ?? Task.CompletedTask);
    }

    /// <inheritdoc/>
    public async Task<int?> StopAsync(bool atOnce = false)
        => _process is null ? null : await _process.StopAsync([ProcessNative.SigTerm]);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void OnLog(string line)
    {
        var at = line.IndexOf("Entering ", StringComparison.Ordinal);
        if (at < 0 || !line.EndsWith(" STATE", StringComparison.Ordinal))
        {
            return;
        }

        var state = line[(at + "Entering ".Length)..^" STATE".Length] switch
        {
            "MASTER" => "Master",
            "BACKUP" => "Backup",
            "FAULT" => "Fault",
            var other => other,
        };
        _transitions.Add(new NodeTransition(_timeline.Clock.Elapsed, Plan.Name, state, $"-> {state}  (keepalived gives no reason)", "keepalived gives no reason"));
    }
}
