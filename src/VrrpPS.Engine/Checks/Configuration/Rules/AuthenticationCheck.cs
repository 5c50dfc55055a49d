using VrrpPS.Engine.Configuration;

namespace VrrpPS.Engine.Checks.Configuration.Rules;

/// <summary>Passwords that differ split the cluster; those that agree protect it from mistakes only.</summary>
internal sealed class AuthenticationCheck : IConfigurationCheck
{
    public IEnumerable<VrrpFinding> Check(NodeSet set)
    {
        foreach (var group in set.Groups)
        {
            var passwords = group.Members.Select(static member => member.Instance.AuthenticationPass).Distinct().ToArray();
            if (passwords.Length > 1)
            {
                yield return Finding.Error(
                    FindingCodes.AuthenticationDiffers,
                    group.Subject,
                    $"The nodes authenticate differently ({Names(group, passwords)}): each discards what the other sends, and both become Master.",
                    "Give every node the same password, or none.");
            }

            if (passwords.Any(static password => password is not null))
            {
                yield return Finding.Warning(
                    FindingCodes.ClearTextPassword,
                    group.Subject,
                    "A version 2 password crosses the link in clear text, in every advertisement: it keeps out a wrongly configured node, not an attacker.",
                    "Use a password that is used nowhere else, or version 3 on a link that only the nodes can reach.");
            }
        }
    }

    // Passwords are never shown: equal ones get the same number.
    private static string Names(RouterGroup group, Secret?[] passwords) => string.Join(", ", group.Members.Select(member =>
        member.Instance.AuthenticationPass is { } password ? $"{member.NodeName} with password #{Array.IndexOf(passwords, password) + 1}" : $"{member.NodeName} without"));
}
