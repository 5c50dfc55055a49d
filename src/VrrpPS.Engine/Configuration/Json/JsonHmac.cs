using System.Text;
using System.Text.Json;
using VrrpPS.Engine.Errors;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Engine.Configuration.Json;

/// <summary>The <c>hmac</c> object of an instance.</summary>
internal static class JsonHmac
{
    public static HmacConfiguration? Read(JsonObjectBinder instance, ConfigurationReadOptions options, DiagnosticBag diagnostics)
    {
        if (instance.Node("hmac") is not { } node)
        {
            return null;
        }

        var o = new JsonObjectBinder(node, "the HMAC", JsonVocabulary.Hmac, diagnostics);
        var keys = new List<HmacKey>();
        foreach (var item in o.Items("keys") ?? [])
        {
            if (Key(item, options, diagnostics) is { } key)
            {
                keys.Add(key);
            }
        }

        return new HmacConfiguration
        {
            Keys = keys.ToVrrpList(),
            ActiveKey = o.Integer("activeKey") ?? 0,
            Mode = (HmacMode)(o.Choice("mode") ?? 0),
            AntiReplay = (HmacAntiReplay)(o.Choice("antiReplay") ?? 0),
            TimeWindow = o.Duration("timeWindow"),
        };
    }

    public static void Write(Utf8JsonWriter w, HmacConfiguration? hmac)
    {
        if (hmac is null)
        {
            return;
        }

        w.WriteStartObject("hmac");
        w.WriteStartArray("keys");
        foreach (var key in hmac.Keys)
        {
            w.WriteStartObject();
            w.WriteNumber("id", key.Id);
            w.WriteString("key", HmacKeyText.Write(key.Key));
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteNumber("activeKey", hmac.ActiveKey);
        w.WriteString("mode", Word("mode", (int)hmac.Mode));
        w.WriteString("antiReplay", Word("antiReplay", (int)hmac.AntiReplay));
        if (hmac.TimeWindow is { } window)
        {
            w.WriteString("timeWindow", DurationText.Format(window));
        }

        w.WriteEndObject();
    }

    private static string Word(string name, int value) => JsonVocabulary.Hmac.First(p => p.Name == name).Values[value];

    private static HmacKey? Key(JsonNode node, ConfigurationReadOptions options, DiagnosticBag diagnostics)
    {
        var o = new JsonObjectBinder(node, "an HMAC key", JsonVocabulary.HmacKey, diagnostics);
        string? inline = o.Text("key");
        string? path = o.Text("keyFile");
        if (!o.IsObject || o.Integer("id") is not { } id)
        {
            return null;
        }

        if (inline is null == path is null)
        {
            diagnostics.Error(node.At, inline is null ? ConfigurationCodes.MissingValue : ConfigurationCodes.Duplicate,
                $"HMAC key {id} needs either 'key' or 'keyFile'. Keep one of them.");
            return null;
        }

        byte[] text = inline is null ? [] : Encoding.UTF8.GetBytes(inline);
        var at = o.Node(inline is null ? "keyFile" : "key")!.At;
        if (path is not null)
        {
            if (!PasswordFile.TryRead(path, options.BaseDirectory, out var secret, out string? reason))
            {
                diagnostics.Error(at, ErrorIds.ConfigurationUnreadable, $"The key file '{path}' cannot be read: {reason}");
                return null;
            }

            text = secret.Reveal().ToArray();
        }

        if (HmacKeyText.TryRead(text, out var key))
        {
            return new HmacKey(id, key);
        }

        diagnostics.Error(at, ConfigurationCodes.InvalidValue, $"HMAC key {id} is not hexadecimal: write two digits for each byte after 'hex:'.");
        return null;
    }
}
