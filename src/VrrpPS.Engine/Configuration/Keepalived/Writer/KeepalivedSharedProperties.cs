using KeepalivedRow = VrrpPS.Engine.Configuration.Keepalived.KeepalivedProperty<
    VrrpPS.Engine.Configuration.Keepalived.KeepalivedDocumentWriter, VrrpPS.Engine.Configuration.ConfigurationDocument>;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>What stands in a keepalived.conf once, for all instances.</summary>
internal static class KeepalivedSharedProperties
{
    /// <summary>The rows in the order they are written.</summary>
    public static IReadOnlyList<KeepalivedRow> All { get; } =
    [
        new(nameof(InstanceConfiguration.NetworkNamespace), NetworkNamespace),
        new(nameof(ConfigurationDocument.RouterId), RouterId),
        new(nameof(InstanceConfiguration.StartupDelay), StartupDelay),
        new(nameof(InstanceConfiguration.DelayAfterBoot), DelayAfterBoot),
        new(nameof(AnnouncementOptions.Spacing), Spacing),
        new(nameof(ConfigurationDocument.Static), Static),
        new(nameof(InstanceConfiguration.SyncGroup), KeepalivedSharedGroups.Write),
        new(nameof(InstanceConfiguration.SyncGroupOptions), static (_, _) => { }), // It stands inside the group.
        new($"{nameof(InstanceConfiguration.Notification)} (shared)", KeepalivedSharedNotification.Write),
    ];

    private static void NetworkNamespace(KeepalivedDocumentWriter w, ConfigurationDocument document)
    {
        if (w.Instances is [{ NetworkNamespace: { } space }, ..])
        {
            w.Top.Line("net_namespace", space);
            if (!KeepalivedQuoting.CanWrite(space))
            {
                w.Lose($"networkNamespace '{space}' cannot be written as it is: keepalived has no way to quote it.");
            }
        }
    }

    private static void RouterId(KeepalivedDocumentWriter w, ConfigurationDocument document)
    {
        if (document.RouterId is { } routerId)
        {
            w.Globals.Line("router_id", routerId);
            if (!KeepalivedQuoting.CanWrite(routerId))
            {
                w.Omit($"routerId '{routerId}' cannot be written as it is: keepalived has no way to quote it.");
            }
        }
    }

    private static void StartupDelay(KeepalivedDocumentWriter w, ConfigurationDocument document)
    {
        var delay = w.Shared("startupDelay", "vrrp_startup_delay", static i => i.StartupDelay);
        if (delay > TimeSpan.Zero)
        {
            w.Globals.Line("vrrp_startup_delay", KeepalivedNumbers.Seconds(delay));
        }
    }

    private static void DelayAfterBoot(KeepalivedDocumentWriter w, ConfigurationDocument document)
    {
        var delay = w.Shared("delayAfterBoot", "vrrp_delay_after_boot", static i => i.DelayAfterBoot);
        if (delay > TimeSpan.Zero)
        {
            w.Globals.Line("vrrp_delay_after_boot", KeepalivedNumbers.Seconds(delay));
            w.Omit("delayAfterBoot is 'vrrp_delay_after_boot', which keepalived knows since 2.4.0: remove it for older ones.");
        }
    }

    private static void Static(KeepalivedDocumentWriter w, ConfigurationDocument document)
    {
        var fixedNetwork = document.Static;
        if (w.Instances is [{ NetworkNamespace: var space }, ..] && !fixedNetwork.IsEmpty
            && !string.Equals(space, fixedNetwork.NetworkNamespace, StringComparison.Ordinal))
        {
            w.Lose($"static cannot be written: its networkNamespace is not that of {w.Instances[0].Name}, and one keepalived serves one namespace.");
            return;
        }

        w.Definitions.Statements("static_ipaddress", fixedNetwork.Addresses.Select(static address => address.ToString()));
        w.Definitions.Statements("static_routes", fixedNetwork.Routes.Select(static route => route.ToString()));
        w.Definitions.Statements("static_rules", fixedNetwork.Rules.Select(static rule => rule.ToString()));
    }

    private static void Spacing(KeepalivedDocumentWriter w, ConfigurationDocument document)
    {
        var spacing = w.Shared("announcement.spacing", "vrrp_garp_interval", static i => i.Announcement.Spacing);
        if (w.Instances.Count == 0 || spacing == AnnouncementOptions.Default.Spacing)
        {
            return;
        }

        w.Globals.Line("vrrp_garp_interval", KeepalivedNumbers.Seconds(spacing));
        w.Globals.Line("vrrp_gna_interval", KeepalivedNumbers.Seconds(spacing));
    }
}
