using VrrpPS.Engine.Configuration.Trackers;

namespace VrrpPS.Engine.Configuration.Json;

/// <summary>
/// Reads trackers: those of the document, which have names, and those of an instance, each written out or named.
/// </summary>
internal sealed class JsonTrackerReader(DiagnosticBag diagnostics)
{
    private const string What = "a tracker";

    private static readonly string[] Targets = ["tcp", "http", "ping", "interface", "script", "process", "file"];

    private static readonly string[] ProcessOnly = ["quorum", "quorumMaximum", "fullCommand", "arguments", "argumentMatch", "forkDelay", "terminateDelay"];

    private readonly Dictionary<string, TrackerConfiguration> _named = new(StringComparer.Ordinal);

    /// <summary>Takes the document's trackers.</summary>
    public void ReadNamed(IReadOnlyList<JsonNode> nodes)
    {
        foreach (var node in nodes)
        {
            if (Read(node) is { } tracker && !_named.TryAdd(tracker.Name, tracker))
            {
                diagnostics.Error(node.At, ConfigurationCodes.Duplicate, $"Two trackers are named '{tracker.Name}'. Give each a name of its own.");
            }
        }
    }

    /// <summary>The trackers of an instance.</summary>
    public VrrpList<TrackerConfiguration> ReadReferences(IReadOnlyList<JsonNode> nodes)
    {
        var trackers = new List<TrackerConfiguration>();
        foreach (var node in nodes)
        {
            if (node.Kind != JsonNodeKind.String)
            {
                trackers.AddRange(Read(node) is { } own ? [own] : []);
            }
            else if (_named.TryGetValue(node.Text, out var named))
            {
                trackers.Add(named);
            }
            else
            {
                diagnostics.Error(node.At, ConfigurationCodes.InvalidValue,
                    $"There is no tracker '{node.Text}' in the document's 'trackers'.{NameSuggestion.Hint(node.Text, _named.Keys)}");
            }
        }

        return trackers.ToVrrpList();
    }

    private TrackerConfiguration? Read(JsonNode node)
    {
        var o = new JsonObjectBinder(node, What, JsonVocabulary.Tracker, diagnostics);
        if (!o.IsObject)
        {
            return null;
        }

        string[] given = [.. Targets.Where(target => o.Node(target) is not null)];
        if (given.Length != 1)
        {
            diagnostics.Error(node.At, ConfigurationCodes.MissingValue,
                $"A tracker looks at one thing: write exactly one of {string.Join(", ", Targets)}{(given.Length == 0 ? string.Empty : $", not {string.Join(" and ", given)}")}.");
            return null;
        }

        if (Create(given[0], o) is not { } tracker)
        {
            return null;
        }

        RefuseForeign(o, tracker);
        return tracker with
        {
            Interval = o.Duration("interval") ?? tracker.Interval,
            Timeout = o.Duration("timeout"),
            Rise = o.Integer("rise") ?? tracker.Rise,
            Fall = o.Integer("fall") ?? tracker.Fall,
            Weight = o.Integer("weight") ?? 0,
            Reverse = o.Boolean("reverse") ?? false,
            InitialState = (TrackerStatus)(o.Choice("initialState") ?? 0),
        };
    }

    private TrackerConfiguration? Create(string target, JsonObjectBinder o)
    {
        string? text = target is "ping" or "script" ? null : o.Text(target);
        string Name(TrackerKind kind, string value) => o.Text("name") ?? TrackerNames.Default(kind, value);
        switch (target)
        {
            case "tcp" when text is not null && EndPointText.TryParse(text, out string host, out int port):
                return new TcpTracker { Name = Name(TrackerKind.Tcp, text), Host = host, Port = port };
            case "tcp" when text is not null:
                diagnostics.Error(o.Node(target)!.At, ConfigurationCodes.InvalidValue, $"'tcp' cannot be \"{text}\": write ADDRESS:PORT, an IPv6 address in brackets.");
                return null;
            case "http" when text is not null:
                return new HttpTracker
                {
                    Name = Name(TrackerKind.Http, text),
                    Uri = text,
                    ExpectStatus = Statuses(o),
                    ExpectBody = o.Text("expectBody"),
                    SkipCertificateCheck = o.Boolean("skipCertificateCheck") ?? false,
                };
            case "ping" when o.Address(target) is { } address:
                return new PingTracker { Name = Name(TrackerKind.Ping, address.ToString()), Address = address };
            case "interface" when text is not null:
                return new InterfaceTracker { Name = Name(TrackerKind.Interface, text), InterfaceName = text };
            case "script" when o.Texts(target) is { } command:
                return new ScriptTracker { Name = Name(TrackerKind.Script, command.Count > 0 ? command[0] : "?"), Command = command.ToVrrpList(), User = o.Text("user"), RequireSafeProgram = o.Boolean("requireSafeProgram") ?? false };
            case "process" when text is not null:
                return new ProcessTracker
                {
                    Name = Name(TrackerKind.Process, text),
                    ProcessName = text,
                    Quorum = o.Integer("quorum") ?? 1,
                    QuorumMaximum = o.Integer("quorumMaximum"),
                    FullCommand = o.Boolean("fullCommand") ?? false,
                    Arguments = o.Texts("arguments")?.ToVrrpList() ?? [],
                    ArgumentMatch = o.Choice("argumentMatch") is { } match ? (ArgumentMatch)match
                        : o.Node("arguments") is null ? ArgumentMatch.None : ArgumentMatch.Exact,
                    ForkDelay = o.Duration("forkDelay") ?? TimeSpan.Zero,
                    TerminateDelay = o.Duration("terminateDelay") ?? TimeSpan.Zero,
                };
            case "file" when text is not null:
                return new FileTracker { Name = Name(TrackerKind.File, text), Path = text };
            default:
                return null;
        }
    }

    private HttpStatusSet Statuses(JsonObjectBinder o)
    {
        if (o.Text("expectStatus") is not { } text)
        {
            return HttpStatusSet.Default;
        }

        if (HttpStatusSet.TryParse(text, out var statuses))
        {
            return statuses;
        }

        diagnostics.Error(o.Node("expectStatus")!.At, ConfigurationCodes.InvalidValue, $"'expectStatus' cannot be \"{text}\": write statuses and ranges, such as \"200..399, 404\".");
        return HttpStatusSet.Default;
    }

    /// <summary>What belongs to another kind of tracker would do nothing: somebody meant something by it.</summary>
    private void RefuseForeign(JsonObjectBinder o, TrackerConfiguration tracker)
    {
        string[] own = tracker.Kind switch
        {
            TrackerKind.Http => ["expectStatus", "expectBody", "skipCertificateCheck"],
            TrackerKind.Script => ["user", "requireSafeProgram"],
            TrackerKind.Process => ProcessOnly,
            _ => [],
        };
        string[] timing = tracker.Kind == TrackerKind.Interface ? ["interval", "timeout", "rise", "fall", "initialState"] : [];
        string[] special = ["expectStatus", "expectBody", "skipCertificateCheck", "user", "requireSafeProgram", .. ProcessOnly];
        foreach (string name in special.Except(own).Concat(timing))
        {
            if (o.Node(name) is { } node)
            {
                diagnostics.Error(node.At, ConfigurationCodes.InvalidValue, $"'{name}' means nothing to a tracker of kind {tracker.Kind}. Remove it.");
            }
        }
    }
}
