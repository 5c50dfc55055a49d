using VrrpPS.Engine.Errors;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Configuration;

/// <content>Passwords and keys. No message shows one.</content>
public static partial class ConfigurationValidator
{
    /// <summary>The longest version 2 password (RFC 2338 section 5.3.10).</summary>
    public const int MaxPasswordLength = 8;

    private static void CheckAuthentication(InstanceConfiguration c, List<ConfigurationProblem> problems)
    {
        if (c.AuthenticationType is not (AuthenticationMethod.Pass or AuthenticationMethod.AH))
        {
            Add(problems, nameof(c.AuthenticationType), VrrpErrors.InvalidAuthentication(
                $"{(long)c.AuthenticationType} is not a way to authenticate. Choose Pass or AH."));
        }
        else if (c.AuthenticationType == AuthenticationMethod.AH && c.AuthenticationPass is null)
        {
            Add(problems, nameof(c.AuthenticationType), VrrpErrors.InvalidAuthentication(
                "An IP Authentication Header needs a password for its digest. Give one, the same on every node, or leave the authentication type out."));
        }

        if (c.AuthenticationPass is { } secret)
        {
            CheckPassword(c, secret, problems);
        }

        if (c.Hmac is { } hmac)
        {
            CheckHmac(c, hmac, problems);
        }
    }

    private static void CheckPassword(InstanceConfiguration c, Secret secret, List<ConfigurationProblem> problems)
    {
        const string name = nameof(InstanceConfiguration.AuthenticationPass);
        if (c.Version != VrrpVersion.V2)
        {
            Add(problems, name, VrrpErrors.InvalidAuthentication(
                "VRRP version 3 has no password (RFC 9568 section 9). Leave it out and use HMAC keys where all nodes know them, or choose version 2 on every node."));
        }

        if (secret.Length is 0 or > MaxPasswordLength)
        {
            string advice = c.AuthenticationType == AuthenticationMethod.AH
                ? "keepalived cuts longer ones: choose a shorter one."
                : "It is sent in clear text: choose a shorter one that is used nowhere else.";
            Add(problems, name, VrrpErrors.InvalidAuthentication(
                $"The password has {secret.Length} bytes; version 2 carries 1 to {MaxPasswordLength}. {advice}"));
        }
        else if (secret.Reveal().IndexOfAnyInRange((byte)0, (byte)0x1F) >= 0 || secret.Reveal().Contains((byte)0x7F))
        {
            Add(problems, name, VrrpErrors.InvalidAuthentication(
                "The password contains a control character. Peers disagree about such bytes: choose printable ASCII characters."));
        }
        else if (!System.Text.Unicode.Utf8.IsValid(secret.Reveal()))
        {
            Add(problems, name, VrrpErrors.InvalidAuthentication(
                "The password is not UTF-8 text, so no configuration file could hold it. Choose printable ASCII characters."));
        }
    }
}
