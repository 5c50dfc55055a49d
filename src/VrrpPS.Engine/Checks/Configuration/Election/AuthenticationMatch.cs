using VrrpPS.Engine.Configuration;
using VrrpPS.Protocol.Wire;

namespace VrrpPS.Engine.Checks.Configuration.Election;

/// <summary>Whether one node accepts how another proves who it is.</summary>
internal static class AuthenticationMatch
{
    /// <summary>Whether the receiver accepts what the sender sends.</summary>
    public static bool Accepts(InstanceConfiguration receiver, InstanceConfiguration sender)
        => Equals(receiver.AuthenticationPass, sender.AuthenticationPass)
            && (receiver.AuthenticationPass is null || receiver.AuthenticationType == sender.AuthenticationType)
            && AcceptsSignature(receiver.Hmac, sender.Hmac);

    private static bool AcceptsSignature(HmacConfiguration? receiver, HmacConfiguration? sender)
    {
        if (sender is null or { Mode: HmacMode.ReceiveOnly })
        {
            return receiver is not { Mode: HmacMode.Enforce };
        }

        // A count is no time: to whoever compares clocks it is always too old.
        bool isStale = receiver is { AntiReplay: not HmacAntiReplay.Monotonic } && sender.AntiReplay == HmacAntiReplay.Monotonic;
        return receiver is not null && !isStale && KeyOf(sender, sender.ActiveKey) is { } key && key.Equals(KeyOf(receiver, sender.ActiveKey));
    }

    private static Secret? KeyOf(HmacConfiguration hmac, int id) => hmac.Keys.FirstOrDefault(key => key.Id == id)?.Key;
}
