using System.Management.Automation;
using VrrpPS.Completers;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Measure;
using VrrpPS.Engine.Runtime;
using VrrpPS.Formatting;
using VrrpPS.Lifecycle;
using VrrpPS.Parameters;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Commands;

/// <summary>
/// Hands the Master role to another node without losing a request, and holds back afterwards. Without a successor the node
/// remains Master.
/// </summary>
[Cmdlet(VerbsCommon.Move, "VrrpMaster", SupportsShouldProcess = true, DefaultParameterSetName = ParameterSets.Name)]
[OutputType(typeof(VrrpInstance), typeof(VipMeasurement))]
public sealed class MoveVrrpMasterCommand : InstanceChangerCmdlet
{
    /// <summary>How long is measured after the addresses were released: what clients have in their caches shows by then.</summary>
    private static readonly TimeSpan s_afterwards = TimeSpan.FromSeconds(1);

    /// <summary>How long is measured before: an interval, so that the present Master is heard.</summary>
    private static readonly TimeSpan s_before = TimeSpan.FromSeconds(1.1);

    private readonly Dictionary<InstanceKey, List<FailoverMeter>> _meters = [];

    /// <summary>How long the node does not preempt afterwards; until it is resumed or becomes Master by a timeout unless given.</summary>
    [Parameter]
    [Duration]
    public VrrpDuration? HoldFor { get; set; }

    /// <summary>How long to wait for a successor; 4 intervals and 2 s unless given.</summary>
    [Parameter]
    [Duration]
    [Alias("TimeoutSec", "TimeoutSeconds")]
    public VrrpDuration? Timeout { get; set; }

    /// <summary>Pings the virtual addresses during the move and emits what was lost; see Measure-VipFailover.</summary>
    [Parameter]
    public SwitchParameter Measure { get; set; }

    /// <summary>The named network namespace to measure from; that of the instance unless given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NetworkNamespaceCompleter))]
    public string? MeasureNamespace { get; set; }

    private protected override string Action => "Hand the Master role over and hold back";

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach (var meter in _meters.Values.SelectMany(static meters => meters))
        {
            meter.Dispose();
        }

        base.Dispose(disposing);
    }

    private protected override async Task<StopOutcome?> ChangeAsync(IVrrpEngine engine, VrrpInstance instance)
    {
        if (Measure)
        {
            StartMeters(instance);
            await Task.Delay(s_before, StopToken);
        }

        var outcome = await engine.MoveAsync(instance.Key, new MoveOptions { HoldFor = HoldFor?.Value, Timeout = Timeout?.Value }, StopToken);
        if (Measure)
        {
            await AwaitReleaseAsync(engine, instance.Key);
        }

        return new StopOutcome(WasMaster: true, outcome.Successor, outcome.Duration);
    }

    private protected override void Report(VrrpInstance instance, StopOutcome outcome)
    {
        WriteVerbose($"'{instance.Key}' was handed over to {outcome.Successor} in {outcome.Duration.TotalMilliseconds:0} ms.");
        foreach (var meter in _meters.GetValueOrDefault(instance.Key) ?? [])
        {
            var measurement = meter.Stop();
            TerminalText.Write(this, TerminalText.Draw(this, measurement), stopped: false);
            WriteObject(measurement);
        }
    }

    private void StartMeters(VrrpInstance instance)
    {
        var meters = _meters[instance.Key] = [];
        string? place = Typed(nameof(MeasureNamespace)) ? MeasureNamespace : instance.NetworkNamespace;
        foreach (string text in instance.VirtualIPAddress)
        {
            meters.Add(FailoverMeter.Start(new FailoverMeterOptions
            {
                Address = VirtualAddress.Parse(text).Address,
                NetworkNamespace = string.IsNullOrEmpty(place) ? null : place,
            }));
        }
    }

    /// <summary>The old Master serves until it hears the new one announce the addresses: only then is the move over for clients.</summary>
    private async Task AwaitReleaseAsync(IVrrpEngine engine, InstanceKey key)
    {
        var changed = new SemaphoreSlim(0);
        void Signal() => changed.Release();
        engine.StateUpdated += Signal;
        try
        {
            while (engine.GetStates().FirstOrDefault(state => InstanceCatalog.KeyOf(state) == key) is { } state
                && (state.State == RouterState.Leaving || state.VirtualIPAddress.Any(static address => address.Bound)))
            {
                if (!await changed.WaitAsync(TimeSpan.FromSeconds(10), StopToken))
                {
                    break;
                }
            }
        }
        finally
        {
            engine.StateUpdated -= Signal;
        }

        await Task.Delay(s_afterwards, StopToken);
    }
}
