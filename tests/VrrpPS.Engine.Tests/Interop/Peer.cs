using System.Globalization;
using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Tests.Interop;

/// <summary>One way to speak VRRP, written down twice: for keepalived and for us.</summary>
internal sealed record Peer
{
    public VrrpVersion Version { get; init; } = VrrpVersion.V3;

    public AddressFamily Family { get; init; } = AddressFamily.IPv4;

    public bool Unicast { get; init; }

    /// <summary>A version 2 password, or null.</summary>
    public string? Password { get; init; }

    /// <summary>What is done with the password.</summary>
    public AuthenticationMethod Authentication { get; init; }

    /// <summary>Whether keepalived uses the virtual MAC address.</summary>
    public bool VirtualMac { get; init; }

    /// <summary>The virtual address that everybody agrees on.</summary>
    public string Vip => Family == AddressFamily.IPv4 ? Cluster.Vip : Cluster.Vip6;

    /// <summary>Short in version 3; version 2 knows whole seconds only.</summary>
    public Interval Interval => Version == VrrpVersion.V2 ? Interval.OneSecond : new Interval(20);

    /// <summary>keepalived's configuration for a host.</summary>
    public string Keepalived(TestNetwork network, int host, int priority, string extra = "")
    {
        var lines = new List<string>
        {
            "global_defs {",
            "    router_id test",
            "}",
            "vrrp_instance TEST {",
            "    state BACKUP",
            $"    interface {TestHost.InterfaceName}",
            "    virtual_router_id 41",
            $"    version {(long)Version}",
            $"    priority {priority}",
            $"    advert_int {(Interval.Centiseconds / 100.0).ToString(CultureInfo.InvariantCulture)}",
            "    garp_master_delay 1",
            "    garp_master_repeat 1",
            "    virtual_ipaddress {",
        };
        if (Family == AddressFamily.IPv6)
        {
            lines.Add("        fe80::100/128");
        }

        lines.Add($"        {Vip}/{(Family == AddressFamily.IPv4 ? 24 : 64)}");
        lines.Add("    }");
        if (Unicast)
        {
            lines.Add($"    unicast_src_ip {Own(network, host)}");
            lines.Add("    unicast_peer {");
            lines.AddRange(Others(network, host).Select(static address => $"        {address}"));
            lines.Add("    }");
        }

        if (Password is not null)
        {
            lines.AddRange(["    authentication {", $"        auth_type {Authentication.ToString().ToUpperInvariant()}", $"        auth_pass {Password}", "    }"]);
        }

        if (VirtualMac)
        {
            lines.Add("    use_vmac");
        }

        lines.Add(extra);
        lines.Add("}");
        return string.Join('\n', lines) + "\n";
    }

    /// <summary>Our configuration for a host.</summary>
    public InstanceConfiguration Ours(Cluster cluster, int host, int priority) => cluster.Configuration(host, priority, Family) with
    {
        Version = Version,
        AdvertisementInterval = Interval,
        UnicastPeers = Unicast ? Others(cluster.Network, host).ToVrrpList() : [],
        AuthenticationPass = Password is null ? null : Secret.FromText(Password),
        AuthenticationType = Authentication,
    };

    public override string ToString()
        => $"v{(long)Version} {Family}{(Unicast ? " unicast" : "")}{(Password is null ? "" : $" {Authentication}")}{(VirtualMac ? " vmac" : "")}";

    private IEnumerable<InetAddress> Others(TestNetwork network, int host)
        => Enumerable.Range(0, network.Hosts.Count).Where(other => other != host).Select(other => Own(network, other));

    private InetAddress Own(TestNetwork network, int host) => Family == AddressFamily.IPv4 ? network[host].IPv4 : network[host].IPv6;
}
