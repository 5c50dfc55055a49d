using System.Text;
using VrrpPS.Engine.Errors;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <content>Passwords and keys; no message shows one.</content>
internal sealed partial class KeepalivedInstanceReader
{
    private KeepalivedStatement? _authType;
    private KeepalivedStatement? _authPass;

    private void TakeAuthentication(KeepalivedStatement block)
    {
        foreach (var s in walker.Carried(block.Block!, KeepalivedContext.Authentication))
        {
            if (s.Keyword == "auth_type")
            {
                _authType = s;
                if (s.Words[1].Text is not "PASS" and not "AH")
                {
                    diagnostics.Error(s.Words[1].At, ConfigurationCodes.InvalidValue, $"{_name}: there is no authentication type '{s.Words[1].Text}': write PASS or AH.");
                }
            }
            else
            {
                _authPass = s;
                At(s, nameof(InstanceConfiguration.AuthenticationPass));
            }
        }
    }

    /// <summary>The password that goes on the wire; no message shows it.</summary>
    private Secret? Password(VrrpVersion version)
    {
        if (_authType is not { } type || type.Words[1].Text is not ("PASS" or "AH"))
        {
            if (_authType is null && _authPass is { } alone)
            {
                diagnostics.Warning(alone.At, ConfigurationCodes.Adjusted, $"{_name}: 'auth_pass' without 'auth_type' is ignored, as in keepalived: nothing is authenticated.");
            }

            return null;
        }

        string? ignored = _hmacAt is not null ? "'auth_hmac' excludes it"
            : IsStrict ? "strict mode has no authentication"
            : version == VrrpVersion.V3 ? "VRRP version 3 has no authentication"
            : _authPass is null || _authPass.Words[1].Text.Length == 0 ? "there is no password"
            : null;
        if (ignored is not null)
        {
            diagnostics.Warning(type.At, ConfigurationCodes.Adjusted, $"{_name}: {ignored}; 'auth_type' is ignored, as in keepalived: {(_hmacAt is null ? "nothing is authenticated" : "HMAC keys authenticate")}.");
            return null;
        }

        return PasswordOf(_authPass!.Words[1]);
    }

    /// <summary>The bytes that keepalived would send: the first eight as they stand in the file.</summary>
    private Secret? PasswordOf(KeepalivedWord word)
    {
        bool ascii = Ascii.IsValid(word.Text);
        byte[] bytes = Encoding.UTF8.GetBytes(word.Text);
        bool cut = bytes.Length > ConfigurationValidator.MaxPasswordLength;
        bytes = cut ? bytes[..ConfigurationValidator.MaxPasswordLength] : bytes;
        if (!ascii && (globals.IsLegacyEncoding || !System.Text.Unicode.Utf8.IsValid(bytes)))
        {
            var error = VrrpErrors.InvalidAuthentication(globals.IsLegacyEncoding
                ? $"{_name}: this password has letters outside ASCII and the file is not UTF-8. Save it as UTF-8, or choose ASCII characters on every node."
                : $"{_name}: this password's first {ConfigurationValidator.MaxPasswordLength} bytes, which are what keepalived sends, end inside a letter. Choose ASCII characters on every node.");
            diagnostics.Error(word.At, error.ErrorId, error.Message);
            return null;
        }

        if (cut)
        {
            diagnostics.Warning(word.At, ConfigurationCodes.Adjusted,
                $"{_name}: only the first {ConfigurationValidator.MaxPasswordLength} {(ascii ? "characters" : "bytes")} of this password are used, as in keepalived. Shorten it on every node.");
        }
        else if (!ascii)
        {
            diagnostics.Warning(word.At, ConfigurationCodes.Advice, $"{_name}: this password has letters outside ASCII; its UTF-8 bytes are sent, as by a keepalived that reads a UTF-8 file. Choose ASCII characters if other routers take part.");
        }

        return new Secret(bytes);
    }
}
