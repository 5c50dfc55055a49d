using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Recording;

/// <summary>
/// The lines of a recording: JSON, one object per line, times in nanoseconds of the monotonic clock, intervals in
/// centiseconds. What is zero, none or false is left out.
/// </summary>
internal static partial class RecordingFormat
{
    /// <summary>The version of the format; a reader refuses others.</summary>
    public const int Version = 1;

    public const int UsualBlock = 96 * 1024;

    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Utf8JsonWriter writer, RecordingHeader header)
    {
        writer.WriteStartObject();
        writer.WriteNumber("recording", Version);
        writer.WriteString("r", header.Router);
        writer.WriteNumber("t", header.At.Nanoseconds);
        writer.WriteString("time", header.Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        writer.WriteString("interface", header.InterfaceName);
        writer.WriteNumber("vrid", header.VirtualRouterId);
        writer.WriteString("family", header.Family.ToString());
        Number(writer, "lost", header.Lost);
        writer.WritePropertyName("parameters");
        Write(writer, header.Checkpoint.Parameters);
        writer.WriteStartObject("state");
        foreach (var (name, value) in header.Checkpoint.Values)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, RecordedMark mark)
    {
        writer.WriteStartObject();
        writer.WriteNumber("step", mark.Step);
        writer.WriteString("text", mark.Text);
        writer.WriteEndObject();
    }

    public static void WriteInput(Utf8JsonWriter writer, RecordedStep step)
    {
        Begin(writer, step);
        writer.WriteStartObject("in");
        Write(writer, step.Input);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public static void WriteEffects(Utf8JsonWriter writer, RecordedStep step)
    {
        Begin(writer, step);
        writer.WriteStartArray("out");
        foreach (var effect in step.Effects)
        {
            writer.WriteStartObject();
            Write(writer, effect);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Effects as their line has them, for messages.</summary>
    public static string Describe(IReadOnlyList<Effect> effects)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, WriterOptions))
        {
            writer.WriteStartArray();
            foreach (var effect in effects)
            {
                writer.WriteStartObject();
                Write(writer, effect);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Begin(Utf8JsonWriter writer, RecordedStep step)
    {
        writer.WriteStartObject();
        writer.WriteNumber("t", step.At.Nanoseconds);
        writer.WriteString("r", step.Router);
    }

    private static void Write(Utf8JsonWriter writer, RouterParameters parameters)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version", (int)parameters.Version);
        writer.WriteNumber("priority", parameters.Priority);
        writer.WriteNumber("interval", parameters.AdvertisementInterval.Centiseconds);
        Number(writer, "version2Compatibility", parameters.Version2Compatibility ? 1 : 0);
        Number(writer, "missed", parameters.MissedAdvertisements == ElectionTimers.MissedAdvertisements ? 0 : parameters.MissedAdvertisements);
        Number(writer, "ownerIgnores", parameters.OwnerIgnoresAdvertisements ? 1 : 0);
        Number(writer, "expiredTimer", parameters.ExpiredTimerPriority);
        writer.WriteBoolean("preempt", parameters.Preempt);
        Number(writer, "preemptDelay", parameters.PreemptDelay);
        Number(writer, "startupDelay", parameters.StartupDelay);
        writer.WriteNumber("addresses", parameters.AddressCount);
        Number(writer, "lease", parameters.Lease);
        writer.WriteStartArray("repeats");
        foreach (long repeat in parameters.AnnouncementRepeats)
        {
            writer.WriteNumberValue(repeat);
        }

        writer.WriteEndArray();
        Number(writer, "refresh", parameters.AnnouncementRefresh);
        if (parameters.Phase is { } phase)
        {
            writer.WriteNumber("phase", phase);
        }

        // These came later: what is at its default is not written, and what is not there is at its default.
        if (parameters.AnnouncementRefreshRepeat != 1)
        {
            writer.WriteNumber("refreshRepeat", parameters.AnnouncementRefreshRepeat);
        }

        if (parameters.AnnouncementCopies != 1)
        {
            writer.WriteNumber("copies", parameters.AnnouncementCopies);
        }

        if (parameters.LowerPriorityCopies != 1)
        {
            writer.WriteNumber("lowerCopies", parameters.LowerPriorityCopies);
        }

        Number(writer, "lowerDelay", parameters.LowerPriorityDelay);
        if (!parameters.AnswerLowerPriority)
        {
            writer.WriteBoolean("answerLowerPriority", false);
        }

        if (parameters.AdvertiseBeforeYielding)
        {
            writer.WriteBoolean("advertiseBeforeYielding", true);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, in Input input)
    {
        writer.WriteString("kind", input.Kind.ToString());
        switch (input.Kind)
        {
            case InputKind.Advertisement:
                writer.WriteNumber("priority", input.Advertisement.Priority);
                writer.WriteString("source", input.Advertisement.Source.ToString());
                writer.WriteNumber("interval", input.Advertisement.Interval.Centiseconds);
                writer.WriteBoolean("sharesAddress", input.Advertisement.SharesAddress);
                Number(writer, "version", input.Advertisement.Version == VrrpVersion.V2 ? 2 : 0);
                break;
            case InputKind.Time or InputKind.Slept or InputKind.HandOver or InputKind.Shutdown or InputKind.Suspend:
                Number(writer, "ns", input.Nanoseconds);
                Number(writer, "hold", input.HoldNanoseconds);
                Number(writer, "force", input.Force ? 1 : 0);
                break;
            case InputKind.AddressAnnounced or InputKind.AddressRemoved:
                writer.WriteNumber("address", input.AddressIndex);
                break;
            case InputKind.FaultsChanged:
                writer.WriteNumber("faults", (long)input.Faults);
                writer.WriteString("cause", input.Cause.ToString());
                break;
            case InputKind.GroupChanged or InputKind.GroupFaultChanged:
                Number(writer, "present", input.IsPresent ? 1 : 0);
                break;
            case InputKind.PriorityChanged:
                writer.WriteNumber("priority", input.Priority);
                break;
            case InputKind.PrimaryAddressChanged:
                writer.WriteString("source", input.Address.ToString());
                break;
            case InputKind.Reconfigured:
                writer.WritePropertyName("parameters");
                Write(writer, input.Parameters!);
                break;
        }
    }

    private static void Write(Utf8JsonWriter writer, in Effect effect)
    {
        writer.WriteString("kind", effect.Kind.ToString());
        Number(writer, "priority", effect.Priority);
        Number(writer, "address", effect.AddressIndex);
        Number(writer, "copies", effect.Copies);
        if (effect.Kind == EffectKind.Transition)
        {
            writer.WriteString("from", effect.From.ToString());
            writer.WriteString("to", effect.To.ToString());
            writer.WriteString("event", effect.Event.Name());
        }

        if (effect.Kind == EffectKind.Report)
        {
            writer.WriteString("report", effect.Report.ToString());
        }

        if (!effect.Peer.IsNone)
        {
            writer.WriteString("peer", effect.Peer.ToString());
        }

        Number(writer, "peerPriority", effect.PeerPriority);
        Number(writer, "ns", effect.Nanoseconds);
    }

    private static void Number(Utf8JsonWriter writer, string name, long value)
    {
        if (value != 0)
        {
            writer.WriteNumber(name, value);
        }
    }
}
