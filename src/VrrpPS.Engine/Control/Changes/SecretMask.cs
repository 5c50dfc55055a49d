using VrrpPS.Engine.Configuration;

namespace VrrpPS.Engine.Control.Changes;

/// <summary>
/// What stands for the secrets of a configuration that leaves the service: stars of a valid length, so that it reads back with the
/// same properties. Stars that come back mean the secret that is there.
/// </summary>
internal static class SecretMask
{
    // As long as a version 2 password may be, and as short as an HMAC key may be.
    private static readonly Secret s_password = Secret.FromText(new string('*', 8));
    private static readonly Secret s_key = Secret.FromText(new string('*', 32));

    /// <summary>The configuration with stars for its secrets.</summary>
    public static InstanceConfiguration Hide(InstanceConfiguration configuration) => configuration with
    {
        AuthenticationPass = configuration.AuthenticationPass is null ? null : s_password,
        Hmac = configuration.Hmac is { } hmac ? hmac with { Keys = hmac.Keys.Select(static key => key with { Key = s_key }).ToVrrpList() } : null,
        Notification = configuration.Notification.Mail is { Password: not null } mail
            ? configuration.Notification with { Mail = mail with { Password = s_password } }
            : configuration.Notification,
    };

    /// <summary>The configuration with the secrets of the one that it came from in place of stars; stars for a key that is not there stay.</summary>
    public static InstanceConfiguration Restore(InstanceConfiguration configuration, InstanceConfiguration original) => configuration with
    {
        AuthenticationPass = s_password.Equals(configuration.AuthenticationPass) ? original.AuthenticationPass : configuration.AuthenticationPass,
        Hmac = configuration.Hmac is { } hmac ? hmac with { Keys = hmac.Keys.Select(key => Restore(key, original.Hmac)).ToVrrpList() } : null,
        Notification = configuration.Notification.Mail is { } mail && s_password.Equals(mail.Password)
            ? configuration.Notification with { Mail = mail with { Password = original.Notification.Mail?.Password } }
            : configuration.Notification,
    };

    private static HmacKey Restore(HmacKey key, HmacConfiguration? original)
        => s_key.Equals(key.Key) && original?.Keys.FirstOrDefault(other => other.Id == key.Id) is { } known ? known : key;
}
