using System.Diagnostics;
using System.IO.Enumeration;
using System.Text.Json;
using VrrpPS.Engine.Checks.Environment.Firewall;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Runtime;

namespace VrrpPS.Engine.Checks.Environment.Facts;

/// <summary>Looks at the network namespace of the calling thread, which is a dedicated one.</summary>
internal static class NamespaceFacts
{
    private static readonly string[] s_settings =
        ["ipv4/promote_secondaries", "ipv4/arp_ignore", "ipv4/rp_filter", "ipv6/disable_ipv6", "ipv6/accept_dad"];

    private static readonly string[] s_nft = ["/usr/sbin/nft", "/sbin/nft", "/usr/bin/nft"];

    private static readonly string[] s_programs = ["NetworkManager", "systemd-networkd", "dhclient", "dhcpcd", "udhcpc"];

    /// <summary>Looks.</summary>
    public static EnvironmentFacts Gather(EnvironmentOptions options, SystemFiles files)
    {
        var unseen = new List<(string, string)>();
        if (ProcessTable.ProcessIds().Any(static pid => ProcessTable.Name(pid) == "keepalived" && ProcessTable.NetworkNamespaceOf($"{pid}") is null))
        {
            unseen.Add(("a keepalived that runs", "Its network namespace cannot be seen without privileges; run this as root."));
        }

        using var netlink = RouteNetlink.Open();
        return new EnvironmentFacts
        {
            Options = options,
            Capabilities = ProcessCapabilities.Effective,
            Kernel = System.Environment.OSVersion.Version,
            Interfaces = Interfaces(options, netlink, files),
            Firewall = Firewall(files, unseen),
            Keepaliveds = [.. LocalKeepalived.Find().Select(Describe)],
            Programs = [.. ProcessTable.ProcessIds().Select(static pid => (Name: ProcessTable.Name(pid), CommandLine: ProcessTable.CommandLine(pid)))
                .Where(static program => s_programs.Contains(program.Name)).Select(static program => (program.Name!, program.CommandLine))],
            Container = HostFacts.Container(files),
            ClockSource = HostFacts.ClockSource(files),
            StolenShare = HostFacts.StolenShare(files),
            BindsNonlocal = files.Number("/proc/sys/net/ipv4/ip_nonlocal_bind") == 1,
            Unseen = unseen,
        };
    }

    private static InterfaceFacts[] Interfaces(EnvironmentOptions options, RouteNetlink netlink, SystemFiles files)
    {
        var links = netlink.GetLinks();
        var addresses = netlink.GetAddresses();
        var hooked = netlink.GetLinksWithPacketHook();
        return [.. links.Where(link => IsWanted(link, options)).Select(link => new InterfaceFacts
        {
            Link = link,
            Bridge = link.Kind == "bridge" ? link : links.FirstOrDefault(other => other.Index == link.MasterIndex && other.Kind == "bridge"),
            Addresses = [.. addresses.Where(address => address.InterfaceIndex == link.Index)],
            HasPacketHook = hooked.Contains(link.Index),
            Settings = s_settings.ToDictionary(static name => name, name => Setting(files, name, link.Name), StringComparer.Ordinal),
            Networkd = HostFacts.Networkd(files, link.Index),
            IsNetworkManagers = HostFacts.IsNetworkManagers(files, link.Index),
        })];
    }

    private static bool IsWanted(LinkInfo link, EnvironmentOptions options) => options.InterfaceNames.Count > 0
        ? options.InterfaceNames.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, link.Name, ignoreCase: false))
        : link.MacAddress != default && (link.Flags & (LinkFlags.Loopback | LinkFlags.Up)) == LinkFlags.Up;

    // The kernel takes the greater of both (ip-sysctl.rst), except for disable_ipv6, where the interface's own counts.
    private static int Setting(SystemFiles files, string name, string interfaceName)
    {
        string[] parts = name.Split('/');
        int Of(string which) => files.Number($"/proc/sys/net/{parts[0]}/conf/{which}/{parts[1]}") ?? 0;
        return name == "ipv6/disable_ipv6" ? Of(interfaceName) : Math.Max(Of("all"), Of(interfaceName));
    }

    private static KeepalivedFacts Describe(LocalKeepalived keepalived)
    {
        string file = LocalKeepalivedCheck.ConfigurationFileOf(keepalived.CommandLine);
        try
        {
            var instances = ConfigurationFile.Load(LocalKeepalivedCheck.SeenBy(keepalived.ProcessId, file)).Document.Instances;
            return new KeepalivedFacts(keepalived.ProcessId, keepalived.CommandLine, [.. instances.Select(static instance => (instance.InterfaceName, instance.VirtualRouterId))]);
        }
        catch (VrrpException)
        {
            return new KeepalivedFacts(keepalived.ProcessId, keepalived.CommandLine, null);
        }
    }

    private static FirewallRuleset? Firewall(SystemFiles files, List<(string, string)> unseen)
    {
        if (!string.IsNullOrWhiteSpace(files.Read("/proc/thread-self/net/ip_tables_names")))
        {
            unseen.Add(("firewall rules of the older iptables", "Only nftables is looked at; 'iptables-legacy -S' shows these."));
        }

        string? program = s_nft.FirstOrDefault(files.Exists);
        if (program is null)
        {
            unseen.Add(("firewall rules", "The program nft is not there; install nftables to have them looked at."));
            return null;
        }

        try
        {
            var (exitCode, output, error) = Run(program, "-j", "list", "ruleset");
            if (exitCode == 0)
            {
                return FirewallRuleset.Parse(output.Length == 0 ? "{}" : output);
            }

            unseen.Add(("firewall rules", $"nft says: {error.Trim().Split('\n')[0]}. It needs CAP_NET_ADMIN."));
        }
        catch (Exception exception) when (exception is JsonException or System.ComponentModel.Win32Exception or TimeoutException)
        {
            unseen.Add(("firewall rules", exception.Message));
        }

        return null;
    }

    // Born on the calling thread, the child is in its namespace.
    private static (int ExitCode, string Output, string Error) Run(string program, params string[] arguments)
    {
        const int longest = 5000;
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        })!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(longest))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end within {longest / 1000} s.");
        }

        return (process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
