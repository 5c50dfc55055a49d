using VrrpPS.Engine.Configuration.Static;
using VrrpPS.Engine.Errors;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration.Json;

/// <summary>
/// Reads the JSON configuration described by <c>docs/schema/vrrpps.schema.json</c>. Comments and trailing commas are
/// allowed; a property it does not know is an error.
/// </summary>
public static partial class JsonConfigurationReader
{
    /// <summary>Reads a document; whatever is wrong with it is in the result's findings.</summary>
    /// <param name="text">The JSON text.</param>
    /// <param name="file">The name that findings carry.</param>
    /// <param name="options">Renamings, and where <c>authenticationPassFile</c> is relative to.</param>
    public static ConfigurationResult Read(string text, string file, ConfigurationReadOptions? options = null)
    {
        options ??= ConfigurationReadOptions.Default;
        var diagnostics = new DiagnosticBag();
        var instances = new List<LocatedInstance>();
        string? routerId = null;
        LocatedStatic? statics = null;
        if (JsonNodeReader.Read(text, file, diagnostics) is { } root)
        {
            var document = new JsonObjectBinder(root, "the configuration", JsonVocabulary.Document, diagnostics);
            _ = document.Text("$schema");
            routerId = document.Text("routerId");
            var trackers = new JsonTrackerReader(diagnostics);
            trackers.ReadNamed(document.Items("trackers") ?? []);
            statics = Static(document, diagnostics);
            var groups = new JsonSyncGroups(diagnostics);
            groups.Read(document.Items("syncGroups") ?? [], trackers, node => Notification(node, options, diagnostics));
            foreach (var node in document.Items("instances") ?? [])
            {
                if (Instance(node, trackers, options, diagnostics) is { } instance)
                {
                    instances.Add(groups.Join(instance));
                }
            }

            groups.ReportUnused(instances);
        }

        return ConfigurationFinisher.Finish(instances, routerId, options, file, diagnostics, statics);
    }

    private static LocatedInstance? Instance(JsonNode node, JsonTrackerReader trackers, ConfigurationReadOptions options, DiagnosticBag diagnostics)
    {
        var o = new JsonObjectBinder(node, "an instance", JsonVocabulary.Instance, diagnostics);
        if (!o.IsObject)
        {
            return null;
        }

        var addresses = VirtualAddresses(o, "virtualAddresses", diagnostics);
        var version = (VrrpVersion)(o.Integer("version") ?? (long)VrrpVersion.V3);
        var interval = Interval(o, version, diagnostics);
        int vrid = o.Integer("virtualRouterId") ?? 0;
        string? interfaceName = o.Text("interfaceName");
        var family = o.Choice("addressFamily") is { } choice
            ? choice == 0 ? AddressFamily.IPv4 : AddressFamily.IPv6
            : (addresses.Find(static a => a.Advertised) ?? addresses.FirstOrDefault())?.Address.Family ?? AddressFamily.IPv4;
        var defaults = new InstanceConfiguration
        {
            Name = o.Text("name") ?? InstanceConfiguration.DefaultName(interfaceName ?? "?", vrid, family),
            InterfaceName = interfaceName ?? "?",
            VirtualRouterId = vrid,
            AddressFamily = family,
            VirtualAddresses = addresses.ToVrrpList(),
        };
        var configuration = defaults with
        {
            VirtualRoutes = Routes(o, "virtualRoutes", diagnostics),
            VirtualRules = Rules(o, "virtualRules", diagnostics),
            Version = version,
            Version2Compatibility = o.Boolean("version2Compatibility") ?? false,
            Priority = o.Integer("priority") ?? defaults.Priority,
            AdvertisementInterval = interval,
            DownTimerAdverts = o.Integer("downTimerAdverts") ?? defaults.DownTimerAdverts,
            OwnerIgnoreAdverts = o.Boolean("ownerIgnoreAdverts") ?? false,
            TimerExpiredBackup = o.Integer("timerExpiredBackup") ?? 0,
            Preempt = o.Boolean("preempt") ?? defaults.Preempt,
            PreemptDelay = o.Duration("preemptDelay") ?? defaults.PreemptDelay,
            StartupDelay = o.Duration("startupDelay") ?? defaults.StartupDelay,
            DelayAfterBoot = o.Duration("delayAfterBoot") ?? defaults.DelayAfterBoot,
            RequireUnicastPeer = o.Boolean("requireUnicastPeer") ?? false,
            UnicastPeers = o.Addresses("unicastPeers")?.ToVrrpList() ?? [],
            UnicastTimeToLive = o.Integer("unicastTimeToLive") ?? defaults.UnicastTimeToLive,
            PeerTimeToLive = Windows(o, diagnostics),
            MulticastGroup = o.Address("multicastGroup"),
            VirtualMac = JsonVirtualMac.Read(o, diagnostics),
            AnswerLowerPriority = o.Boolean("answerLowerPriority") ?? true,
            AdvertiseBeforeYielding = o.Boolean("advertiseBeforeYielding") ?? false,
            AcceptMode = o.Boolean("acceptMode") ?? true,
            AllowedPeers = o.Addresses("allowedPeers")?.ToVrrpList() ?? [],
            SourceAddress = o.Address("sourceAddress"),
            AuthenticationPass = Password(o, "authenticationPass", options, diagnostics),
            Hmac = JsonHmac.Read(o, options, diagnostics),
            AuthenticationType = (AuthenticationMethod)(o.Choice("authenticationType") ?? 0),
            ChecksumStyle = (ChecksumStyle)(o.Choice("checksumStyle") ?? 0),
            AddressLease = o.Duration("addressLease"),
            NoAddressLease = o.Boolean("noAddressLease") ?? false,
            NetworkNamespace = o.Text("networkNamespace"),
            SyncGroup = o.Text("syncGroup"),
            TrackInterfaces = o.Texts("trackInterfaces")?.ToVrrpList() ?? [],
            Trackers = trackers.ReadReferences(o.Items("trackers") ?? []),
            Announcement = Announcement(o, diagnostics),
            Strict = o.Boolean("strict") ?? false,
            StrictAddressList = o.Boolean("strictAddressList") ?? false,
            Notification = Notification(o, options, diagnostics),
        };

        // An instance without its identity would only repeat what was said already.
        return o.IsIncomplete || addresses.Count == 0 && o.Items("virtualAddresses") is { Count: > 0 }
            ? null
            : new LocatedInstance(configuration, node.At) { Properties = o.Positions };
    }

    private static Interval Interval(JsonObjectBinder o, VrrpVersion version, DiagnosticBag diagnostics)
    {
        var interval = Protocol.Interval.OneSecond;
        if (o.Duration("advertisementInterval") is { } duration && version is VrrpVersion.V2 or VrrpVersion.V3
            && !Protocol.Interval.TryFromTimeSpan(duration, version, out interval))
        {
            var error = VrrpErrors.InvalidInterval(DurationText.Format(duration), version);
            diagnostics.Error(o.Node("advertisementInterval")!.At, error.ErrorId, error.Message);
            return Protocol.Interval.OneSecond;
        }

        return interval;
    }

    /// <summary>The password of a property, or of the file that its sibling (the name with <c>File</c> behind it) points to.</summary>
    private static Secret? Password(JsonObjectBinder o, string name, ConfigurationReadOptions options, DiagnosticBag diagnostics)
    {
        string? inline = o.Text(name);
        if (o.Text(name + "File") is not { } path)
        {
            return inline is null ? null : Secret.FromText(inline);
        }

        var at = o.Node(name + "File")!.At;
        if (inline is not null)
        {
            diagnostics.Error(at, ConfigurationCodes.Duplicate, $"'{name}' and '{name}File' are both given. Keep one of them.");
            return null;
        }

        if (!PasswordFile.TryRead(path, options.BaseDirectory, out var secret, out string? reason))
        {
            diagnostics.Error(at, ErrorIds.ConfigurationUnreadable, $"The password file '{path}' cannot be read: {reason}");
        }

        return secret;
    }

    private static AnnouncementOptions Announcement(JsonObjectBinder instance, DiagnosticBag diagnostics)
    {
        var defaults = AnnouncementOptions.Default;
        if (instance.Node("announcement") is not { } node)
        {
            return defaults;
        }

        var o = new JsonObjectBinder(node, "an announcement", JsonVocabulary.Announcement, diagnostics);
        return defaults with
        {
            RepeatAfter = o.Durations("repeatAfter")?.ToVrrpList() ?? defaults.RepeatAfter,
            Copies = o.Integer("copies") ?? defaults.Copies,
            LowerPriorityCopies = o.Integer("lowerPriorityCopies") ?? defaults.LowerPriorityCopies,
            LowerPriorityDelay = o.Duration("lowerPriorityDelay") ?? defaults.LowerPriorityDelay,
            RefreshInterval = o.Duration("refreshInterval") ?? defaults.RefreshInterval,
            RefreshRepeat = o.Integer("refreshRepeat") ?? defaults.RefreshRepeat,
            Spacing = o.Duration("spacing") ?? defaults.Spacing,
        };
    }
}
