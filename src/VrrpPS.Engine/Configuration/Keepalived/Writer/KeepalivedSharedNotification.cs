using VrrpPS.Engine.Configuration.Groups;
using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Engine.Configuration.Trackers;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>What keepalived's <c>global_defs</c> say about FIFOs, scripts and mail, once for all instances.</summary>
internal static class KeepalivedSharedNotification
{
    private static readonly string[] s_fifoKeywords = ["vrrp_notify_fifo", "notify_fifo"];

    public static void Write(KeepalivedDocumentWriter w, ConfigurationDocument document)
    {
        Fifos(w);
        Mail(w, document.RouterId);
        bool isStrict = All(w).Any(static told => told.Options.Commands.Any(static command => command.RequireSafeProgram))
            || w.Instances.Any(static i => i.Trackers.Concat(i.SyncGroupOptions.Trackers).Any(static tracker => tracker is ScriptTracker { RequireSafeProgram: true }));
        if (isStrict)
        {
            w.Globals.Line("enable_script_security");
        }
    }

    /// <summary>Everybody who tells somebody: the instances, and their groups once each.</summary>
    private static IEnumerable<(string Name, NotificationOptions Options)> All(KeepalivedDocumentWriter w)
        => w.Instances.Select(static i => (i.Name, i.Notification)).Concat(w.Instances
            .Where(static i => i.SyncGroupOptions != SyncGroupOptions.None)
            .DistinctBy(static i => i.SyncGroup, StringComparer.Ordinal)
            .Select(static i => ($"sync group {i.SyncGroup}", i.SyncGroupOptions.Notification)));

    private static void Fifos(KeepalivedDocumentWriter w)
    {
        string[] all = [.. All(w).SelectMany(static told => told.Options.Fifos).Distinct(StringComparer.Ordinal)];
        foreach (var (fifo, keyword) in all.Zip(s_fifoKeywords))
        {
            w.Globals.Line(keyword, fifo);
        }

        foreach (string fifo in all.Skip(s_fifoKeywords.Length))
        {
            w.Omit($"notification: the FIFO {fifo} is left out: keepalived has room for two.");
        }

        foreach (var (teller, _) in All(w).Where(told => !told.Options.Fifos.ToHashSet(StringComparer.Ordinal).SetEquals(all)))
        {
            w.Omit($"{teller}: keepalived's FIFOs tell of every instance and group, of this one as well.");
        }
    }

    private static void Mail(KeepalivedDocumentWriter w, string? routerId)
    {
        if (All(w).Select(static told => told.Options.Mail).FirstOrDefault(static mail => mail is not null) is not { } mail)
        {
            return;
        }

        w.Globals.Block("notification_email", mail.To);
        w.Globals.Line("notification_email_from", mail.From);
        w.Globals.Line("smtp_server", mail.EffectivePort == 25 ? [mail.Server] : [mail.Server, KeepalivedNumbers.Whole(mail.EffectivePort)]);
        if (mail.HelloName is { } name)
        {
            w.Globals.Line("smtp_helo_name", name);
        }

        w.Globals.Line("smtp_connect_timeout", KeepalivedNumbers.Whole((long)Math.Ceiling(mail.Timeout.TotalSeconds)));
        if (!mail.Faults)
        {
            w.Globals.Line("no_email_faults");
        }

        if (mail.Security != MailSecurity.None || mail.User is not null)
        {
            w.Omit("notification: the mail server's protection and login are left out: keepalived has neither.");
        }

        if (mail.NodeName is { } node && node != routerId)
        {
            w.Omit($"notification: the subject names '{routerId ?? "the host"}' in keepalived, not '{node}'.");
        }

        foreach (var (teller, _) in All(w).Where(told => told.Options.Mail is { } other && other != mail))
        {
            w.Omit($"{teller}: keepalived has one mail server and one list of recipients, those of the first instance.");
        }
    }
}
