using System.Management.Automation;
using System.Net;
using VrrpPS.Completers;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Engine.Errors;
using VrrpPS.Parameters;
using VrrpPS.Protocol;

namespace VrrpPS.Commands;

/// <summary>Describes a health check, whose failure changes the priority of an instance or takes it out of the election.</summary>
[Cmdlet(VerbsCommon.New, "VrrpTracker", DefaultParameterSetName = TcpSet)]
[OutputType(typeof(VrrpTracker))]
public sealed class NewVrrpTrackerCommand : VrrpCmdlet
{
    private const string TcpSet = "Tcp";
    private const string HttpSet = "Http";
    private const string PingSet = "Ping";
    private const string InterfaceSet = "Interface";
    private const string ScriptSet = "Script";
    private const string ProcessSet = "Process";
    private const string FileSet = "File";

    /// <summary>Connects to this address and port: 192.0.2.1:80, [2001:db8::1]:80.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = TcpSet)]
    [ArgumentCompleter(typeof(ListeningPortCompleter))]
    public string Tcp { get; set; } = string.Empty;

    /// <summary>Asks this http or https URI with GET; redirections are an answer and are not followed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = HttpSet)]
    public Uri Http { get; set; } = null!;

    /// <summary>Sends an ICMP echo request to this address.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PingSet)]
    public IPAddress Ping { get; set; } = IPAddress.None;

    /// <summary>Asks the kernel whether this interface is up and has a carrier.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InterfaceSet)]
    [ArgumentCompleter(typeof(InterfaceNameCompleter))]
    public string Interface { get; set; } = string.Empty;

    /// <summary>Runs this program with its arguments, each a word of its own; no shell reads them. Exit code 0 is success.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ScriptSet)]
    public string[] Script { get; set; } = [];

    /// <summary>Counts the processes of this name.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ProcessSet)]
    [ArgumentCompleter(typeof(ProcessNameCompleter))]
    public string Process { get; set; } = string.Empty;

    /// <summary>Reads a whole number from this file (a full path); without the file it is 0.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FileSet)]
    public string File { get; set; } = string.Empty;

    /// <summary>The statuses that count as success: numbers and ranges. 200..399 unless given.</summary>
    [Parameter(ParameterSetName = HttpSet)]
    public string[]? ExpectStatus { get; set; }

    /// <summary>A regular expression that the first 64 KiB of the body must match.</summary>
    [Parameter(ParameterSetName = HttpSet)]
    public string? ExpectBody { get; set; }

    /// <summary>Takes any certificate of an https server.</summary>
    [Parameter(ParameterSetName = HttpSet)]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>The user, or user:group, to run as; that of this process unless given.</summary>
    [Parameter(ParameterSetName = ScriptSet)]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public string? User { get; set; }

    /// <summary>Refuses the program while anybody but root could change it or a directory above it.</summary>
    [Parameter(ParameterSetName = ScriptSet)]
    public SwitchParameter RequireSafeProgram { get; set; }

    /// <summary>How many processes must run at least; 1 unless given.</summary>
    [Parameter(ParameterSetName = ProcessSet)]
    public int Quorum { get; set; } = 1;

    /// <summary>How many processes may run at most; any number unless given.</summary>
    [Parameter(ParameterSetName = ProcessSet)]
    public int QuorumMaximum { get; set; }

    /// <summary>Compares -Process with the first word of the command line, with its path if it has one, instead of the kernel's name of 15 bytes.</summary>
    [Parameter(ParameterSetName = ProcessSet)]
    public SwitchParameter FullCommand { get; set; }

    /// <summary>The arguments that a process must have to be counted.</summary>
    [Parameter(ParameterSetName = ProcessSet)]
    [AllowEmptyCollection]
    public string[]? ArgumentList { get; set; }

    /// <summary>How the arguments are compared: Exact (unless given; all of them and no others), Partial (the first ones) or Initial (as Partial, and of the last one only its beginning).</summary>
    [Parameter(ParameterSetName = ProcessSet)]
    public ArgumentMatch ArgumentMatch { get; set; }

    /// <summary>How long there must be enough processes before that counts; 0..1 h, 0 unless given.</summary>
    [Parameter(ParameterSetName = ProcessSet)]
    [Duration]
    public VrrpDuration? ForkDelay { get; set; }

    /// <summary>How long there must be too few or too many before that counts; 0..1 h, 0 unless given.</summary>
    [Parameter(ParameterSetName = ProcessSet)]
    [Duration]
    public VrrpDuration? TerminateDelay { get; set; }

    /// <summary>The tracker's name, which states and reasons show; what it looks at unless given.</summary>
    [Parameter]
    public string? Name { get; set; }

    /// <summary>How often it looks; 100 ms..1 h, 1 s unless given.</summary>
    [Parameter(ParameterSetName = TcpSet)]
    [Parameter(ParameterSetName = HttpSet)]
    [Parameter(ParameterSetName = PingSet)]
    [Parameter(ParameterSetName = ScriptSet)]
    [Parameter(ParameterSetName = ProcessSet)]
    [Parameter(ParameterSetName = FileSet)]
    [Duration]
    public VrrpDuration? Interval { get; set; }

    /// <summary>How long one look may take before it counts as failed; 10 ms..1 h, as long as the interval unless given.</summary>
    [Parameter(ParameterSetName = TcpSet)]
    [Parameter(ParameterSetName = HttpSet)]
    [Parameter(ParameterSetName = PingSet)]
    [Parameter(ParameterSetName = ScriptSet)]
    [Alias("TimeoutSec", "TimeoutSeconds")]
    [Duration]
    public VrrpDuration? Timeout { get; set; }

    /// <summary>How many successes in a row make it Up again; 1 unless given. The first look of all decides alone.</summary>
    [Parameter(ParameterSetName = TcpSet)]
    [Parameter(ParameterSetName = HttpSet)]
    [Parameter(ParameterSetName = PingSet)]
    [Parameter(ParameterSetName = ScriptSet)]
    [Parameter(ParameterSetName = ProcessSet)]
    [Parameter(ParameterSetName = FileSet)]
    public int Rise { get; set; } = 1;

    /// <summary>How many failures in a row make it Down; 1 unless given.</summary>
    [Parameter(ParameterSetName = TcpSet)]
    [Parameter(ParameterSetName = HttpSet)]
    [Parameter(ParameterSetName = PingSet)]
    [Parameter(ParameterSetName = ScriptSet)]
    [Parameter(ParameterSetName = ProcessSet)]
    [Parameter(ParameterSetName = FileSet)]
    public int Fall { get; set; } = 1;

    /// <summary>0 (unless given): Fault while Down. Positive: added to the priority while Up. Negative: subtracted while Down. -254..254.</summary>
    [Parameter]
    public int Weight { get; set; }

    /// <summary>Turns the direction of the weight round; with weight 0 the instance is in Fault while the tracker is Up.</summary>
    [Parameter]
    public SwitchParameter Reverse { get; set; }

    /// <summary>What is assumed until the first look has ended; Unknown holds the instance back until then.</summary>
    [Parameter(ParameterSetName = TcpSet)]
    [Parameter(ParameterSetName = HttpSet)]
    [Parameter(ParameterSetName = PingSet)]
    [Parameter(ParameterSetName = ScriptSet)]
    [Parameter(ParameterSetName = ProcessSet)]
    [Parameter(ParameterSetName = FileSet)]
    public TrackerStatus InitialState { get; set; }

    /// <inheritdoc/>
    protected override bool NeedsLinux => false;

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        var target = Describe();
        var tracker = target with
        {
            Interval = Interval?.Value ?? target.Interval,
            Timeout = Timeout?.Value,
            Rise = Rise,
            Fall = Fall,
            Weight = Weight,
            Reverse = Reverse,
            InitialState = InitialState,
        };
        if (ConfigurationValidator.Validate(tracker) is [var first, ..])
        {
            throw first;
        }

        WriteObject(new VrrpTracker(tracker));
    }

    private TrackerConfiguration Describe() => ParameterSetName switch
    {
        HttpSet => new HttpTracker
        {
            Name = NameOr(TrackerKind.Http, Http.OriginalString),
            Uri = Http.OriginalString,
            ExpectStatus = Statuses(),
            ExpectBody = ExpectBody,
            SkipCertificateCheck = SkipCertificateCheck,
        },
        PingSet => new PingTracker { Name = NameOr(TrackerKind.Ping, Ping.ToString()), Address = InetAddress.From(Ping) },
        InterfaceSet => new InterfaceTracker { Name = NameOr(TrackerKind.Interface, Interface), InterfaceName = Interface },
        ScriptSet => new ScriptTracker { Name = NameOr(TrackerKind.Script, Script[0]), Command = Script.ToVrrpList(), User = User, RequireSafeProgram = RequireSafeProgram },
        ProcessSet => new ProcessTracker
        {
            Name = NameOr(TrackerKind.Process, Process),
            ProcessName = Process,
            Quorum = Quorum,
            QuorumMaximum = Typed(nameof(QuorumMaximum)) ? QuorumMaximum : null,
            FullCommand = FullCommand,
            Arguments = ArgumentList?.ToVrrpList() ?? [],
            ArgumentMatch = Typed(nameof(ArgumentMatch)) ? ArgumentMatch : ArgumentList is null ? ArgumentMatch.None : ArgumentMatch.Exact,
            ForkDelay = ForkDelay?.Value ?? TimeSpan.Zero,
            TerminateDelay = TerminateDelay?.Value ?? TimeSpan.Zero,
        },
        FileSet => new FileTracker { Name = NameOr(TrackerKind.File, File), Path = File },
        _ => EndPointText.TryParse(Tcp, out string host, out int port)
            ? new TcpTracker { Name = NameOr(TrackerKind.Tcp, Tcp), Host = host, Port = port }
            : throw VrrpErrors.NotAnEndPoint(Tcp),
    };

    private string NameOr(TrackerKind kind, string target) => Name ?? TrackerNames.Default(kind, target);

    private HttpStatusSet Statuses()
    {
        if (ExpectStatus is null)
        {
            return HttpStatusSet.Default;
        }

        // Unquoted, 200..399 reaches an argument as this text; in parentheses, as its two hundred numbers.
        string text = string.Join(',', ExpectStatus);
        return HttpStatusSet.TryParse(text, out var statuses) ? statuses : throw VrrpErrors.NotAnHttpStatus(text);
    }
}
