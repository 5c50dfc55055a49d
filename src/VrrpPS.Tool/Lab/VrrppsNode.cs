using System.Globalization;
using VrrpPS.Engine.Notification.Lines;
using VrrpPS.Service.Native;

namespace VrrpPS.Tool.Lab;

/// <summary>A node run by <c>vrrpps run</c>, this very executable, in a process of its own.</summary>
internal sealed class VrrppsNode : ILabNode
{
    private readonly LabWorkspace _workspace;
    private readonly LabTimeline _timeline;
    private readonly LabTransitions _transitions;
    private LabNodeProcess? _process;

    public VrrppsNode(LabNodePlan plan, LabWorkspace workspace, LabTimeline timeline, LabTransitions transitions)
    {
        Plan = plan;
        _workspace = workspace;
        _timeline = timeline;
        _transitions = transitions;
    }

    /// <inheritdoc/>
    public LabNodePlan Plan { get; }

    /// <inheritdoc/>
    public string Description => $"vrrpps {ProductVersion.Text}";

    /// <inheritdoc/>
    public bool IsRunning => _process is { IsRunning: true };

    /// <inheritdoc/>
    public void Start()
    {
        var (file, arguments) = SelfExecutable.Command(
            "run",
            "--config", _workspace.ConfigurationPath(Plan),
            "--namespace", LabNames.Of(Plan.Name),
            "--socket", _workspace.PathOf($"{Plan.Name}.sock"),
            "--events", "json");
        _process = LabNodeProcess.Start(file, arguments, OnOutput, OnError);
    }

    /// <inheritdoc/>
    public Task KillAsync() => _process?.KillAsync() ?? Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<int?> StopAsync(bool atOnce = false)
        => _process is null ? null : await _process.StopAsync(atOnce ? [ProcessNative.SigInt, ProcessNative.SigInt] : [ProcessNative.SigTerm]);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;

    // The lab's line has its own time.
    private void OnError(string text)
    {
        const string time = "00:00:00.000 ";
        var isTimed = text.Length > time.Length && TimeOnly.TryParse(text.AsSpan(0, time.Length), CultureInfo.InvariantCulture, out _);
        _timeline.Event(_timeline.Clock.Elapsed, Plan.Name, isTimed ? text[time.Length..] : text);
    }

    private void OnOutput(string text)
    {
        if (TransitionLine.FromJson(text) is not { } line)
        {
            // Not an event, so it is something to read.
            _timeline.Event(_timeline.Clock.Elapsed, Plan.Name, text);
            return;
        }

        var why = $"{line.Event}: {line.Reason}";
        _transitions.Add(new NodeTransition(_timeline.At(line.Time), Plan.Name, line.To, $"{line.From} -> {line.To}  {why}", why));
    }
}
