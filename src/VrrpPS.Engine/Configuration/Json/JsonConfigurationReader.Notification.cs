using VrrpPS.Engine.Configuration.Notification;

namespace VrrpPS.Engine.Configuration.Json;

public static partial class JsonConfigurationReader
{
    private static NotificationOptions Notification(JsonObjectBinder instance, ConfigurationReadOptions options, DiagnosticBag diagnostics)
    {
        if (instance.Node("notification") is not { } node)
        {
            return NotificationOptions.None;
        }

        var o = new JsonObjectBinder(node, "a notification", JsonVocabulary.Notification, diagnostics);
        return new NotificationOptions
        {
            Commands = (o.Items("commands") ?? []).Select(item => Command(item, diagnostics)).OfType<NotificationCommand>().ToVrrpList(),
            PriorityChanges = o.Boolean("priorityChanges") ?? false,
            Fifos = o.Texts("fifos")?.ToVrrpList() ?? [],
            EventFile = o.Node("eventFile") is { } file ? EventFile(file, diagnostics) : null,
            Mail = o.Node("mail") is { } mail ? Mail(mail, options, diagnostics) : null,
        };
    }

    private static NotificationCommand? Command(JsonNode node, DiagnosticBag diagnostics)
    {
        var o = new JsonObjectBinder(node, "a command", JsonVocabulary.NotificationCommand, diagnostics);
        if (o.Texts("arguments") is not { } arguments)
        {
            return null;
        }

        var defaults = new NotificationCommand { Arguments = arguments.ToVrrpList() };
        return defaults with
        {
            On = o.Choices("on")?.Select(static index => (NotificationOccasion)index).ToVrrpList() ?? [],
            StateArguments = o.Boolean("stateArguments") ?? false,
            Timeout = o.Duration("timeout") ?? defaults.Timeout,
            User = o.Text("user"),
            Wait = o.Boolean("wait") ?? false,
            RequireSafeProgram = o.Boolean("requireSafeProgram") ?? false,
        };
    }

    private static EventFileOptions? EventFile(JsonNode node, DiagnosticBag diagnostics)
    {
        var o = new JsonObjectBinder(node, "an event file", JsonVocabulary.EventFile, diagnostics);
        if (o.Text("path") is not { } path)
        {
            return null;
        }

        var defaults = new EventFileOptions(path);
        return defaults with { MaxSize = o.Integer("maxSize") ?? defaults.MaxSize };
    }

    private static MailOptions? Mail(JsonNode node, ConfigurationReadOptions options, DiagnosticBag diagnostics)
    {
        var o = new JsonObjectBinder(node, "mail", JsonVocabulary.Mail, diagnostics);
        string? server = o.Text("server");
        string? from = o.Text("from");
        var to = o.Texts("to");
        var password = Password(o, "password", options, diagnostics);
        if (server is null || from is null || to is null)
        {
            return null;
        }

        var defaults = new MailOptions { Server = server, From = from, To = to.ToVrrpList() };
        return defaults with
        {
            Port = o.Integer("port"),
            Security = (MailSecurity)(o.Choice("security") ?? 0),
            User = o.Text("user"),
            Password = password,
            CertificateAuthorityFile = o.Text("certificateAuthorityFile"),
            HelloName = o.Text("helloName"),
            NodeName = o.Text("nodeName"),
            Timeout = o.Duration("timeout") ?? defaults.Timeout,
            Faults = o.Boolean("faults") ?? defaults.Faults,
        };
    }
}
