using VrrpPS.Engine.Checks.Configuration.Election;
using VrrpPS.Engine.Configuration;

namespace VrrpPS.Engine.Checks.Configuration.Rules;

/// <summary>Authentication that differs splits the cluster; a password in clear text protects it from mistakes only.</summary>
internal sealed class AuthenticationCheck : IConfigurationCheck
{
    public IEnumerable<VrrpFinding> Check(NodeSet set)
    {
        foreach (var group in set.Groups)
        {
            var deaf = group.Members.SelectMany(receiver => group.Members.Where(sender => !AuthenticationMatch.Accepts(receiver.Instance, sender.Instance)), static (receiver, sender) => (receiver, sender)).ToArray();
            if (deaf.Length > 0)
            {
                yield return Finding.Error(
                    FindingCodes.AuthenticationDiffers,
                    group.Subject,
                    $"The nodes authenticate differently ({Names(group)}): {string.Join(", ", deaf.Select(static pair => $"{pair.receiver.NodeName} discards what {pair.sender.NodeName} sends"))}. Whoever is deaf to the Master becomes Master, too.",
                    "Give every node the same password and method, or none; with HMAC, the sender's active key under the same id, and on the way there the mode Permissive.");
            }

            if (group.Members.Any(static member => member.Instance is { AuthenticationPass: not null, AuthenticationType: AuthenticationMethod.Pass }))
            {
                yield return Finding.Warning(
                    FindingCodes.ClearTextPassword,
                    group.Subject,
                    "A version 2 password crosses the link in clear text, in every advertisement: it keeps out a wrongly configured node, not an attacker.",
                    "Use a password that is used nowhere else, HMAC on every node, or a link that only the nodes can reach.");
            }
        }
    }

    // Secrets are never shown: equal ones get the same number.
    private static string Names(RouterGroup group)
    {
        var passwords = group.Members.Select(static member => member.Instance.AuthenticationPass).OfType<Secret>().Distinct().ToList();
        return string.Join(", ", group.Members.Select(member => $"{member.NodeName} {Describe(member.Instance, passwords)}"));
    }

    private static string Describe(InstanceConfiguration instance, List<Secret> passwords) => instance switch
    {
        { Hmac: { } hmac } => $"with HMAC key {hmac.ActiveKey} ({hmac.Mode})",
        { AuthenticationPass: { } password, AuthenticationType: AuthenticationMethod.AH } => $"with password #{passwords.IndexOf(password) + 1} (AH)",
        { AuthenticationPass: { } password } => $"with password #{passwords.IndexOf(password) + 1}",
        _ => "without",
    };
}
