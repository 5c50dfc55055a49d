using VrrpPS.Engine.Checks.Environment.Facts;

namespace VrrpPS.Engine.Checks.Environment.Rules;

/// <summary>Who else configures the interfaces, and would take foreign addresses off them.</summary>
internal sealed class NetworkManagerCheck : IEnvironmentCheck
{
    public IEnumerable<VrrpFinding> Check(EnvironmentFacts facts)
    {
        foreach (var found in facts.Interfaces)
        {
            if (found.Networkd is { } networkd && !Keeps(networkd.Text))
            {
                bool netplan = Path.GetFileName(networkd.Path).Contains("-netplan-", StringComparison.Ordinal);
                yield return Finding.Warning(
                    FindingCodes.NetworkdRemovesAddresses,
                    found.Name,
                    $"systemd-networkd configures {found.Name} ({networkd.Path}) without KeepConfiguration=: when it starts again or reconfigures the link, it removes the virtual addresses. A Master puts them back, clients notice.",
                    netplan
                        ? $"netplan wrote that file: put KeepConfiguration=yes under [Network] into /etc/systemd/network/{Path.GetFileName(networkd.Path)}.d/vrrp.conf, or 'critical: true' into netplan's YAML; then 'networkctl reload'."
                        : $"Put KeepConfiguration=yes (or static) under [Network] into /etc/systemd/network/{Path.GetFileName(networkd.Path)}.d/vrrp.conf; then 'networkctl reload'.");
            }

            if (found.IsNetworkManagers)
            {
                yield return Finding.Warning(
                    FindingCodes.NetworkManagerManages,
                    found.Name,
                    $"NetworkManager manages {found.Name}: when the connection is reactivated or edited, it removes the virtual addresses. A Master puts them back, clients notice.",
                    $"Do not reactivate it while this node is Master (Move-VrrpMaster first), or take it from NetworkManager: nmcli device set {found.Name} managed no.");
            }

            if (facts.Programs.FirstOrDefault(program => program.Name is "dhclient" or "dhcpcd" or "udhcpc" && Mentions(program.CommandLine, found.Name)) is { Name: { } client })
            {
                yield return Finding.Warning(
                    FindingCodes.DhcpClientFlushes,
                    found.Name,
                    $"{client} gets the address of {found.Name}: its script may flush the interface, or all 'dynamic' addresses, which leased virtual addresses are, when the lease changes.",
                    "Give the node a fixed address, or run the instance with -NoAddressLease, whose addresses are not 'dynamic'.");
            }
        }
    }

    // systemd.network(5): yes, static and dynamic-on-stop keep what networkd did not set, each in some of the cases.
    private static bool Keeps(string text) => text.Split('\n', StringSplitOptions.TrimEntries)
        .Where(static line => line.StartsWith("KeepConfiguration=", StringComparison.Ordinal))
        .Select(static line => line["KeepConfiguration=".Length..].Trim())
        .LastOrDefault() is "yes" or "true" or "static" or "1" or "on";

    private static bool Mentions(string commandLine, string name) => commandLine.Split(' ').Contains(name, StringComparer.Ordinal);
}
