using VrrpPS.Protocol.Wire;

namespace VrrpPS.Engine.Configuration.Keepalived;

/// <content>Passwords and keys, written on request only.</content>
internal static partial class KeepalivedInstanceProperties
{
    private static void AuthenticationPass(KeepalivedInstanceWriter w, InstanceConfiguration c)
    {
        if (c.AuthenticationPass is not { } secret)
        {
            return;
        }

        string type = c.AuthenticationType == AuthenticationMethod.AH ? "AH" : "PASS";
        string password = System.Text.Encoding.UTF8.GetString(secret.Reveal());
        string? reason = !w.Document.IncludeSecrets ? "passwords are written on request only"
            : !KeepalivedQuoting.CanWrite(password) ? "keepalived has no way to quote one of its characters"
            : null;
        if (reason is not null)
        {
            w.Body.Comment($"authentication {{ auth_type {type}, auth_pass ... }} is left out");
            w.Lose($"authenticationPass is left out: {reason}. Without it nodes that have it discard these advertisements.");
            return;
        }

        w.Body.Open("authentication");
        w.Body.Line("auth_type", type);
        w.Body.Line("auth_pass", password);
        w.Body.Close();
    }

    private static void Hmac(KeepalivedInstanceWriter w, InstanceConfiguration c)
    {
        if (c.Hmac is not { } hmac)
        {
            return;
        }

        if (!w.Document.IncludeSecrets)
        {
            w.Body.Comment("auth_hmac { ... } is left out");
            w.Lose("hmac is left out: keys are written on request only. Without them nodes that have them discard these advertisements.");
            return;
        }

        w.Omit("hmac is 'auth_hmac', which keepalived knows since 2.4: older ones ignore it and send unsigned advertisements.");
        w.Body.Open("auth_hmac");
        foreach (var key in hmac.Keys)
        {
            w.Body.Line("key", KeepalivedNumbers.Whole(key.Id), HmacKeyText.Write(key.Key));
        }

        w.Body.Line("active_key", KeepalivedNumbers.Whole(hmac.ActiveKey));
        w.Body.Line("mode", hmac.Mode switch { HmacMode.Permissive => "permissive", HmacMode.ReceiveOnly => "receive-only", _ => "enforce" });
        w.Body.Line("anti_replay", hmac.AntiReplay == HmacAntiReplay.Monotonic ? "monotonic" : "time");
        if (hmac.TimeWindow is { } window)
        {
            w.Body.Line("time_window", KeepalivedNumbers.Seconds(window));
        }

        w.Body.Close();
    }
}
