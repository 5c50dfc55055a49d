using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Configuration.Json;

/// <summary>Writes the JSON configuration that <see cref="JsonConfigurationReader"/> reads back to the same values.</summary>
public static partial class JsonConfigurationWriter
{
    /// <summary>Writes a document, indented; values at their default are left out except the ones people look for.</summary>
    /// <param name="document">What to write.</param>
    /// <param name="includeSecrets">Whether passwords are written in clear text; otherwise they are left out.</param>
    public static string Write(ConfigurationDocument document, bool includeSecrets)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(writer, document, includeSecrets);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    /// <summary>Writes a document as a value into something larger.</summary>
    internal static void Write(Utf8JsonWriter writer, ConfigurationDocument document, bool includeSecrets)
    {
        writer.WriteStartObject();
        if (document.RouterId is { } routerId)
        {
            writer.WriteString("routerId", routerId);
        }

        Static(writer, document.Static);
        JsonSyncGroups.Write(writer, document.Instances, notification => Notification(writer, notification, includeSecrets));
        writer.WriteStartArray("instances");
        foreach (var instance in document.Instances)
        {
            Instance(writer, instance, includeSecrets);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Instance(Utf8JsonWriter w, InstanceConfiguration c, bool includeSecrets)
    {
        w.WriteStartObject();
        w.WriteString("name", c.Name);
        w.WriteString("interfaceName", c.InterfaceName);
        w.WriteNumber("virtualRouterId", c.VirtualRouterId);
        w.WriteString("addressFamily", c.AddressFamily == AddressFamily.IPv4 ? nameof(AddressFamily.IPv4) : nameof(AddressFamily.IPv6));
        w.WriteStartArray("virtualAddresses");
        foreach (var address in c.VirtualAddresses)
        {
            VirtualAddress(w, address);
        }

        w.WriteEndArray();
        Texts(w, "virtualRoutes", c.VirtualRoutes.Select(static route => route.ToString()));
        Texts(w, "virtualRules", c.VirtualRules.Select(static rule => rule.ToString()));
        w.WriteNumber("version", (int)c.Version);
        Switch(w, "version2Compatibility", c.Version2Compatibility);
        w.WriteNumber("priority", c.Priority);
        w.WriteString("advertisementInterval", DurationText.Format(c.AdvertisementInterval.ToTimeSpan()));
        Integer(w, "downTimerAdverts", c.DownTimerAdverts, ElectionTimers.MissedAdvertisements);
        Switch(w, "ownerIgnoreAdverts", c.OwnerIgnoreAdverts);
        Integer(w, "timerExpiredBackup", c.TimerExpiredBackup, 0);
        w.WriteBoolean("preempt", c.Preempt);
        Duration(w, "preemptDelay", c.PreemptDelay);
        Duration(w, "startupDelay", c.StartupDelay);
        Duration(w, "delayAfterBoot", c.DelayAfterBoot);
        Texts(w, "unicastPeers", c.UnicastPeers.Select(a => a.ToString()));
        Switch(w, "requireUnicastPeer", c.RequireUnicastPeer);
        if (c.UnicastTimeToLive != 255)
        {
            w.WriteNumber("unicastTimeToLive", c.UnicastTimeToLive);
        }

        Texts(w, "peerTimeToLive", c.PeerTimeToLive.Select(static window => window.ToString()));
        Text(w, "multicastGroup", c.MulticastGroup?.ToString());
        JsonVirtualMac.Write(w, c.VirtualMac);
        if (!c.AnswerLowerPriority)
        {
            w.WriteBoolean("answerLowerPriority", false);
        }

        Switch(w, "advertiseBeforeYielding", c.AdvertiseBeforeYielding);
        if (!c.AcceptMode)
        {
            w.WriteBoolean("acceptMode", false);
        }

        Texts(w, "allowedPeers", c.AllowedPeers.Select(a => a.ToString()));
        Text(w, "sourceAddress", c.SourceAddress?.ToString());
        Text(w, "authenticationPass", includeSecrets && c.AuthenticationPass is { } secret ? Encoding.UTF8.GetString(secret.Reveal()) : null);
        Choice(w, "authenticationType", includeSecrets ? (int)c.AuthenticationType : 0);
        JsonHmac.Write(w, includeSecrets ? c.Hmac : null);
        Choice(w, "checksumStyle", (int)c.ChecksumStyle);
        Text(w, "addressLease", c.AddressLease is { } lease ? DurationText.Format(lease) : null);
        Switch(w, "noAddressLease", c.NoAddressLease);
        Text(w, "networkNamespace", c.NetworkNamespace);
        Text(w, "syncGroup", c.SyncGroup);
        Texts(w, "trackInterfaces", c.TrackInterfaces);
        JsonTrackerWriter.Write(w, c.Trackers);
        Announcement(w, c.Announcement);
        Switch(w, "strict", c.Strict);
        Switch(w, "strictAddressList", c.StrictAddressList);
        Notification(w, c.Notification, includeSecrets);
        w.WriteEndObject();
    }

    private static void Announcement(Utf8JsonWriter w, AnnouncementOptions options)
    {
        if (options == AnnouncementOptions.Default)
        {
            return;
        }

        w.WriteStartObject("announcement");
        w.WriteStartArray("repeatAfter");
        foreach (var after in options.RepeatAfter)
        {
            w.WriteStringValue(DurationText.Format(after));
        }

        w.WriteEndArray();
        Integer(w, "copies", options.Copies, 1);
        Integer(w, "lowerPriorityCopies", options.LowerPriorityCopies, 1);
        Duration(w, "lowerPriorityDelay", options.LowerPriorityDelay);
        w.WriteString("refreshInterval", DurationText.Format(options.RefreshInterval));
        if (options.RefreshRepeat != 1)
        {
            w.WriteNumber("refreshRepeat", options.RefreshRepeat);
        }

        w.WriteString("spacing", DurationText.Format(options.Spacing));
        w.WriteEndObject();
    }

    private static void Duration(Utf8JsonWriter w, string name, TimeSpan value)
        => Text(w, name, value == TimeSpan.Zero ? null : DurationText.Format(value));

    /// <summary>The word of an enumeration, unless it is the first, which is the default.</summary>
    private static void Choice(Utf8JsonWriter w, string name, int value)
        => Text(w, name, value == 0 ? null : JsonVocabulary.Instance.First(p => p.Name == name).Values[value]);

    private static void Integer(Utf8JsonWriter w, string name, int value, int usual)
    {
        if (value != usual)
        {
            w.WriteNumber(name, value);
        }
    }

    private static void Switch(Utf8JsonWriter w, string name, bool value)
    {
        if (value)
        {
            w.WriteBoolean(name, true);
        }
    }

    private static void Text(Utf8JsonWriter w, string name, string? value)
    {
        if (value is not null)
        {
            w.WriteString(name, value);
        }
    }

    private static void Texts(Utf8JsonWriter w, string name, IEnumerable<string> values)
    {
        if (values.Any())
        {
            w.WriteStartArray(name);
            foreach (string value in values)
            {
                w.WriteStringValue(value);
            }

            w.WriteEndArray();
        }
    }
}
