using VrrpPS.Engine.Configuration;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Linux.Sockets;
using VrrpPS.Engine.Tests.Linux;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Wire;
using Xunit;
using EtherType = VrrpPS.Engine.Linux.Sockets.EtherType;

namespace VrrpPS.Engine.Tests.Runtime;

/// <summary>What tests of the virtual MAC address look at: links, settings, a client's neighbours, and frames to a chosen MAC address.</summary>
internal static class VirtualMacLab
{
    private const string Ip = "/usr/sbin/ip";
    private const string Ping = "/usr/bin/ping";
    private const byte Icmp = 1;

    /// <summary>The MAC address of the cluster's virtual router, 41.</summary>
    public static MacAddress Mac(AddressFamily family) => MacAddress.VirtualRouter(family, 41);

    /// <summary>The default name of its link.</summary>
    public static string LinkName(AddressFamily family) => family == AddressFamily.IPv4 ? "vrrp.41" : "vrrp6.41";

    public static string Vip(AddressFamily family) => family == AddressFamily.IPv4 ? Cluster.Vip : Cluster.Vip6;

    public static InstanceConfiguration WithVirtualMac(this InstanceConfiguration configuration) => configuration with { VirtualMac = VirtualMacOptions.Default };

    /// <summary>The link of a name on a host, or null.</summary>
    public static LinkInfo? Link(TestHost host, string name) => host.Netlink(netlink => netlink.FindLink(name));

    public static bool IsUp(TestHost host, string name) => Link(host, name) is { } link && link.Flags.HasFlag(LinkFlags.Up);

    /// <summary>Whether a link of a host has an address.</summary>
    public static bool Has(TestHost host, string linkName, string address) => host.Netlink(netlink => netlink.FindLink(linkName) is { } link
        && netlink.GetAddresses(link.Index).Any(info => info.Address == InetAddress.Parse(address)));

    /// <summary>A number below /proc/sys/net/ipv4/conf.</summary>
    public static int Setting(TestHost host, string path) => host.Run(() => int.Parse(File.ReadAllText($"/proc/sys/net/ipv4/conf/{path}")));

    public static void Set(TestHost host, string path, int value) => host.Run(() => File.WriteAllText($"/proc/sys/net/{path}", value.ToString()));

    /// <summary>Pings until an answer comes.</summary>
    public static void PingUntilAnswered(TestHost client, string vip)
    {
        Assert.SkipUnless(File.Exists(Ping), "ping is not installed");
        string output = string.Empty;
        Eventually.True(
            () =>
            {
                int exitCode;
                (exitCode, output) = client.Execute(Ping, string.Empty, "-n", "-c", "1", "-W", "1", vip);
                return exitCode == 0;
            },
            () => $"{vip} answers: {output}");
    }

    /// <summary>The MAC address that a client believes in; empty for none.</summary>
    public static string Neighbour(TestHost client, string vip)
    {
        var (exitCode, output) = client.Execute(Ip, string.Empty, "neighbor", "show", "to", vip, "dev", TestHost.InterfaceName);
        Assert.True(exitCode == 0, output);
        string[] words = output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        int at = Array.IndexOf(words, "lladdr");
        return at < 0 ? string.Empty : words[at + 1];
    }

    public static void ForgetNeighbour(TestHost client)
    {
        var (exitCode, output) = client.Execute(Ip, string.Empty, "neighbor", "flush", "dev", TestHost.InterfaceName);
        Assert.True(exitCode == 0, output);
    }

    /// <summary>The MAC addresses that frames say a virtual address has, whoever sent them: ARP of either kind and neighbour advertisements.</summary>
    public static IEnumerable<MacAddress> Claimed(IEnumerable<SeenFrame> frames, string vip)
    {
        var address = InetAddress.Parse(vip);
        foreach (var frame in frames)
        {
            var payload = frame.Bytes.AsSpan(14);
            if (frame.Bytes[12] == 0x08 && frame.Bytes[13] == 0x06)
            {
                if (ArpMessage.TryRead(payload, out var arp) == DecodeError.None && arp.SenderAddress == address)
                {
                    yield return arp.SenderMac;
                    yield return frame.SourceMac;
                }
            }
            else if (NeighborAdvertisement.TryRead(payload, out var neighbor) == DecodeError.None && neighbor.Target == address)
            {
                yield return neighbor.TargetMac ?? frame.SourceMac;
                yield return frame.SourceMac;
            }
        }
    }

    /// <summary>Puts a frame on a host's cable, past the switch's own idea of where a MAC address is.</summary>
    public static void Inject(TestNetwork network, int host, byte[] frame) => network.Switch.RunInside(() =>
    {
        using var netlink = RouteNetlink.Open();
        using var sender = PacketSocket.OpenSender();
        Assert.True(sender.Send(netlink.FindLink($"port{host}")!.Index, frame, out int error), $"error {error}");
    });

    /// <summary>An ICMP echo request.</summary>
    public static byte[] Echo(MacAddress to, TestHost from, InetAddress destination, byte sequence)
    {
        byte[] message = [8, 0, 0, 0, 0, 77, 0, sequence];
        ushort checksum = (ushort)~(0x0800 + 77 + sequence);
        message[2] = (byte)(checksum >> 8);
        message[3] = (byte)checksum;
        return Frames.Ethernet(to, from.MacAddress, EtherType.IPv4, Frames.IPv4(from.IPv4, destination, Icmp, message));
    }

    /// <summary>Whether a frame is an ICMP message of a type with a sequence number of <see cref="Echo"/>.</summary>
    public static bool IsIcmp(SeenFrame frame, byte type, byte sequence) => frame.Bytes.Length >= 42
        && frame.Bytes[12] == 0x08 && frame.Bytes[13] == 0x00 && frame.Bytes[14] == 0x45 && frame.Bytes[23] == Icmp
        && frame.Bytes[34] == type && frame.Bytes[39] == 77 && frame.Bytes[41] == sequence;
}
