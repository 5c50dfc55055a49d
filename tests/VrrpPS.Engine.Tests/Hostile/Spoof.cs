using VrrpPS.Engine.Linux.Sockets;
using VrrpPS.Engine.Tests.Linux;
using VrrpPS.Engine.Tests.Runtime;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Engine.Tests.Watch;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Tests.Hostile;

/// <summary>What an attacker on the segment sends.</summary>
internal static class Spoof
{
    /// <summary>A well-formed version 3 advertisement.</summary>
    public static byte[] Advertisement(TestHost from, byte vrid = 41, byte priority = 100, string address = Cluster.Vip, string? source = null, int centiseconds = 10)
        => AdvertPacket.Frame(
            source: source ?? from.IPv4.ToString(), vrid: vrid, priority: priority, addresses: [address], mac: from.MacAddress.Value, centiseconds: centiseconds);

    /// <summary>Well-formed advertisements of every other virtual router.</summary>
    public static byte[][] ForeignRouters(TestHost from)
        => [.. Enumerable.Range(1, 255).Where(static vrid => vrid != 41).Select(vrid => Advertisement(from, (byte)vrid, 255))];

    /// <summary>Packets of protocol 112 that hold anything at all.</summary>
    public static byte[][] Garbage(TestHost from, int seed, byte? vrid = null)
    {
        var random = new Random(seed);
        byte[][] frames = new byte[1000][];
        for (int i = 0; i < frames.Length; i++)
        {
            byte[] message = new byte[random.Next(vrid is null ? 0 : 2, 200)];
            random.NextBytes(message);
            if (vrid is { } id)
            {
                message[1] = id;
            }

            frames[i] = Frames.Ethernet(Frames.Group4, from.MacAddress, EtherType.IPv4, Frames.IPv4(from.IPv4, InetAddress.VrrpGroupV4, 112, message));
        }

        return frames;
    }

    /// <summary>A gratuitous ARP request.</summary>
    public static byte[] Announcement(TestHost from, InetAddress address)
        => Frames.Ethernet(MacAddress.Broadcast, from.MacAddress, EtherType.Arp, Frames.Arp(1, from.MacAddress, address, address));
}
