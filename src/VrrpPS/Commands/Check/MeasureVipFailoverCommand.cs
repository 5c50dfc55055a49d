using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Management.Automation;
using VrrpPS.Completers;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Measure;
using VrrpPS.Engine.Report;
using VrrpPS.Formatting;
using VrrpPS.Parameters;

namespace VrrpPS.Commands;

/// <summary>Asks virtual addresses over and over and shows each time in which they did not answer, for how long, and who answered before and afterwards.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "VipFailover", SupportsShouldProcess = true, DefaultParameterSetName = ParameterSets.Live)]
[OutputType(typeof(VipOutage), typeof(VipMeasurement), typeof(string))]
public sealed class MeasureVipFailoverCommand : VrrpCmdlet
{
    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(100);

    private readonly List<FailoverMeterOptions> _options = [];
    private readonly List<FailoverMeter> _meters = [];

    /// <summary>The addresses, with or without a prefix length; or objects that have some, such as those of Get-VrrpState.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [VirtualIPAddressList]
    [Alias("VIP")]
    [ArgumentCompleter(typeof(VirtualIPAddressCompleter))]
    public string[] VirtualIPAddress { get; set; } = [];

    /// <summary>The time from one probe to the next, 1 ms..1 min; 10 ms unless given, 100 ms with -Uri.</summary>
    [Parameter]
    [Duration]
    public VrrpDuration? Interval { get; set; }

    /// <summary>Ends after that time. Without it and without -Until, q or Ctrl+C ends it.</summary>
    [Parameter]
    [Duration]
    public VrrpDuration? Duration { get; set; }

    /// <summary>Ends when this is true; it is asked ten times a second, and $_ is how the measurement goes: Sent, Lost, Outages, DownFor, Master.</summary>
    [Parameter]
    public ScriptBlock? Until { get; set; }

    /// <summary>Connects to this TCP port instead of sending echo requests.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int Port { get; set; }

    /// <summary>Gets this URI instead of sending echo requests; the connection always goes to the virtual address.</summary>
    [Parameter]
    public Uri? Uri { get; set; }

    /// <summary>How long an answer may take and still be one, 1 ms..1 min; 250 ms unless given, 900 ms with -Uri.</summary>
    [Parameter]
    [Duration]
    [Alias("TimeoutSec", "TimeoutSeconds")]
    public VrrpDuration? Timeout { get; set; }

    /// <summary>The interface to probe from; the one that the route leads through unless given.</summary>
    [Parameter]
    [Alias("InterfaceAlias")]
    [ArgumentCompleter(typeof(InterfaceNameCompleter))]
    public string? InterfaceName { get; set; }

    /// <summary>The named network namespace to probe from.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NetworkNamespaceCompleter))]
    public string? NetworkNamespace { get; set; }

    /// <summary>Emits one object per address at the end, with all its outages, instead of each outage when it ends.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <summary>Emits the timeline as SVG text instead.</summary>
    [Parameter]
    public SwitchParameter AsSvg { get; set; }

    /// <summary>A file to write the timeline to as SVG. An existing one is replaced.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.Path)]
    [ArgumentCompleter(typeof(SvgPathCompleter))]
    public string? Path { get; set; }

    /// <summary>A file to write the timeline to as SVG, its name taken as it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.LiteralPath)]
    [Alias("PSPath")]
    public string? LiteralPath { get; set; }

    /// <summary>Replaces a file that is read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Leaves an existing file as it is and says so.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        foreach (string text in VirtualIPAddress)
        {
            Guard(() => _options.Add(OptionsOf(text)), text);
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        foreach (var options in _options.DistinctBy(static o => o.Address))
        {
            Guard(() => _meters.Add(FailoverMeter.Start(options)), options.Address.ToString());
        }

        if (_meters.Count > 0)
        {
            Wait();
            Finish();
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach (var meter in _meters)
        {
            meter.Dispose();
        }

        base.Dispose(disposing);
    }

    private FailoverMeterOptions OptionsOf(string text) => new()
    {
        Address = VirtualAddress.Parse(text).Address,
        Interval = InRange(Interval, TimeSpan.FromMilliseconds(Uri is null ? 10 : 100), "An interval"),
        Timeout = InRange(Timeout, TimeSpan.FromMilliseconds(Uri is null ? 250 : 900), "A timeout"),
        Port = Typed(nameof(Port)) ? Port : null,
        Uri = Uri,
        InterfaceName = InterfaceName,
        NetworkNamespace = string.IsNullOrEmpty(NetworkNamespace) ? null : NetworkNamespace,
    };

    private static TimeSpan InRange(VrrpDuration? duration, TimeSpan usual, string what)
    {
        var value = duration?.Value ?? usual;
        return value >= TimeSpan.FromMilliseconds(1) && value <= TimeSpan.FromMinutes(1) ? value : throw VrrpErrors.DurationOutOfRange(what, value, "1ms to 1m");
    }

    private void Wait()
    {
        using var keys = EndKeys.Watch(this, takeInterrupt: Until is null);
        long start = Stopwatch.GetTimestamp();
        while (!StopToken.IsCancellationRequested && !_meters.TrueForAll(static meter => meter.Outages.Completion.IsCompleted))
        {
            var left = Duration is { } limit ? limit.Value - Stopwatch.GetElapsedTime(start) : s_turn;
            if (left <= TimeSpan.Zero || keys.Pressed || IsUntil())
            {
                return;
            }

            _ = StopToken.WaitHandle.WaitOne(left < s_turn ? left : s_turn);
            if (!StopToken.IsCancellationRequested)
            {
                ShowOutages();
                ShowProgress(Stopwatch.GetElapsedTime(start));
            }
        }
    }

    private bool IsUntil()
    {
        if (Until is null)
        {
            return false;
        }

        object now = _meters.Count == 1 ? _meters[0].Progress : _meters.Select(static meter => meter.Progress).ToArray();
        Collection<PSObject> said = Until.InvokeWithContext(functionsToDefine: null, [new PSVariable("_", now)]);
        return LanguagePrimitives.IsTrue(said.Count == 1 ? said[0] : said);
    }

    private void ShowOutages()
    {
        foreach (var meter in _meters)
        {
            while (meter.Outages.TryRead(out var outage))
            {
                if (!Summary && !AsSvg)
                {
                    WriteObject(outage);
                }
            }
        }
    }

    private void ShowProgress(TimeSpan elapsed)
    {
        for (int i = 0; i < _meters.Count; i++)
        {
            var now = _meters[i].Progress;
            var record = new ProgressRecord(i + 1, $"Measuring {_meters[i].Address}", ViewText.Progress(now));
            if (Duration is { } limit)
            {
                record.PercentComplete = (int)Math.Clamp(100 * (elapsed / limit.Value), 0, 100);
                record.SecondsRemaining = (int)Math.Max(0, (limit.Value - elapsed).TotalSeconds);
            }

            WriteProgress(record);
        }
    }

    private void Finish()
    {
        var measurements = new List<VipMeasurement>();
        foreach (var meter in _meters)
        {
            Guard(() => measurements.Add(meter.Stop()), meter.Address);
        }

        bool stopped = StopToken.IsCancellationRequested;
        if (!stopped)
        {
            EndProgress();
            ShowOutages();
        }

        if (AsSvg && !stopped)
        {
            WriteObject(MeasurementText.ToSvg(measurements));
        }
        else if (!AsSvg)
        {
            foreach (var measurement in measurements)
            {
                TerminalText.Write(this, TerminalText.Draw(this, measurement), stopped);
            }
        }

        if ((LiteralPath ?? Path) is { } path && measurements.Count > 0)
        {
            _ = OutputFile.Write(this, path, Force, NoClobber, "Write the timeline", () => MeasurementText.ToSvg(measurements));
        }

        if (Summary && !AsSvg && !stopped)
        {
            WriteObject(measurements, enumerateCollection: true);
        }
    }

    private void EndProgress()
    {
        for (int i = 0; i < _meters.Count; i++)
        {
            WriteProgress(new ProgressRecord(i + 1, $"Measuring {_meters[i].Address}", "Done") { RecordType = ProgressRecordType.Completed });
        }
    }
}
