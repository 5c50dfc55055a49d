using System.Management.Automation;
using VrrpPS.Completers;
using VrrpPS.Engine.Report;
using VrrpPS.Errors;

namespace VrrpPS.Commands;

/// <summary>Writes one page of HTML of what was seen: who was Master when, outages, advertisements, health checks and findings.</summary>
[Cmdlet(VerbsData.Export, "VrrpReport", SupportsShouldProcess = true, DefaultParameterSetName = ParameterSets.Path)]
[OutputType(typeof(FileInfo))]
public sealed class ExportVrrpReportCommand : VrrpCmdlet
{
    private readonly ReportContent _content = new();
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);

    /// <summary>What the report is made of: states, transitions, events, advertisements, outages and measurements, reachability, findings, in any order.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject[] InputObject { get; set; } = [];

    /// <summary>The file to write. An existing one is replaced.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSets.Path)]
    [ArgumentCompleter(typeof(HtmlPathCompleter))]
    public string? Path { get; set; }

    /// <summary>The file to write, its name taken as it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.LiteralPath)]
    [Alias("PSPath")]
    public string? LiteralPath { get; set; }

    /// <summary>The title of the page.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Title { get; set; } = "VRRP report";

    /// <summary>Replaces a file that is read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Leaves an existing file as it is and says so.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Emits the written file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override bool NeedsLinux => false;

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        foreach (var item in InputObject ?? [])
        {
            object? value = item?.BaseObject;
            if (value is not null && !_content.Add(value) && _refused.Add(value.GetType().Name))
            {
                WriteError(ErrorRecords.NotReportable(value, ReportContent.Kinds));
            }
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        if (_content.Count == 0)
        {
            WriteWarning("Nothing was given that a report can show, so the page says nothing.");
        }

        string action = $"Write a report of {_content.Count} {(_content.Count == 1 ? "object" : "objects")}";
        var file = OutputFile.Write(this, LiteralPath ?? Path!, Force, NoClobber, action, () => HtmlReport.Write(_content, Title, TimeProvider.System.GetLocalNow()));
        if (PassThru && file is not null)
        {
            WriteObject(file);
        }
    }
}
