using VrrpPS.Engine.Errors;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Engine.Configuration;

/// <content>Keys of HMAC-SHA256. No message shows one.</content>
public static partial class ConfigurationValidator
{
    private static void CheckHmac(InstanceConfiguration c, HmacConfiguration hmac, List<ConfigurationProblem> problems)
    {
        const string name = nameof(InstanceConfiguration.Hmac);
        if (c.AuthenticationPass is not null)
        {
            Add(problems, name, VrrpErrors.InvalidAuthentication(
                "A password and HMAC keys exclude each other: an advertisement is authenticated in one way. Leave the password out; HMAC is the stronger one."));
        }

        if (!Enum.IsDefined(hmac.Mode) || !Enum.IsDefined(hmac.AntiReplay))
        {
            Add(problems, name, VrrpErrors.InvalidAuthentication(
                "An HMAC mode is Enforce, Permissive or ReceiveOnly, and an anti-replay is Time or Monotonic. Choose one of them."));
        }

        foreach (var key in hmac.Keys)
        {
            if (key.Id is < 1 or > 255 || hmac.Keys.Count(other => other.Id == key.Id) > 1)
            {
                Add(problems, name, VrrpErrors.InvalidAuthentication(
                    $"{key.Id} cannot be the id of an HMAC key. Choose 1 to 255, each of them once, the same for the same key on every node."));
                break;
            }

            if (key.Key.Length is < HmacTrailer.MinKeyLength or > HmacTrailer.MaxKeyLength)
            {
                Add(problems, name, VrrpErrors.InvalidAuthentication(
                    $"HMAC key {key.Id} has {key.Key.Length} bytes. Choose {HmacTrailer.MinKeyLength} to {HmacTrailer.MaxKeyLength} random ones; 'openssl rand -hex 32' makes what to write after 'hex:'."));
            }
        }

        if (!hmac.Keys.Any(key => key.Id == hmac.ActiveKey))
        {
            Add(problems, name, VrrpErrors.InvalidAuthentication(
                $"There is no HMAC key {hmac.ActiveKey} to sign with. Add it, or make another one active."));
        }

        if (hmac.TimeWindow is { } window
            && (window < TimeSpan.FromSeconds(1) || window > TimeSpan.FromSeconds(300) || window.Ticks % TimeSpan.TicksPerSecond != 0))
        {
            Add(problems, name, VrrpErrors.DurationOutOfRange("An HMAC time window", window, "whole seconds from 1s to 300s"));
        }
    }
}
