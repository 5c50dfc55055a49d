using VrrpPS.Engine.Configuration.Notification;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>What keepalived's <c>global_defs</c> say about FIFOs, scripts and mail, once for all instances.</summary>
internal static class KeepalivedSharedNotification
{
    private static readonly string[] s_fifoKeywords = ["vrrp_notify_fifo", "notify_fifo"];

    public static void Write(KeepalivedDocumentWriter w, ConfigurationDocument document)
    {
        Fifos(w);
        Mail(w, document.RouterId);
        var commands = w.Instances.SelectMany(static i => i.Notification.Commands).ToArray();
        if (commands.Any(static command => command.RequireSafeProgram))
        {
            w.Globals.Line("enable_script_security");
        }
    }

    private static void Fifos(KeepalivedDocumentWriter w)
    {
        string[] all = [.. w.Instances.SelectMany(static i => i.Notification.Fifos).Distinct(StringComparer.Ordinal)];
        foreach (var (fifo, keyword) in all.Zip(s_fifoKeywords))
        {
            w.Globals.Line(keyword, fifo);
        }

        foreach (string fifo in all.Skip(s_fifoKeywords.Length))
        {
            w.Omit($"notification: the FIFO {fifo} is left out: keepalived has room for two.");
        }

        foreach (var instance in w.Instances.Where(i => !i.Notification.Fifos.ToHashSet().SetEquals(all)))
        {
            w.Omit($"{instance.Name}: keepalived's FIFOs tell of every instance, of this one as well.");
        }
    }

    private static void Mail(KeepalivedDocumentWriter w, string? routerId)
    {
        if (w.Instances.Select(static i => i.Notification.Mail).FirstOrDefault(static mail => mail is not null) is not { } mail)
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

        foreach (var instance in w.Instances.Where(i => i.Notification.Mail is { } other && other != mail))
        {
            w.Omit($"{instance.Name}: keepalived has one mail server and one list of recipients, those of the first instance.");
        }
    }
}
