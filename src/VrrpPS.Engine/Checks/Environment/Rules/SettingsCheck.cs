using VrrpPS.Engine.Checks.Environment.Facts;

namespace VrrpPS.Engine.Checks.Environment.Rules;

/// <summary>Kernel settings (sysctl) that matter to virtual addresses.</summary>
internal sealed class SettingsCheck : IEnvironmentCheck
{
    private const int AnswerNone = 8;

    public IEnumerable<VrrpFinding> Check(EnvironmentFacts facts)
    {
        if (!facts.BindsNonlocal)
        {
            yield return Finding.Information(
                FindingCodes.NonlocalBindOff,
                "net.ipv4.ip_nonlocal_bind",
                "A service that binds a virtual address itself cannot start while this node is Backup.",
                "Let it listen on all addresses, or set net.ipv4.ip_nonlocal_bind=1 (and net.ipv6.ip_nonlocal_bind=1).");
        }

        foreach (var finding in facts.Interfaces.SelectMany(Look))
        {
            yield return finding;
        }
    }

    private static IEnumerable<VrrpFinding> Look(InterfaceFacts found)
    {
        if (found.Setting("ipv4/promote_secondaries") == 0)
        {
            yield return Finding.Information(
                FindingCodes.PromoteSecondariesOff,
                found.Name,
                $"When a primary address of {found.Name} goes, its subnet's other addresses go with it. An instance with a prefix shorter than /32 switches promote_secondaries on itself.",
                $"sysctl net.ipv4.conf.{found.Name}.promote_secondaries=1");
        }

        if (found.Setting("ipv4/arp_ignore") >= AnswerNone)
        {
            yield return Finding.Error(FindingCodes.ArpIgnored, found.Name, $"{found.Name} answers ARP for none of its addresses (arp_ignore): nobody reaches a virtual address on it.", $"sysctl net.ipv4.conf.{found.Name}.arp_ignore=0, and the same for 'all'.");
        }

        if (found.Setting("ipv4/rp_filter") == 1)
        {
            yield return Finding.Information(
                FindingCodes.StrictReversePath,
                found.Name,
                $"{found.Name} drops packets from senders that it would answer by another interface (rp_filter=1). With a virtual MAC, or with two interfaces in one subnet, these are the clients' packets.",
                $"sysctl net.ipv4.conf.{found.Name}.rp_filter=2, where that is so.");
        }

        if (found.Setting("ipv6/disable_ipv6") != 0)
        {
            yield return Finding.Information(FindingCodes.IPv6Disabled, found.Name, $"IPv6 is switched off on {found.Name}: an IPv6 instance on it cannot run.", $"sysctl net.ipv6.conf.{found.Name}.disable_ipv6=0, if it is wanted.");
        }

        if (found.Setting("ipv6/accept_dad") == 2)
        {
            yield return Finding.Warning(FindingCodes.DuplicateDisablesIPv6, found.Name, $"A duplicate of the link-local address switches IPv6 off on {found.Name} altogether (accept_dad=2).", $"sysctl net.ipv6.conf.{found.Name}.accept_dad=1");
        }
    }
}
