using VrrpPS.Engine.Configuration.Notification;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Parameters;

/// <summary>Puts what was typed as several objects together to one instance's or group's notification.</summary>
internal static class NotificationSet
{
    /// <summary>All of it in one.</summary>
    /// <exception cref="VrrpException">InvalidConfiguration: two event files, or two mails.</exception>
    public static NotificationOptions Join(IReadOnlyList<VrrpNotification> parts)
    {
        var files = parts.Select(static part => part.Options.EventFile).OfType<EventFileOptions>().ToArray();
        var mails = parts.Select(static part => part.Options.Mail).OfType<MailOptions>().ToArray();
        if (files.Length > 1)
        {
            throw VrrpErrors.InvalidConfiguration($"There are {files.Length} event files, and room for one. Give one, and others as commands.", files[1].Path);
        }

        if (mails.Length > 1)
        {
            throw VrrpErrors.InvalidConfiguration($"There are {mails.Length} mails, and room for one. Name all recipients in one.", mails[1].ToString());
        }

        return new NotificationOptions
        {
            Commands = parts.SelectMany(static part => part.Options.Commands).ToVrrpList(),
            Fifos = parts.SelectMany(static part => part.Options.Fifos).Distinct(StringComparer.Ordinal).ToVrrpList(),
            PriorityChanges = parts.Any(static part => part.Options.PriorityChanges),
            EventFile = files.FirstOrDefault(),
            Mail = mails.FirstOrDefault(),
        };
    }
}
