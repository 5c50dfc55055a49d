using System.Text.Json;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Configuration.Groups;
using VrrpPS.Engine.Configuration.Json;
using VrrpPS.Engine.Configuration.Notification;
using Xunit;
using JsonProperty = VrrpPS.Engine.Configuration.Json.JsonProperty;

namespace VrrpPS.Engine.Tests.Configuration;

/// <summary>The published schema and the reader's own table say the same.</summary>
public sealed class JsonSchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestData.Folder, "Schema", "vrrpps.schema.json"))).RootElement;

    [Fact]
    public void Document() => Compare(Schema, JsonVocabulary.Document);

    [Fact]
    public void Instance() => Compare(Schema.GetProperty("$defs").GetProperty("instance"), JsonVocabulary.Instance);

    [Fact]
    public void Announcement() => Compare(Schema.GetProperty("$defs").GetProperty("announcement"), JsonVocabulary.Announcement);

    [Fact]
    public void Static() => Compare(Schema.GetProperty("$defs").GetProperty("static"), JsonVocabulary.Static);

    [Fact]
    public void Hmac() => Compare(Schema.GetProperty("$defs").GetProperty("hmac"), JsonVocabulary.Hmac);

    [Fact]
    public void VirtualMac() => Compare(Schema.GetProperty("$defs").GetProperty("virtualMac"), JsonVocabulary.VirtualMac);

    [Fact]
    public void HmacKey() => Compare(Schema.GetProperty("$defs").GetProperty("hmacKey"), JsonVocabulary.HmacKey);

    [Fact]
    public void Tracker() => Compare(Schema.GetProperty("$defs").GetProperty("tracker"), JsonVocabulary.Tracker);

    [Fact]
    public void Sync_group() => Compare(Schema.GetProperty("$defs").GetProperty("syncGroup"), JsonVocabulary.SyncGroup);

    [Fact]
    public void VirtualAddress() => Compare(Schema.GetProperty("$defs").GetProperty("virtualAddress"), JsonVocabulary.VirtualAddress);

    [Fact]
    public void Notification() => Compare(Schema.GetProperty("$defs").GetProperty("notification"), JsonVocabulary.Notification);

    [Fact]
    public void Notification_command() => Compare(Schema.GetProperty("$defs").GetProperty("notificationCommand"), JsonVocabulary.NotificationCommand);

    [Fact]
    public void Event_file() => Compare(Schema.GetProperty("$defs").GetProperty("eventFile"), JsonVocabulary.EventFile);

    [Fact]
    public void Mail() => Compare(Schema.GetProperty("$defs").GetProperty("mail"), JsonVocabulary.Mail);

    [Theory]
    [InlineData(typeof(NotificationOptions), "notification")]
    [InlineData(typeof(NotificationCommand), "notificationCommand")]
    [InlineData(typeof(EventFileOptions), "eventFile")]
    [InlineData(typeof(MailOptions), "mail")]
    public void Every_property_of_a_notification_is_there(Type model, string definition)
    {
        var known = Schema.GetProperty("$defs").GetProperty(definition).GetProperty("properties").EnumerateObject()
            .Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.Empty(model.GetProperties().Where(p => p.CanWrite).Select(p => p.Name).Except(known, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Every_property_of_the_model_is_there()
    {
        var known = JsonVocabulary.Instance.Select(p => p.ModelName).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(typeof(InstanceConfiguration).GetProperties().Where(p => p.Name is not ("EqualityContract" or nameof(InstanceConfiguration.SyncGroupOptions))).Select(p => p.Name).Except(known));

        // What a group has of its own stands once in the document.
        var ofGroups = JsonVocabulary.SyncGroup.Select(p => p.ModelName).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(typeof(SyncGroupOptions).GetProperties().Where(p => p.CanWrite).Select(p => p.Name).Except(ofGroups));
    }

    [Fact]
    public void The_example_is_read_without_a_finding()
    {
        var result = ConfigurationFile.Load(Path.Combine(TestData.Folder, "Schema", "vrrpps.example.json"));
        Assert.Empty(result.Diagnostics);
        Assert.Equal("VRRP1", Assert.Single(result.Document.Instances).Name);
    }

    private static void Compare(JsonElement schema, IReadOnlyList<JsonProperty> vocabulary)
    {
        var properties = schema.GetProperty("properties");
        Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
        Assert.Equal(vocabulary.Select(p => p.Name), properties.EnumerateObject().Select(p => p.Name));
        var required = schema.TryGetProperty("required", out var r) ? r.EnumerateArray().Select(e => e.GetString()!).ToArray() : [];
        Assert.Equal(vocabulary.Where(p => p.Required).Select(p => p.Name), required);
        foreach (var property in vocabulary)
        {
            var s = properties.GetProperty(property.Name);
            Assert.Equal(Expected(property), Actual(s));
        }
    }

    private static string Expected(JsonProperty p) => p.Type switch
    {
        JsonPropertyType.Text => "string",
        JsonPropertyType.PrefixedAddress => "#/$defs/prefixedAddress",
        JsonPropertyType.Integer => $"integer {p.Minimum}..{p.Maximum}",
        JsonPropertyType.Boolean => "boolean",
        JsonPropertyType.Duration => "#/$defs/duration",
        JsonPropertyType.Address => "#/$defs/address",
        JsonPropertyType.AddressList => "[#/$defs/address]",
        JsonPropertyType.TextList => "[string]",
        JsonPropertyType.DurationList => "[#/$defs/duration]",
        JsonPropertyType.VirtualAddressList => "[#/$defs/prefixedAddress|#/$defs/virtualAddress]",
        JsonPropertyType.Enumeration => string.Join('|', p.Values),
        JsonPropertyType.Announcement => "#/$defs/announcement",
        JsonPropertyType.VirtualMac => "#/$defs/virtualMac",
        JsonPropertyType.Hmac => "#/$defs/hmac",
        JsonPropertyType.HmacKeyList => "[#/$defs/hmacKey]",
        JsonPropertyType.Notification => "#/$defs/notification",
        JsonPropertyType.NotificationCommandList => "[#/$defs/notificationCommand]",
        JsonPropertyType.EventFile => "#/$defs/eventFile",
        JsonPropertyType.Mail => "#/$defs/mail",
        JsonPropertyType.EnumerationList => $"[{string.Join('|', p.Values)}]",
        JsonPropertyType.TrackerList => "[#/$defs/tracker]",
        JsonPropertyType.TrackerReferences => "[string|#/$defs/tracker]",
        JsonPropertyType.Static => "#/$defs/static",
        JsonPropertyType.SyncGroupList => "[#/$defs/syncGroup]",
        JsonPropertyType.Instances => "[#/$defs/instance]",
        _ => throw new ArgumentOutOfRangeException(nameof(p)),
    };

    private static string Actual(JsonElement s)
    {
        if (s.TryGetProperty("$ref", out var reference))
        {
            return reference.GetString()!;
        }

        if (s.TryGetProperty("anyOf", out var any))
        {
            return string.Join('|', any.EnumerateArray().Select(Actual));
        }

        if (s.TryGetProperty("enum", out var values))
        {
            return string.Join('|', values.EnumerateArray().Select(v => v.GetString()));
        }

        return s.GetProperty("type").GetString() switch
        {
            "array" => $"[{Actual(s.GetProperty("items"))}]",
            "integer" => $"integer {s.GetProperty("minimum").GetInt32()}..{s.GetProperty("maximum").GetInt32()}",
            string type => type,
            null => string.Empty,
        };
    }
}
