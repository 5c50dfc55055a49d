using VrrpPS.Engine.Configuration.Notification;

namespace VrrpPS.Engine.Configuration.Json;

internal static partial class JsonVocabulary
{
    public static IReadOnlyList<JsonProperty> Notification { get; } =
    [
        new("commands", JsonPropertyType.NotificationCommandList),
        new("priorityChanges", JsonPropertyType.Boolean),
        new("fifos", JsonPropertyType.TextList),
        new("eventFile", JsonPropertyType.EventFile),
        new("mail", JsonPropertyType.Mail),
    ];

    public static IReadOnlyList<JsonProperty> NotificationCommand { get; } =
    [
        new("on", JsonPropertyType.EnumerationList) { Values = Enum.GetNames<NotificationOccasion>() },
        new("arguments", JsonPropertyType.TextList) { Required = true },
        new("stateArguments", JsonPropertyType.Boolean),
        new("timeout", JsonPropertyType.Duration),
        new("user", JsonPropertyType.Text),
        new("wait", JsonPropertyType.Boolean),
        new("requireSafeProgram", JsonPropertyType.Boolean),
    ];

    public static IReadOnlyList<JsonProperty> EventFile { get; } =
    [
        new("path", JsonPropertyType.Text) { Required = true },
        new("maxSize", JsonPropertyType.Integer) { Minimum = ConfigurationValidator.MinEventFileSize, Maximum = ConfigurationValidator.MaxEventFileSize },
    ];

    public static IReadOnlyList<JsonProperty> Mail { get; } =
    [
        new("server", JsonPropertyType.Text) { Required = true },
        new("port", JsonPropertyType.Integer) { Minimum = 1, Maximum = 65535 },
        new("security", JsonPropertyType.Enumeration) { Values = Enum.GetNames<MailSecurity>() },
        new("user", JsonPropertyType.Text),
        new("password", JsonPropertyType.Text),
        new("passwordFile", JsonPropertyType.Text) { ModelName = nameof(MailOptions.Password) },
        new("certificateAuthorityFile", JsonPropertyType.Text),
        new("helloName", JsonPropertyType.Text),
        new("from", JsonPropertyType.Text) { Required = true },
        new("to", JsonPropertyType.TextList) { Required = true },
        new("nodeName", JsonPropertyType.Text),
        new("timeout", JsonPropertyType.Duration),
        new("faults", JsonPropertyType.Boolean),
    ];
}
