using System.Globalization;
using System.Text.Json;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Recording;

/// <content>
/// The way back. Whatever is wrong with a line is a <see cref="FormatException"/>, a <see cref="JsonException"/>, or an
/// <see cref="InvalidOperationException"/> or <see cref="ArgumentException"/> for text with half a character.
/// </content>
internal static partial class RecordingFormat
{
    /// <summary>Reads a header.</summary>
    public static RecordingHeader ReadHeader(JsonElement line)
    {
        _ = Member(line, "recording", JsonValueKind.Number);
        long version = Number(line, "recording");
        if (version != Version)
        {
            throw new FormatException($"it is a recording of format {version}; this version reads format {Version}");
        }

        string time = Text(line, "time");
        if (!DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed))
        {
            throw new FormatException($"'{time}' is no time");
        }

        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in Member(line, "state", JsonValueKind.Object).EnumerateObject())
        {
            values[property.Name] = property.Value.ValueKind == JsonValueKind.String
                ? property.Value.GetString()!
                : throw new FormatException($"the state's '{property.Name}' is no text");
        }

        return new RecordingHeader(
            Text(line, "r"),
            new Instant(Number(line, "t")),
            parsed,
            Text(line, "interface"),
            (byte)Number(line, "vrid", 0, 255),
            Name<AddressFamily>(line, "family"),
            Number(line, "lost", 0, long.MaxValue),
            new RouterCheckpoint(ReadParameters(Member(line, "parameters", JsonValueKind.Object)), values));
    }

    /// <summary>Reads what happened.</summary>
    public static Input ReadInput(JsonElement input) => Name<InputKind>(input, "kind") switch
    {
        InputKind.Time => Input.Tick(Number(input, "ns")),
        InputKind.Slept => Input.Slept(Number(input, "ns")),
        InputKind.Startup => Input.Startup(),
        InputKind.Shutdown => Input.Shutdown(Number(input, "force") != 0, Number(input, "ns")),
        InputKind.Suspend => Input.Suspend(Number(input, "force") != 0, Number(input, "ns")),
        InputKind.Resume => Input.Resume(),
        InputKind.HandOver => Input.HandOver(Number(input, "hold"), Number(input, "ns")),
        InputKind.Advertisement => Input.Received(new AdvertisementInfo(
            (byte)Number(input, "priority", 0, 255),
            Address(input, "source"),
            new Interval((int)Number(input, "interval", 0, Interval.MaxCentisecondsV2)),
            Member(input, "sharesAddress").ValueKind == JsonValueKind.True,
            Number(input, "version", 0, 3) == 2 ? VrrpVersion.V2 : VrrpVersion.V3)),
        InputKind.AddressAnnounced => Input.AddressAnnounced((int)Number(input, "address", 0, int.MaxValue)),
        InputKind.AddressRemoved => Input.AddressRemoved((int)Number(input, "address", 0, int.MaxValue)),
        InputKind.LeaseRenewed => Input.LeaseRenewed(),
        InputKind.BindFailed => Input.BindFailed(),
        InputKind.SendFailed => Input.SendFailed(),
        InputKind.FaultsChanged => Input.FaultsChanged((FaultReasons)Number(input, "faults"), Name<LastEvent>(input, "cause")),
        InputKind.PriorityChanged => Input.PriorityChanged((byte)Number(input, "priority", 1, 255)),
        InputKind.PrimaryAddressChanged => Input.PrimaryAddressChanged(Address(input, "source")),
        InputKind.Reconfigured => Input.Reconfigured(ReadParameters(Member(input, "parameters", JsonValueKind.Object))),
        InputKind.GroupChanged => Input.GroupChanged(Number(input, "present", 0, 1) == 1),
        InputKind.GroupFaultChanged => Input.GroupFaultChanged(Number(input, "present", 0, 1) == 1),
        InputKind.TakeOver => Input.TakeOver(),
        InputKind.GiveAway => Input.GiveAway(),
        var kind => throw new FormatException($"there is no input {kind}"),
    };

    /// <summary>Reads effects.</summary>
    public static Effect[] ReadEffects(JsonElement effects) => effects.ValueKind == JsonValueKind.Array
        ? [.. effects.EnumerateArray().Select(ReadEffect)]
        : throw new FormatException("'out' is no list");

    /// <summary>Reads a text.</summary>
    public static string Text(JsonElement element, string name) => Member(element, name, JsonValueKind.String).GetString()!;

    /// <summary>Before there were phases on the clock, a Master's advertisements were shifted from its takeover on: another rhythm, that is gone.</summary>
    private static long? PhaseOf(JsonElement parameters)
        => parameters.TryGetProperty("phaseShift", out _)
            ? throw new FormatException("it was recorded by a version whose Masters kept another rhythm: replay it with that one, or record anew")
            : parameters.TryGetProperty("phase", out _) ? Number(parameters, "phase", 0, long.MaxValue) : null;

    /// <summary>Reads a whole number within bounds; 0 where there is none.</summary>
    public static long Number(JsonElement element, string name, long least = long.MinValue, long most = long.MaxValue)
    {
        if (!Require(element).TryGetProperty(name, out var member))
        {
            return 0;
        }

        return member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out long value) && value >= least && value <= most
            ? value
            : throw new FormatException($"'{name}' is no number from {least} to {most}");
    }

    private static Effect ReadEffect(JsonElement effect)
    {
        var kind = Name<EffectKind>(effect, "kind");
        bool isTransition = kind == EffectKind.Transition;
        return new Effect
        {
            Kind = kind,
            Priority = (byte)Number(effect, "priority", 0, 255),
            AddressIndex = (int)Number(effect, "address", 0, int.MaxValue),
            Copies = (int)Number(effect, "copies", 0, 100),
            From = isTransition ? Name<RouterState>(effect, "from") : default,
            To = isTransition ? Name<RouterState>(effect, "to") : default,
            Event = isTransition ? Name<LastEvent>(effect, "event") : default,
            Report = kind == EffectKind.Report ? Name<ReportKind>(effect, "report") : default,
            Peer = effect.TryGetProperty("peer", out _) ? Address(effect, "peer") : default,
            PeerPriority = (byte)Number(effect, "peerPriority", 0, 255),
            Nanoseconds = Number(effect, "ns"),
        };
    }

    private static RouterParameters ReadParameters(JsonElement parameters) => new()
    {
        Version = Number(parameters, "version") switch
        {
            2 => VrrpVersion.V2,
            3 => VrrpVersion.V3,
            var version => throw new FormatException($"there is no version {version}"),
        },
        Priority = (byte)Number(parameters, "priority", 1, 255),
        AdvertisementInterval = new Interval((int)Number(parameters, "interval", 1, Interval.MaxCentisecondsV2)),
        Version2Compatibility = Number(parameters, "version2Compatibility", 0, 1) == 1,
        MissedAdvertisements = Number(parameters, "missed", 0, 100) is var missed and > 0 ? (int)missed : ElectionTimers.MissedAdvertisements,
        OwnerIgnoresAdvertisements = Number(parameters, "ownerIgnores", 0, 1) == 1,
        ExpiredTimerPriority = (byte)Number(parameters, "expiredTimer", 0, 254),
        Preempt = Member(parameters, "preempt").ValueKind == JsonValueKind.True,
        PreemptDelay = Number(parameters, "preemptDelay", 0, long.MaxValue),
        StartupDelay = Number(parameters, "startupDelay", 0, long.MaxValue),

        // A plan to release them needs memory for each, whatever the file says.
        AddressCount = (int)Number(parameters, "addresses", 0, ushort.MaxValue),
        Lease = Number(parameters, "lease", 0, long.MaxValue),
        AnnouncementRepeats = [.. Member(parameters, "repeats", JsonValueKind.Array).EnumerateArray().Select(
            static repeat => repeat.ValueKind == JsonValueKind.Number && repeat.TryGetInt64(out long value)
                ? value
                : throw new FormatException("a repeat is no number"))],
        AnnouncementRefresh = Number(parameters, "refresh", 0, long.MaxValue),
        Phase = PhaseOf(parameters),
        AnnouncementRefreshRepeat = parameters.TryGetProperty("refreshRepeat", out _) ? (int)Number(parameters, "refreshRepeat", 1, 10) : 1,
        AnnouncementCopies = parameters.TryGetProperty("copies", out _) ? (int)Number(parameters, "copies", 1, 100) : 1,
        LowerPriorityCopies = parameters.TryGetProperty("lowerCopies", out _) ? (int)Number(parameters, "lowerCopies", 0, 100) : 1,
        LowerPriorityDelay = Number(parameters, "lowerDelay", 0, long.MaxValue),
        AnswerLowerPriority = !parameters.TryGetProperty("answerLowerPriority", out var answers) || answers.ValueKind == JsonValueKind.True,
        AdvertiseBeforeYielding = parameters.TryGetProperty("advertiseBeforeYielding", out var yields) && yields.ValueKind == JsonValueKind.True,
    };

    private static InetAddress Address(JsonElement element, string name)
    {
        // An interface that lost its address is recorded with an empty one.
        string text = Text(element, name);
        return text.Length == 0 ? default
            : InetAddress.TryParse(text, out var address) ? address
            : throw new FormatException($"'{text}' is no address");
    }

    private static T Name<T>(JsonElement element, string name)
        where T : struct, Enum
    {
        string text = Text(element, name);
        return Enum.TryParse(text, out T value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0])
            ? value
            : throw new FormatException($"'{name}' cannot be '{text}'");
    }

    private static JsonElement Member(JsonElement element, string name, JsonValueKind kind = JsonValueKind.Undefined)
        => Require(element).TryGetProperty(name, out var member) && (kind == JsonValueKind.Undefined || member.ValueKind == kind)
            ? member
            : throw new FormatException($"'{name}' is missing or of the wrong kind");

    private static JsonElement Require(JsonElement element)
        => element.ValueKind == JsonValueKind.Object ? element : throw new FormatException("it is no object");
}
