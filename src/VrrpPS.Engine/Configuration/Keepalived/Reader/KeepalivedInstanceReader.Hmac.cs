using System.Globalization;
using System.Text;
using VrrpPS.Engine.Configuration.Json;
using VrrpPS.Engine.Errors;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <content>The block <c>auth_hmac</c> of keepalived 2.4; no message shows a key.</content>
internal sealed partial class KeepalivedInstanceReader
{
    private readonly List<HmacKey> _hmacKeys = [];
    private KeepalivedStatement? _hmacAt;
    private int _hmacActiveKey;
    private HmacMode _hmacMode;
    private HmacAntiReplay _hmacAntiReplay;
    private TimeSpan? _hmacWindow;

    private void TakeHmac(KeepalivedStatement block)
    {
        _hmacAt = block;
        _positions[nameof(InstanceConfiguration.Hmac)] = block.At;
        foreach (var s in walker.Carried(block.Block!, KeepalivedContext.AuthenticationHmac))
        {
            switch (s.Keyword)
            {
                case "key":
                    TakeHmacKey(s);
                    break;
                case "active_key":
                    _hmacActiveKey = KeepalivedValues.Integer(s, diagnostics, 1, 255) ?? _hmacActiveKey;
                    break;
                case "time_window":
                    _hmacWindow = KeepalivedValues.Integer(s, diagnostics, 1, 300) is { } seconds ? TimeSpan.FromSeconds(seconds) : _hmacWindow;
                    break;
                case "anti_replay":
                    _hmacAntiReplay = (HmacAntiReplay)Choose(s, "time", "monotonic");
                    break;
                default:
                    _hmacMode = (HmacMode)Choose(s, "enforce", "permissive", "receive-only");
                    break;
            }
        }
    }

    private void TakeHmacKey(KeepalivedStatement s)
    {
        var word = s.Words[1];
        if (!int.TryParse(word.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int id) || id is < 1 or > 255 || s.Parameter(2) is not { } value)
        {
            diagnostics.Error(word.At, ConfigurationCodes.InvalidValue, $"{_name}: 'key' takes an id from 1 to 255 and a key: write 'key 1 file:/path'.");
            return;
        }

        byte[] text = Encoding.UTF8.GetBytes(value.Text);
        if (value.Text.StartsWith("file:", StringComparison.Ordinal))
        {
            string path = value.Text["file:".Length..];
            if (!PasswordFile.TryRead(path, globals.BaseDirectory, out var secret, out string? reason))
            {
                diagnostics.Error(value.At, ErrorIds.ConfigurationUnreadable, $"{_name}: the key file '{path}' cannot be read: {reason}");
                return;
            }

            text = secret.Reveal().ToArray();
        }

        if (HmacKeyText.TryRead(text, out var key))
        {
            _hmacKeys.Add(new HmacKey(id, key));
        }
        else
        {
            diagnostics.Error(value.At, ConfigurationCodes.InvalidValue, $"{_name}: HMAC key {id} is not hexadecimal: write two digits for each byte after 'hex:'.");
        }
    }

    private HmacConfiguration? Hmac()
    {
        if (_hmacAt is not { } at)
        {
            return null;
        }

        if (IsStrict && _hmacMode != HmacMode.Enforce)
        {
            Adjusted("auth_hmac", "strict mode turns its mode into 'enforce' in keepalived.");
            _hmacMode = HmacMode.Enforce;
        }

        if (_hmacActiveKey == 0)
        {
            diagnostics.Error(at.At, ConfigurationCodes.MissingValue, $"{_name}: 'auth_hmac' has no 'active_key'; keepalived then switches it off. Name the key that signs.");
            return null;
        }

        return new HmacConfiguration
        {
            Keys = _hmacKeys.ToVrrpList(),
            ActiveKey = _hmacActiveKey,
            Mode = _hmacMode,
            AntiReplay = _hmacAntiReplay,
            TimeWindow = _hmacWindow,
        };
    }

    private int Choose(KeepalivedStatement s, params string[] words)
    {
        var word = s.Words[1];
        int index = Array.IndexOf(words, word.Text);
        if (index < 0)
        {
            diagnostics.Error(word.At, ConfigurationCodes.InvalidValue,
                $"{_name}: '{s.Keyword}' cannot be '{word.Text}': write {string.Join(" or ", words)}.{NameSuggestion.Hint(word.Text, words)}");
        }

        return Math.Max(0, index);
    }
}
