using System.Text;
using System.Text.Json;
using VrrpPS.Engine.Configuration.Notification;

namespace VrrpPS.Engine.Configuration.Json;

public static partial class JsonConfigurationWriter
{
    private static void Notification(Utf8JsonWriter w, NotificationOptions options, bool includeSecrets)
    {
        if (options == NotificationOptions.None)
        {
            return;
        }

        w.WriteStartObject("notification");
        if (options.Commands.Count > 0)
        {
            w.WriteStartArray("commands");
            foreach (var command in options.Commands)
            {
                Command(w, command);
            }

            w.WriteEndArray();
        }

        Switch(w, "priorityChanges", options.PriorityChanges);
        Texts(w, "fifos", options.Fifos);
        if (options.EventFile is { } file)
        {
            w.WriteStartObject("eventFile");
            w.WriteString("path", file.Path);
            w.WriteNumber("maxSize", file.MaxSize);
            w.WriteEndObject();
        }

        if (options.Mail is { } mail)
        {
            Mail(w, mail, includeSecrets);
        }

        w.WriteEndObject();
    }

    private static void Command(Utf8JsonWriter w, NotificationCommand command)
    {
        w.WriteStartObject();
        Texts(w, "on", command.On.Select(static occasion => occasion.ToString()));
        Texts(w, "arguments", command.Arguments);
        Switch(w, "stateArguments", command.StateArguments);
        Duration(w, "timeout", command.Timeout);
        Text(w, "user", command.User);
        Switch(w, "wait", command.Wait);
        Switch(w, "requireSafeProgram", command.RequireSafeProgram);
        w.WriteEndObject();
    }

    private static void Mail(Utf8JsonWriter w, MailOptions mail, bool includeSecrets)
    {
        w.WriteStartObject("mail");
        w.WriteString("server", mail.Server);
        if (mail.Port is { } port)
        {
            w.WriteNumber("port", port);
        }

        Text(w, "security", mail.Security == MailSecurity.None ? null : mail.Security.ToString());
        if (includeSecrets && mail.Password is { } secret)
        {
            // A user without a password would be refused when it is read back.
            Text(w, "user", mail.User);
            w.WriteString("password", Encoding.UTF8.GetString(secret.Reveal()));
        }

        Text(w, "certificateAuthorityFile", mail.CertificateAuthorityFile);
        Text(w, "helloName", mail.HelloName);
        w.WriteString("from", mail.From);
        Texts(w, "to", mail.To);
        Text(w, "nodeName", mail.NodeName);
        Duration(w, "timeout", mail.Timeout);
        if (!mail.Faults)
        {
            w.WriteBoolean("faults", false);
        }

        w.WriteEndObject();
    }
}
