using System.Management.Automation;
using VrrpPS.Completers;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Watch;
using VrrpPS.Errors;
using VrrpPS.Parameters;

namespace VrrpPS.Commands;

/// <summary>Shows VRRP advertisements as they pass on the wire or stand in a capture file, and what is wrong with them.</summary>
[Cmdlet(VerbsCommon.Watch, "VrrpAdvert", SupportsShouldProcess = true, DefaultParameterSetName = ParameterSets.Live)]
[OutputType(typeof(VrrpAdvert))]
public sealed class WatchVrrpAdvertCommand : VrrpCmdlet
{
    private long _shown;
    private DateTimeOffset? _first;

    /// <summary>Interfaces, with the wildcards * and ?; all Ethernet interfaces without it.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [Alias("InterfaceAlias")]
    [ArgumentCompleter(typeof(InterfaceNameCompleter))]
    public string[] InterfaceName { get; set; } = [];

    /// <summary>Virtual router ids to show, 1..255; all without it.</summary>
    [Parameter]
    [Alias("VRID")]
    [ArgumentCompleter(typeof(VirtualRouterIdCompleter))]
    public int[] VirtualRouterId { get; set; } = [];

    /// <summary>Ends after that many advertisements.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long Count { get; set; } = long.MaxValue;

    /// <summary>Ends after that time; in a capture file, after that time since its first advertisement.</summary>
    [Parameter]
    [Duration]
    public VrrpDuration? Duration { get; set; }

    /// <summary>Leaves out what says nothing new: shows the first advertisement of each virtual router, changes, and trouble.</summary>
    [Parameter]
    public SwitchParameter ChangesOnly { get; set; }

    /// <summary>Capture files (pcap or pcapng) to read instead of listening, with wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.Path)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CapturePathCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>Capture files to read instead of listening, their names taken as they are.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.LiteralPath)]
    [Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>A pcap file to write every shown advertisement to.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CapturePathCompleter))]
    public string? OutFile { get; set; }

    /// <summary>Leaves an existing -OutFile as it is and says so.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>The named network namespace to listen in.</summary>
    [Parameter(ParameterSetName = ParameterSets.Live)]
    [ArgumentCompleter(typeof(NetworkNamespaceCompleter))]
    public string? NetworkNamespace { get; set; }

    /// <inheritdoc/>
    protected override bool NeedsLinux => ParameterSetName is ParameterSets.Live;

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        foreach (int id in VirtualRouterId.Where(static id => id is < 1 or > 255))
        {
            throw VrrpErrors.InvalidVirtualRouterId(id);
        }

        var options = new AdvertWatchOptions
        {
            InterfaceNames = InterfaceName.ToVrrpList(),
            VirtualRouterIds = VirtualRouterId.ToVrrpList(),
            NetworkNamespace = string.IsNullOrEmpty(NetworkNamespace) ? null : NetworkNamespace,
            OutFile = ChooseOutFile(),
        };
        if (ParameterSetName is ParameterSets.Live)
        {
            Listen(options);
            return;
        }

        bool literal = ParameterSetName is ParameterSets.LiteralPath;
        foreach (string file in FileResolver.Resolve(this, literal ? LiteralPath : Path, literal))
        {
            Guard(() => Show(AdvertFile.Read(file, options, StopToken), Duration?.Value), file);
        }
    }

    private void Listen(AdvertWatchOptions options)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(StopToken);
        if (Duration is not null)
        {
            ending.CancelAfter(Duration.Value);
        }

        using var watcher = AdvertWatcher.Start(options);
        if (watcher.Interfaces.Count == 0)
        {
            WriteWarning($"No interface that is up matches '{options.InterfaceNames}'; listening in case one appears. 'ip link' lists those of this host.");
        }

        Show(watcher.Read(ending.Token), limit: null);
        if (watcher.Dropped > 0)
        {
            WriteWarning($"{watcher.Dropped} advertisements came faster than the pipeline took them and were not shown. Use -OutFile or -VirtualRouterId.");
        }
    }

    private void Show(IEnumerable<VrrpAdvert> adverts, TimeSpan? limit)
    {
        if (_shown >= Count)
        {
            return;
        }

        foreach (var advert in adverts)
        {
            _first ??= advert.Timestamp;
            if (limit is { } span && advert.Timestamp - _first > span)
            {
                return;
            }

            if (ChangesOnly && advert.IsSteady)
            {
                continue;
            }

            WriteObject(advert);
            if (++_shown >= Count)
            {
                return;
            }
        }
    }

    private string? ChooseOutFile()
    {
        if (string.IsNullOrEmpty(OutFile))
        {
            return null;
        }

        string file = FileResolver.ResolveNew(this, OutFile);
        if (NoClobber && File.Exists(file))
        {
            ThrowTerminatingError(ErrorRecords.FileExists(file));
        }

        return ShouldProcess(file, "Write the advertisements") ? file : null;
    }
}
